import { existsSync, globSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { deliver, sendQueued } from "../../jobs/deliver/deliver.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { applyRetention } from "../../jobs/retention.ts";
import { home, WEEK } from "../cli/home.ts";
import { scriptedSmtp } from "../deliver/scripted-smtp.ts";
import { outgoing, stage, states } from "../deliver/stage.ts";

const days = (count: number): number => count * 86_400_000;
const READER = "ceo@hanbit.example";

/** Every byte below a folder. */
const bytesOf = (folder: string): string =>
  globSync("**/*", { cwd: folder, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => readFileSync(join(each.parentPath, each.name)).toString("latin1"))
    .join("\n");

describe("retention", () => {
  it("erases mails after the agency's days and addresses after 400, keeps the figures, and leaves a tombstone of each", async () => {
    const at = await stage({ recipient: (address) => (address.startsWith("cmo") ? `550 no ${address}` : undefined) });
    const figures = [{ id: "cost", value: "10", unit: "money", currency: "KRW", reason: null }] as const;
    await deliver(at.outside, at.run, [outgoing([READER, "cmo@hanbit.example"])], figures);
    const { store } = at.outside;
    const daily = (retention: number) =>
      applyRetention(at.clock.now(), { ledger: at.ledger, store, agency: { retention } });
    const [mail] = at.ledger.storedMails();

    at.clock.pass(days(29));
    expect(await daily(30)).toEqual([]);
    at.clock.pass(days(2));
    expect(await daily(30)).toEqual([{ client: "hanbit-coffee", addresses: 0, mails: 1 }]);
    expect(await store.get(mail ?? { path: "", sha256: "" })).toBeNull();
    expect(at.ledger.storedMails()).toEqual([]);
    expect(states(at.ledger.run(at.run))).toEqual({ [READER]: "accepted", "cmo@hanbit.example": "failed" });

    at.clock.pass(days(370));
    expect(await daily(30)).toEqual([{ client: "hanbit-coffee", addresses: 2, mails: 0 }]);
    expect(await daily(30)).toEqual([]);
    expect(states(at.ledger.run(at.run))).toEqual({ "erased-1": "accepted", "erased-2": "failed" });
    expect(at.ledger.figures(at.run)).toEqual(figures);
    expect(bytesOf(at.folder)).not.toContain("@hanbit.example");
  });

  it("leaves what is still to be sent, or to be decided, however old", async () => {
    const at = await stage({ greeting: "421 later" });
    await deliver(at.outside, at.run, [outgoing([READER])], []);
    at.clock.pass(days(500));
    const outside = { ledger: at.ledger, store: at.outside.store, agency: { retention: 30 } };
    expect(await applyRetention(at.clock.now(), outside)).toEqual([]);
    at.server.script = { data: "die after storing" };
    expect(states(await sendQueued(at.outside, at.run))).toEqual({ [READER]: "unknown" });
    at.clock.pass(days(500));
    expect(await applyRetention(at.clock.now(), outside)).toEqual([]);
  });
});

describe("bogo erase", () => {
  it("takes a client's mails, exports, warehouse, copies and addresses away, and says what remains; others keep all", async () => {
    const server = await scriptedSmtp();
    onTestFinished(() => server.close());
    const at = home();
    const bogo = (args: string) => at.bogo(args, { env: { SMTP_PORT: String(server.port) } });
    const away = join(at.folder, "config/clients/hanbit");
    for (const client of ["hanbit", "acme"])
      expect((await bogo(`run ${client} ppc --cadence weekly --period ${WEEK}`)).code).toBe(0);
    await bogo("ledger backup");

    const configured = await bogo("erase hanbit --yes");
    expect(configured).toMatchObject({ code: 1 });
    expect(configured.err).toContain(`${away} still stands`);
    renameSync(away, join(at.folder, "hanbit"));
    expect(await bogo("erase hanbitt --yes")).toMatchObject({ code: 2 });
    expect(await bogo("erase ../config --yes")).toMatchObject({ code: 2 });

    const asked = await bogo("erase hanbit");
    expect(asked).toMatchObject({ code: 3 });
    expect(asked.err).toContain("`bogo erase hanbit --yes` does it");
    expect(existsSync(join(at.folder, "state/mail/hanbit"))).toBe(true);

    const erased = await bogo("erase hanbit --yes --by lee");
    expect(erased).toMatchObject({ code: 0, err: "" });
    expect(erased.out).toContain("hanbit: erased.");
    expect(erased.out).toContain("addresses (1), stored mails (1)");
    for (const left of [
      join(at.folder, "inbox/hanbit"),
      "state/backup/ledger.",
      "the mailboxes of those who got reports",
    ])
      expect(erased.out).toContain(left);

    const paths = globSync("{state,out}/**/*", { cwd: at.folder });
    expect(paths.filter((path) => /hanbit/.test(path))).toEqual([]);
    expect(paths.some((path) => /mail\/acme\/.*eml$/.test(path))).toBe(true);
    const kept = paths.filter((path) => !path.includes("backup")).filter((path) => /ledger\.sqlite/.test(path));
    const ledgerBytes = kept.map((path) => readFileSync(join(at.folder, path)).toString("latin1")).join();
    expect(ledgerBytes).not.toContain(READER);
    expect(ledgerBytes).not.toContain("inbox/hanbit");
    expect(ledgerBytes).toContain("jordan@acme.example");

    const ledger = openLedger(join(at.folder, "state/ledger.sqlite"));
    const [run] = ledger.history({ client: "hanbit" });
    expect(run).toMatchObject({ state: "done", from: "2025-10-13", messages: [{ subject: "" }] });
    expect(run && states(run)).toEqual({ "erased-1": "accepted" });
    expect(run && ledger.figures(run.id)).toEqual([]);
    expect(ledger.listSeen("hanbit")).toEqual([]);
    ledger.close();

    // Brought back, the client's report counts as sent.
    renameSync(join(at.folder, "hanbit"), away);
    const again = await bogo(`run hanbit ppc --cadence weekly --period ${WEEK}`);
    expect(again.out).toContain("nothing was sent now");
    expect(server.taken.filter(({ to }) => to.includes(READER))).toHaveLength(1);
    expect((await bogo("ledger verify")).code).toBe(0);
  }, 60_000);
});
