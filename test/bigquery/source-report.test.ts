import { afterEach, describe, expect, it, vi } from "vitest";
import { loadConfig } from "../../config/load.ts";
import { check } from "../../jobs/check.ts";
import { fingerprintOf } from "../../jobs/tick/fingerprint.ts";
import { remind } from "../../jobs/tick/remind.ts";
import { BogoError } from "../../transforms/problem.ts";
import { server } from "./served.ts";
import { stage } from "./stage.ts";
import { putTransfer, type Stat } from "./tables.ts";

vi.mock("../../jobs/access.ts", async (original) =>
  (await import("./served.ts")).throughServer(await original<typeof import("../../jobs/access.ts")>()),
);

afterEach(() => server.fault(null));

const source = (dataset: string) => `  ppc:
    cadence: { weekly: { day: mon, at: "09:00" } }
    kpis: [cost, clicks, roas]
    sources:
      - bigquery: { preset: google_ads, project: client-project, dataset: ${dataset}, customer: "123-456-7890" }
        timezone: Asia/Seoul
        window: 30-day click`;

/** Monday to Sunday, and the week before. */
const week = { from: "2026-10-26", to: "2026-11-01" };
const days = Array.from({ length: 14 }, (_, at) => new Date(Date.parse("2026-10-19") + at * 86_400_000)).map((day) =>
  day.toISOString().slice(0, 10),
);
/** On two devices a day: 1.5 and 0.25 won, 2 and 1 clicks, 7 won of sales; the last week costs twice as much. */
const rows = days.flatMap((day, at): Stat[] => [
  [day, "1", "MOBILE", "SEARCH", 100, 2, at < 7 ? 1_500_000 : 3_000_000, 0.5, 7],
  [day, "1", "DESKTOP", "SEARCH", 10, 1, at < 7 ? 250_000 : 500_000, 0, 0],
]);
const put = (dataset: string, snapshots = days, stats = rows) =>
  putTransfer(server, { dataset, customer: "1234567890", stats, snapshots, campaigns: [[days.at(-1)!, "1", "Brand"]] });
const monday = "2026-11-02T00:10:00.000Z";
const codesOf = (error: unknown) =>
  error instanceof BogoError ? error.problems.map(({ code }) => code) : [String(error)];

