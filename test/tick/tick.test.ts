import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { googleAds } from "../cli/home.ts";
import { type Town, town } from "./town.ts";

// Hanbit's Monday 09:00 in Seoul is 00:00 UTC, Acme's in New York 13:00 UTC. Both hold the week of 2025-10-13.
const sunday = "2025-10-19T10:00:00Z";
const monday = (time: string): string => `2025-10-20T${time}:00Z`;
const sent = "hanbit ppc weekly 2025-10-13 done";

const exported = (to: string) => googleAds({ from: "2025-10-06", to, currency: "KRW", scale: 1000 });
const export1 = "inbox/hanbit/google-ads/Campaign report.csv";
const hanbitYaml = "config/clients/hanbit/client.yaml";
const setHanbit = (at: Town, more: string): void =>
  at.write(hanbitYaml, at.read(hanbitYaml).replace("    to: [client]\n", `    to: [client]\n${more}`));

describe("bogo tick", { timeout: 60_000 }, () => {
  it("sends each report at its slot, once, and is idle between", async () => {
    const at = await town();
    expect(await at.tick(sunday)).toEqual({ code: 0, out: "", err: "" });
    expect(await at.tick(monday("00:00"))).toMatchObject({ code: 0, out: "" });
    expect(at.mails()).toEqual([expect.stringMatching(/^ceo@hanbit\.example: 광고비 .* · 한빛커피 /)]);
    expect(await at.tick(monday("00:01"))).toEqual({ code: 0, out: "", err: "" });
    expect((await at.tick(monday("13:00"))).code).toBe(0);
    expect(at.mails()).toEqual([
      expect.stringMatching(/^jordan@acme\.example riley@acme\.example: .* · Acme Outdoor /),
      expect.stringMatching(/^smith@agency\.example: .* · Acme Outdoor /),
    ]);
    expect(at.runs()).toEqual(["acme ppc weekly 2025-10-13 done", sent]);
  });

  it("makes up for nothing of a client that is new: it begins with the next slot", async () => {
    const at = await town();
    await at.tick(monday("00:05"));
    expect(at.runs()).toEqual([]);
    expect(at.mails()).toEqual([]);
  });

  it("reminds the AE once of what is missing, waits for it, holds the report, and sends it late when it comes", async () => {
    const at = await town();
    at.write(export1, exported("2025-10-16"));
    await at.tick(sunday);
    // The week is over at 15:00 UTC, so the reminder comes two hours before the slot.
    await at.tick("2025-10-19T21:59:00Z");
    expect(at.mails()).toEqual([]);
    await at.tick("2025-10-19T22:00:00Z");
    expect(at.mails()).toEqual(["lee@agency.example: [bogo] 확인할 일 1건: hanbit"]);
    expect(at.body(-1)).toContain(
      "2025-10-20 09:00까지 더 필요한 파일(2025-10-19 다음 날부터 내려받을 수 있음):\n  google-ads/*  현재 2025-10-16까지 있음; 2025-10-17 ~ 2025-10-19 일별 데이터",
    );

    expect((await at.tick(monday("00:00"))).code).toBe(3);
    expect(at.runs()).toEqual(["hanbit ppc weekly 2025-10-13 waiting RUN_LACKING"]);
    expect(await at.tick(monday("00:01"))).toEqual({ code: 3, out: "", err: "" });
    await at.tick(monday("03:59"));
    expect(at.mails()).toEqual([]);

    await at.tick(monday("04:00"));
    expect(at.runs()).toEqual(["hanbit ppc weekly 2025-10-13 held RUN_LACKING"]);
    expect(at.mails()).toEqual(["lee@agency.example: [bogo] 확인할 일 1건: hanbit"]);
    expect(at.body(-1)).toContain("2025-10-17 ~ 2025-10-19 일별 데이터");
    const history = await at.bogo("history --lang ko", { env: at.env });
    expect(history.out).toContain("보류");

    at.write(export1, exported("2025-10-19"));
    expect((await at.tick(monday("05:00"))).code).toBe(0);
    expect(at.runs()).toEqual([sent]);
    expect(at.mails()).toEqual([
      expect.stringMatching(/^ceo@hanbit\.example: 광고비 .* · 한빛커피 /),
      "lee@agency.example: [bogo] 해결됨 1건: hanbit",
    ]);
    expect(at.body(-2)).toContain("2025-10-20 09:00에 보낼 예정이던 리포트를 늦게 보냅니다.");
  });

  it("sends a report that lacks exports when its time is up, where the channel says so, and names what is missing", async () => {
    const at = await town();
    at.write(export1, exported("2025-10-16"));
    setHanbit(at, "    wait_for: 30m\n    on_incomplete: send\n");
    await at.tick(sunday);
    await at.tick(monday("00:00"));
    expect(at.runs()).toEqual(["hanbit ppc weekly 2025-10-13 waiting RUN_LACKING"]);
    await at.tick(monday("00:30"));
    expect(at.runs()).toEqual([sent]);
    expect(at.mails()).toEqual([expect.stringMatching(/^ceo@hanbit/)]);
    expect(at.body(-1)).toContain("빠진 데이터가 있습니다.");
  });

  it("waits for a person where an export is held, and goes on when it is accepted", async () => {
    const at = await town();
    // A newer download that lost a campaign.
    await at.tick(sunday);
    await at.tick(monday("00:00"));
    at.mails();
    at.write(
      "inbox/hanbit/google-ads/Campaign report (1).csv",
      exported("2025-10-26").replaceAll("Brand", "Brand 2").replaceAll("Generic", "Generic 2"),
    );
    await at.tick("2025-10-27T00:00:00Z");
    expect(at.hanbit()).toEqual([sent, "hanbit ppc weekly 2025-10-20 waiting RUN_LACKING"]);
    expect(at.mails()).toContain("lee@agency.example: [bogo] 확인할 일 1건: hanbit");
    expect((await at.bogo("accept --all --by lee", { env: at.env })).code).toBe(0);
    expect((await at.tick("2025-10-27T00:10:00Z")).code).toBe(0);
    expect(at.hanbit()).toEqual([sent, "hanbit ppc weekly 2025-10-20 done"]);
  });

  it("sends the newest of the weeks that passed while nothing ran, and tells ops of the others", async () => {
    const at = await town();
    await at.tick("2025-10-05T10:00:00Z");
    await at.tick("2025-10-21T03:00:00Z");
    expect(at.hanbit()).toEqual([
      "hanbit ppc weekly 2025-09-29 skipped RUN_SUPERSEDED",
      "hanbit ppc weekly 2025-10-06 skipped RUN_SUPERSEDED",
      sent,
    ]);
    const mails = at.mails();
    expect(mails.filter((mail) => mail.startsWith("ceo@"))).toHaveLength(1);
    expect(mails.some((mail) => mail.startsWith("ops@agency.example: [bogo]"))).toBe(true);
    await at.tick("2025-10-21T03:01:00Z");
    expect(at.mails()).toEqual([]);
  });

  it("lets what is found late rest over the quiet hours", async () => {
    const at = await town();
    await at.tick(sunday);
    // 03:00 on Tuesday in Seoul.
    await at.tick("2025-10-20T18:00:00Z");
    expect(at.runs()[1]).toBe("hanbit ppc weekly 2025-10-13 waiting RUN_QUIET");
    expect(at.mails().filter((mail) => mail.startsWith("ceo@"))).toEqual([]);
    await at.tick("2025-10-20T22:59:00Z");
    expect(at.mails()).toEqual([]);
    await at.tick("2025-10-20T23:00:00Z");
    expect(at.mails()).toHaveLength(1);
    expect(at.runs()[1]).toBe(sent);
  });

  it("sends once from several processes that look at the same moment", async () => {
    const at = await town();
    at.write(hanbitYaml, `${at.read(hanbitYaml)}quiet: false\n`);
    await at.tick(sunday);
    at.at(monday("13:00"));
    const ticks = await Promise.all([1, 2, 3, 4].map(() => at.bogo("tick", { env: at.env })));
    expect(ticks.map(({ err }) => err).join("")).not.toMatch(/"level":"error"/);
    await at.tick(monday("13:01"));
    expect(at.mails()).toHaveLength(3);
    expect(at.runs()).toEqual(["acme ppc weekly 2025-10-13 done", sent]);
  });

  it("undoes what a clock that was a year ahead did to the schedule, and sends at the next true slot", async () => {
    const at = await town();
    await at.tick(sunday);
    await at.tick("2026-10-21T03:00:00Z");
    at.mails();
    await at.tick("2025-10-19T10:05:00Z");
    expect(at.runs()).toEqual([]);
    await at.tick(monday("00:00"));
    expect(at.runs()).toEqual([sent]);
    // The account executive had been told that it was held, and hears that it is not.
    expect(at.mails()).toEqual([expect.stringMatching(/^ceo@hanbit/), expect.stringMatching(/^lee@.*해결됨/)]);
  });

  it("begins with the true clock, where it first ran by one that was ahead", async () => {
    const at = await town();
    await at.tick("2026-10-21T03:00:00Z");
    await at.tick(sunday);
    await at.tick(monday("00:00"));
    expect(at.runs()).toEqual([sent]);
  });

  it("goes on by the last accepted client.yaml while a new one is refused, and tells ops", async () => {
    const at = await town();
    await at.tick(sunday);
    at.write(hanbitYaml, at.read(hanbitYaml).replace("timezone:", "timezon:"));
    await at.tick(monday("00:00"));
    expect(at.runs()).toEqual([sent]);
    expect(at.mails()).toEqual([expect.stringMatching(/^ceo@hanbit/), expect.stringMatching(/^ops@agency/)]);
  });

  it("keeps each period's one report when cadence or zone change, and lets go of one that is taken away", async () => {
    const at = await town();
    await at.tick(sunday);
    await at.tick(monday("00:00"));
    expect(at.mails()).toHaveLength(1);
    // Later in the day, in another zone: the week was told already.
    const moved = at.read(hanbitYaml).replace('day: mon, at: "09:00"', 'day: tue, at: "18:00"');
    at.write(hanbitYaml, moved.replace("timezone: Asia/Seoul", "timezone: Europe/Berlin"));
    await at.tick("2025-10-21T16:30:00Z");
    expect(at.hanbit()).toEqual([sent]);
    // The next one waits for its exports when its report is taken away.
    await at.tick("2025-10-28T17:30:00Z");
    expect(at.runs()).toContain("hanbit ppc weekly 2025-10-20 waiting RUN_LACKING");
    at.write(hanbitYaml, moved.replace("weekly: {", "monthly: {").replace("day: tue", "day: 3"));
    await at.tick("2025-10-28T17:31:00Z");
    expect(at.runs()).toContain("hanbit ppc weekly 2025-10-20 skipped RUN_REPORT_GONE");
    expect(at.mails().filter((mail) => mail.startsWith("ceo@"))).toEqual([]);
  });

  it("sends nothing from a ledger that was put back in time, and tells ops", async () => {
    const at = await town();
    await at.tick(sunday);
    await at.bogo("ledger backup state/before.sqlite", { env: at.env });
    await at.tick(monday("00:00"));
    at.mails();
    await at.bogo("ledger restore state/before.sqlite", { env: at.env });
    await at.tick(monday("00:05"));
    expect(at.mails()).toEqual([expect.stringMatching(/^ops@agency/)]);
    expect(at.runs()).toEqual([]);
  });

  it("refuses a ledger on a file system that may lose it", async () => {
    const at = await town();
    at.at(sunday);
    const refused = await at.bogo("tick", { env: { ...at.env, BOGO_LEDGER_ANYWHERE: undefined } });
    // Where the test's own folder is fit, there is nothing to refuse.
    if (refused.code !== 0) expect(refused.err).toContain("LEDGER_FOOTING");
  });

  it("tells a client that cannot be made from one that can: a broken warehouse stops its own client only", async () => {
    const at = await town();
    at.write(hanbitYaml, `${at.read(hanbitYaml)}quiet: false\n`);
    await at.tick(sunday);
    rmSync(join(at.folder, "state", "warehouse"), { recursive: true, force: true });
    at.write("state/warehouse/hanbit.duckdb", "no database");
    await at.tick(monday("13:00"));
    expect(at.runs()).toEqual([
      "acme ppc weekly 2025-10-13 done",
      expect.stringMatching(/^hanbit ppc weekly 2025-10-13 waiting RUN_UNEXPECTED$/),
    ]);
    expect(at.mails().some((mail) => mail.startsWith("ops@agency"))).toBe(true);
    rmSync(join(at.folder, "state", "warehouse", "hanbit.duckdb"));
    await at.tick(monday("13:02"));
    expect(at.runs()).toContain(sent);
  });
});

