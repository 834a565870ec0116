import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { survey } from "../../jobs/extract/survey.ts";
import type { Declared } from "../../jobs/extract/table.ts";

const root = join(import.meta.dirname, "..", "..");
const sample = (name: string) => join(root, "test", "samples", name);

async function surveyed(paths: readonly string[], source: Declared = {}) {
  const work = mkdtempSync(join(tmpdir(), "bogo-survey-"));
  onTestFinished(() => rmSync(work, { recursive: true, force: true }));
  const { formats } = await formatsOf(projectConfig);
  const files = await survey(paths, { formats, work, source });
  return { files, left: readdirSync(work) };
}

describe("survey", () => {
  it("tells the account that a file states, and none where only its source does", async () => {
    const { files } = await surveyed(
      [sample("naver_searchad/한빛 키워드_보고서_hanbit.csv"), sample("x/account_overview_analytics.csv")],
      { account: "hanbit" },
    );
    expect(files.map(({ tables }) => tables.map(({ platform, account }) => [platform, account]))).toEqual([
      [["naver_searchad", "hanbit"]],
      [["x", null]],
    ]);
  });

  it("tells the days that a file declares, else those from its first row to its last", async () => {
    const { files } = await surveyed([
      sample("naver_searchad/집행없음_보고서_hanbit.csv"),
      sample("google_ads/캠페인 보고서.csv"),
      sample("search_console/Chart.csv"),
      sample("naver_searchad/성별연령_보고서_hanbit.csv"),
    ]);
    expect(files.flatMap(({ tables }) => tables.map(({ kind, from, to }) => `${kind} ${from} ${to}`))).toEqual([
      "daily 2026-10-12 2026-10-18",
      "daily 2026-03-02 2026-03-03",
      "daily 2026-03-01 2026-03-02",
      "window 2026-10-01 2026-10-31",
    ]);
  });

  it("tells whether amounts hold VAT: by their header, by the platform, or not at all", async () => {
    const { files } = await surveyed([
      sample("naver_searchad/9월_월간리포트,hanbit.csv"),
      sample("google_ads/캠페인 보고서.csv"),
      sample("kakao_moment/맞춤보고서_한빛커피.csv"),
      sample("x/account_overview_analytics.csv"),
    ]);
    expect(files.flatMap(({ tables }) => tables.map(({ money, vat }) => [money, vat]))).toEqual([
      [true, "included"],
      [true, "excluded"],
      [true, null],
      [false, null],
    ]);
  });

  it("names what keeps a file from being read, and goes on to the next", async () => {
    const { files } = await surveyed([
      sample("amplitude/Checkout funnel.csv"),
      sample("search_console/Queries.csv"),
      sample("search_console/Chart.csv"),
    ]);
    expect(files.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ["FILE_REFUSED"],
      ["FILE_PERIOD_UNKNOWN"],
      [],
    ]);
  });

  it("reads every export of a client and leaves nothing behind", async () => {
    const inbox = join(root, "inbox", "northwind-outfitters", "google-ads");
    const { files, left } = await surveyed(readdirSync(inbox).map((name) => join(inbox, name)));
    expect(files.every(({ tables, problems }) => tables.length > 0 && problems.length === 0)).toBe(true);
    expect(left).toEqual([]);
  });
});