describe("a report whose figures come from BigQuery", () => {
  it("is made of them, compares them with the week before, and names the answers as its files", async () => {
    put("report");
    const hanbit = stage(source("report"));
    const { report, problems } = await hanbit.report("ppc", week, monday, true);
    expect(problems).toEqual([]);
    expect(report.missing).toEqual([]);
    // 7 × 3.5 = 24.5 after 7 × 1.75 = 12.25; 21 clicks; 49 / 24.5 = 2.
    expect(report.kpis.map(({ id, value, previous }) => [id, value, previous])).toEqual([
      ["cost", "24.5", "12.25"],
      ["clicks", "21", "21"],
      ["roas", "2", "4"],
    ]);
    const { billed, files } = await hanbit.noted();
    expect(files).toEqual(["google_ads 2026-11-01 – 2026-11-01.csv", "google_ads 2026-10-19 – 2026-10-31.csv"]);
    expect(report.sources.map(({ file, account }) => [file, account])).toEqual(
      files.map((file) => [file, "123-456-7890"]),
    );
    // What days there are, and two months of figures: at least 10 MB each.
    expect(billed).toBe(3 * 10 * 2 ** 20);
    expect(server.asked.filter(({ labels }) => labels.report === "ppc").length).toBeGreaterThan(0);
  });

  it("waits while the tables lack days of its period, says which, and is made once they are there", async () => {
    put("late", days.slice(0, 12), rows.slice(0, 24));
    const hanbit = stage(source("late"));
    const failed = await hanbit.report("ppc", week, monday, true).catch((error: unknown) => error);
    expect(codesOf(failed)).toEqual(["RUN_LACKING"]);
    expect((failed as BogoError).message).toMatch(
      /BigQuery google_ads client-project\.late 1234567890 .*2026-10-31 ~ 2026-11-01/,
    );
    put("late");
    expect((await hanbit.report("ppc", week, "2026-11-02T01:10:00.000Z", true)).report.kpis[1]!.value).toBe("21");
  });

  it("waits while BigQuery refuses, with the refusal among its reasons", async () => {
    put("refused");
    const hanbit = stage(source("refused"));
    server.fault(() => ({ refuse: 403, reason: "accessDenied", message: "no access for reports@agency" }));
    const failed = await hanbit.report("ppc", week, monday, true).catch((error: unknown) => error);
    expect(codesOf(failed)).toEqual(["RUN_LACKING", "BIGQUERY_SOURCE_DENIED"]);
    expect((failed as BogoError).message).toMatch(/no access for reports@agency/);
    const none = await hanbit.report("ppc", week, monday).catch((error: unknown) => error);
    expect(codesOf(none)).toEqual(["RUN_NO_DATA", "BIGQUERY_SOURCE_DENIED"]);
  });

  it("goes out with what was held where only newer figures are refused, and says so", async () => {
    put("stale");
    const hanbit = stage(source("stale"));
    await hanbit.report("ppc", week, monday, true);
    server.fault(() => ({ refuse: 403, reason: "accessDenied" }));
    const { report, problems } = await hanbit.report("ppc", week, "2026-11-02T05:10:00.000Z", true);
    expect(problems.map(({ code }) => code)).toEqual(["BIGQUERY_SOURCE_DENIED"]);
    expect(report.kpis[0]!.value).toBe("24.5");
    expect(report.missing).toEqual([
      {
        channel: "ppc",
        source: "BigQuery google_ads client-project.stale 1234567890",
        reason: "BigQuery gave no newer figures; those it gave before are shown.",
      },
    ]);
  });

  it("is looked at before its slot like one of files: what the tables lack is told, and each hour is another look", async () => {
    const look = (dataset: string, now: string) =>
      stage(source(dataset)).within(now, async (outside, client) => {
        const [def] = client.reports;
        const slot = { period: week, local: "2026-11-02T09:00", at: "2026-11-02T00:00:00.000Z" };
        await remind(client, [{ def: def!, slot }], outside);
        return outside.ledger.reminders(now).map(({ reason }) => reason?.facts.what_en ?? null);
      });
    put("complete");
    put("incomplete", days.slice(0, 12), rows.slice(0, 24));
    expect(await look("complete", "2026-11-01T22:00:00.000Z")).toEqual([null]);
    expect(await look("incomplete", "2026-11-01T22:00:00.000Z")).toEqual([
      expect.stringMatching(
        /BigQuery google_ads client-project\.incomplete 1234567890 {2}held to 2026-10-30; days 2026-10-31 ~ 2026-11-01/,
      ),
    ]);
    const hanbit = stage(source("complete"));
    const seen = (now: string) =>
      hanbit.within(now, async ({ roots, ledger }, client) => fingerprintOf(client, { roots, ledger, now }));
    const [first, later, next] = [
      await seen(monday),
      await seen("2026-11-02T00:59:00.000Z"),
      await seen("2026-11-02T01:00:00.000Z"),
    ];
    expect(later).toBe(first);
    expect(next).not.toBe(first);
  });

  it("is judged without asking: what will be asked for is told, and no file is missed", async () => {
    const hanbit = stage(source("unasked"));
    server.asked.length = 0;
    const look = () =>
      hanbit.within(monday, async (outside) =>
        check({
          config: await loadConfig(outside.roots.config),
          formats: outside.formats,
          inbox: outside.roots.inbox,
          env: { SMTP_PASS: "secret" },
          lang: "en",
          ledger: outside.ledger,
          now: monday,
        }),
      );
    const { text, problems } = await look();
    expect(problems.map(({ code }) => code)).toEqual([]);
    expect(text).toContain(
      "is asked for when the report is made: BigQuery google_ads client-project.unasked 1234567890",
    );
    expect(text).not.toContain("exports still needed");
    const reference = `$${"{"}file:/nowhere/key.json}`;
    hanbit.configure(source("unasked").replace("unasked,", `unasked, credentials: "${reference}",`));
    expect((await look()).problems).toMatchObject([
      { code: "BIGQUERY_KEY", facts: { why: expect.stringMatching(/nowhere/) } },
    ]);
    expect(server.asked).toEqual([]);
  });
});