describe("bogo backfill", { timeout: 60_000 }, () => {
  const weeks = "backfill hanbit ppc --from 2025-W41 --to 2025-W42";

  it("sends the periods that went by, oldest first, and what was sent already not again", async () => {
    const at = await town();
    at.at(monday("03:00"));
    const dry = await at.bogo(`${weeks} --dry-run`, { env: at.env });
    expect(dry).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^2025-10-06 ~ 2025-10-12\n2025-10-13 ~ 2025-10-19\n/),
    });
    expect(at.mails()).toEqual([]);
    expect((await at.bogo(weeks, { env: at.env })).code).toBe(0);
    expect(at.runs()).toEqual(["hanbit ppc weekly 2025-10-06 done", sent]);
    expect(at.mails()).toHaveLength(2);
    expect((await at.bogo(weeks, { env: at.env })).code).toBe(0);
    expect(at.mails()).toEqual([]);
  });

  it("makes what an outage has skipped, and leaves to the schedule what lacks its exports", async () => {
    const at = await town();
    await at.tick("2025-10-05T10:00:00Z");
    await at.tick("2025-10-21T03:00:00Z");
    at.mails();
    const more = await at.bogo("backfill hanbit ppc --from 2025-W40 --to 2025-W41", { env: at.env });
    expect(more.code).toBe(3);
    expect(at.runs().slice(-3)).toEqual([
      "hanbit ppc weekly 2025-09-29 held RUN_LACKING",
      "hanbit ppc weekly 2025-10-06 done",
      sent,
    ]);
    expect(at.mails()).toHaveLength(1);
  });

  it("refuses a period that is not over, and the wrong order, before anything is done", async () => {
    const at = await town();
    at.at(monday("03:00"));
    const early = await at.bogo("backfill hanbit ppc --from 2025-W42 --to 2025-W43", { env: at.env });
    expect(early).toMatchObject({ code: 2, err: expect.stringContaining("BACKFILL_NOT_OVER") });
    const turned = await at.bogo("backfill hanbit ppc --from 2025-W42 --to 2025-W41", { env: at.env });
    expect(turned).toMatchObject({ code: 2, err: expect.stringContaining("BACKFILL_ORDER") });
    expect(at.runs()).toEqual([]);
  });
});
