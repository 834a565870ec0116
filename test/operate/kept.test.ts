import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../jobs/clock.ts";
import { readConfigOrKept } from "../../jobs/context.ts";
import { keptFile } from "../../jobs/kept.ts";
import { rootsFrom } from "../../jobs/roots.ts";
import { ACME, AGENCY, BROKEN_HANBIT, home, WEEK } from "../cli/home.ts";

const T0 = "2026-11-02T00:00:00.000Z";
const T1 = "2026-11-03T00:00:00.000Z";

/** What a process that starts at this instant works with. */
function room() {
  const at = home();
  const roots = rootsFrom(at.folder, {});
  const start = async (now = T1) => {
    const { config } = await readConfigOrKept({ roots, clock: fixedClock(now) });
    const said = config.problems.filter(({ code }) => code === "CONFIG_KEPT");
    return { config, kept: said.map(({ client, file }) => client ?? file), hanbit: config.clients.get("hanbit") };
  };
  return { ...at, roots, start };
}

describe("a config that is refused", () => {
  it("leaves the last accepted one in force across restarts, and says so, until it is mended", async () => {
    const at = room();
    const first = await at.start(T0);
    expect(first.kept).toEqual([]);
    at.write("config/clients/hanbit/client.yaml", BROKEN_HANBIT);
    for (const _ of ["a restart", "another one"]) {
      const { kept, hanbit, config } = await at.start();
      expect(kept).toEqual(["hanbit"]);
      expect(hanbit).toMatchObject({ ok: true, kept: T0 });
      expect(hanbit?.client).toEqual(first.hanbit?.client);
      expect(config.problems.some(({ client, severity }) => client === "hanbit" && severity === "error")).toBe(true);
      expect(config.clients.get("acme")).toMatchObject({ ok: true, kept: null });
    }
    at.write(
      "config/clients/hanbit/client.yaml",
      ACME.replaceAll("acme.example", "hanbit.example").replaceAll(/account: \S+,/g, 'account: "77",'),
    );
    expect(await at.start()).toMatchObject({ kept: [], hanbit: { ok: true, kept: null } });
  });

  it("is not replaced by one that nobody accepted, that was changed in state, or of a client that was taken away", async () => {
    const at = room();
    at.write("config/clients/hanbit/client.yaml", BROKEN_HANBIT);
    expect(await at.start()).toMatchObject({ kept: [], hanbit: { ok: false } });

    const fresh = room();
    await fresh.start(T0);
    rmSync(join(fresh.folder, "config/clients/hanbit/client.yaml"));
    expect(await fresh.start()).toMatchObject({ kept: [], hanbit: { ok: false } });
    fresh.write("config/clients/hanbit/client.yaml", BROKEN_HANBIT);
    expect((await fresh.start()).kept).toEqual(["hanbit"]);
    writeFileSync(keptFile(fresh.roots.state, "hanbit"), '{"sha256":"0","since":"x","value":{}}');
    expect(await fresh.start()).toMatchObject({ kept: [], hanbit: { ok: false } });
    rmSync(join(fresh.folder, "config/clients/hanbit"), { recursive: true });
    expect((await fresh.start()).hanbit).toBeUndefined();
  });

  it("does not bring back readers or accounts that are no longer the client's", async () => {
    const at = room();
    await at.start(T0);
    at.write("config/clients/hanbit/client.yaml", BROKEN_HANBIT);
    at.write(
      "config/agency.yaml",
      AGENCY.replace("hanbit: [hanbit.example, agency.example]", "hanbit: [hanbit-kr.example]"),
    );
    expect((await at.start()).hanbit).toMatchObject({ ok: false });
    at.write("config/agency.yaml", AGENCY);
    expect((await at.start()).hanbit).toMatchObject({ ok: true });
    at.write("config/clients/acme/client.yaml", ACME.replace("987-654-3210", "123-456-7890"));
    expect((await at.start()).hanbit).toMatchObject({ ok: false });
  });

  it("of the agency leaves every client running by the last accepted one", async () => {
    const at = room();
    await at.start(T0);
    at.write("config/agency.yaml", AGENCY.replace("ops:", "opps:"));
    const { kept, config, hanbit } = await at.start();
    expect(kept).toEqual(["agency.yaml"]);
    expect(config.agency?.ops.address).toBe("ops@agency.example");
    expect(hanbit).toMatchObject({ ok: true, kept: null });
  });

  it("still stops a person who runs it by hand, and what is run by hand counts as accepted", async () => {
    const at = room();
    expect((await at.bogo(`run hanbit ppc --period ${WEEK} --dry-run`)).code).toBe(0);
    at.write("config/clients/hanbit/client.yaml", BROKEN_HANBIT);
    expect((await at.bogo(`run hanbit ppc --period ${WEEK} --dry-run`)).err).toContain("RUN_CLIENT_REFUSED");
    expect((await at.start()).kept).toEqual(["hanbit"]);
  }, 30_000);
});
