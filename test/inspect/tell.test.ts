import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { contractOf, inspect } from "../../jobs/extract/inspect.ts";
import { tellReport } from "../../jobs/inspect/tell.ts";
import { widthOf } from "../../jobs/line.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";

const samples = join(import.meta.dirname, "..", "samples");
let work = "";
let formats: PlatformFormats[] = [];
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "bogo-inspect-"));
  formats = (await formatsOf(projectConfig)).formats;
  for (const [name, content] of Object.entries(written)) writeFileSync(join(work, name), content);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const consoleMember = (name: string) => strToU8(readFileSync(join(samples, "search_console", name), "utf8"));
const row = (day: string, cost: string) => `Brand,2026-10-${day},USD,100,10,${cost},fine`;

/** Files that only these tests need. */
const written = {
  "rejected.csv": [
    "Campaign report",
    '"October 1, 2026 - October 10, 2026"',
    "Campaign,Day,Currency code,Impr.,Clicks,Cost,Mood",
    row("01", "1.50"),
    row("02", "n/a"),
    row("03", "2.25"),
    "Brand,2026-10-32,USD,100,10,1.00,fine",
    row("08", "0.25"),
    "Brand,2026-10-09,USD,100,10",
    "Total: Account,,USD,300,30,4.00,",
    "",
  ].join("\n"),
  "unknown.csv": "Campaign;Day;Spent;Impressions;Mood\nBrand;2026-10-01;3.10;100;fine\n",
  "console.zip": zipSync({
    "Chart.csv": consoleMember("Chart.csv"),
    "Queries.csv": consoleMember("Queries.csv"),
    "Filters.csv": strToU8("Filter,Value\nSearch type,Web\nDate,Last 3 months"),
  }),
  "strange.csv": "\u001b[31mRed,‮tfel\nx,y\n",
};

const files = {
  "google-ads": join(samples, "google_ads", "Campaign report.csv"),
  naver: join(samples, "naver_searchad", "한빛 키워드_보고서_hanbit.csv"),
  "meta-without-ids": join(samples, "meta_ads", "제목-없음-Oct-26-2026-Oct-27-2026.csv"),
  "search-console-zip": "console.zip",
  "rejected-lines": "rejected.csv",
  unknown: "unknown.csv",
};

async function told(
  names: readonly string[],
  { lang = "en", columns = 100, all = false }: { lang?: "ko" | "en"; columns?: number; all?: boolean } = {},
): Promise<string> {
  const paths = names.map((name) => (name.includes("/") ? name : join(work, name)));
  const shown = all ? { shown: 1_000_000 } : {};
  const report = await inspect(paths, { formats, work: join(work, "work"), lang, firstRows: 10, ...shown });
  return tellReport(report, formats, { lang, columns, all });
}

describe("what inspect tells people", () => {
  const cases = Object.entries(files).flatMap(([name, file]) =>
    (["en", "ko"] as const).map((lang) => ({ name, file, lang })),
  );

  it.each(cases)("$name stands in its golden file in $lang", async ({ name, file, lang }) => {
    const text = await told([file], { lang });
    await expect(`${text}\n`).toMatchFileSnapshot(join(import.meta.dirname, "golden", `${name}.${lang}.txt`));
  });

  it.each(cases)("$name fits terminals of 60, 80 and 120 columns in $lang", async ({ file, lang }) => {
    for (const columns of [60, 80, 120]) {
      const wide = (await told([file], { lang, columns })).split("\n").filter((line) => widthOf(line) > columns);
      expect(wide).toEqual([]);
    }
  });

  it("tells once what overlapping files hold together", async () => {
    const head = 'Campaign report\n"October 1, 2026 - October 2, 2026"\nCampaign,Day,Currency code,Impr.,Clicks,Cost';
    writeFileSync(join(work, "older.csv"), `${head}\nBrand,2026-10-01,USD,10,1,1.00\nBrand,2026-10-02,USD,20,2,2.00\n`);
    const newer = head.replace(/October \d/gu, (day) => (day.endsWith("1") ? "October 2" : "October 3"));
    writeFileSync(
      join(work, "newer.csv"),
      `${newer}\nBrand,2026-10-02,USD,21,2,2.50\nBrand,2026-10-03,USD,30,3,3.00\n`,
    );
    // 10 + 21 + 30 impressions, $1.00 + $2.50 + $3.00: the newer file's 2 October counts.
    const text = await told(["older.csv", "newer.csv"]);
    expect(text).toContain("2 files → 3 rows, 2026-10-01 ~ 2026-10-03");
    expect(text).toContain("Impressions 61 · Clicks 6 · Cost $6.50");
    expect(await told(["older.csv"])).not.toContain("Together");
  });

  it("shows twenty rejected lines and how many more, and all of them when asked", async () => {
    const rows = Array.from({ length: 25 }, (_, at) => row(String(at + 1).padStart(2, "0"), "lost"));
    const head = "Campaign report\nCampaign,Day,Currency code,Impr.,Clicks,Cost,Mood";
    writeFileSync(join(work, "many.csv"), `${head}\n${rows.join("\n")}\n${row("26", "1.00")}\n`);
    const few = await told(["many.csv"]);
    expect(few.match(/✗ Line/gu)).toHaveLength(20);
    expect(few).toContain("5 more; `--all` shows each");
    expect((await told(["many.csv"], { all: true })).match(/✗ Line/gu)).toHaveLength(25);
  });

  it("never lets a file steer the terminal", async () => {
    const head = 'Campaign report\n"October 1, 2026 - October 1, 2026"\nCampaign,Day,Currency code,Impr.,Clicks,Cost';
    const evil = "\u001b[2J\u0007\u202egnp\u200b\u009b31m";
    writeFileSync(
      join(work, "evil.csv"),
      `${head},${evil}\n"${evil}\nB",2026-10-01,USD,1,1,1.00,x\n${evil},x,USD,1,1,1\n`,
    );
    for (const name of ["evil.csv", "strange.csv"]) {
      for (const lang of ["en", "ko"] as const) expect(await told([name], { lang })).not.toMatch(/[^\P{C}\n\u200d]/u);
    }
  });

  it("names the format's refusal and what to download instead", async () => {
    const text = await told([join(samples, "amplitude", "Checkout funnel.csv")], { columns: 200 });
    expect(text).toContain("Download a chart that counts the events of each step.");
    expect(text).toContain("FILE_REFUSED");
  });
});

describe("what inspect tells programs", () => {
  it("has these fields in this order, and no others", async () => {
    const report = await inspect([files["google-ads"], join(work, "rejected.csv")], {
      formats,
      work: join(work, "work"),
      firstRows: 10,
    });
    const answer = JSON.parse(JSON.stringify(contractOf(report)));
    const fields = (value: object) => Object.keys(value).join(" ");
    expect(fields(answer)).toBe("files combined");
    expect(fields(answer.files[0])).toBe("file sha256 tables problems");
    expect(fields(answer.files[0].tables[0])).toBe(
      "platform format channel account cut level rows rejected skipped from to currency encoding verified sums",
    );
    expect(fields(answer.files[1].problems[0])).toBe("code severity line text say");
    expect(fields(answer.combined[0])).toBe("platform account currency level rows from to sums");
  });
});
