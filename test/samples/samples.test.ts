import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { samples } from "./generate/samples.ts";

const root = join(import.meta.dirname, "../..");
const made = samples();

describe("the sample exports", () => {
  it("are what the generator makes, byte for byte", () => {
    const committed = ["inbox/hanbit-coffee", "inbox/northwind-outfitters", "test/samples/truth"].flatMap(filesBelow);
    expect(committed.sort()).toEqual([...made.keys()].sort());
    const different = committed.filter((name) => !readFileSync(join(root, name)).equals(made.get(name) ?? Buffer.of()));
    expect(different).toEqual([]);
  });

  it("stay under 8 MB, and their truth under 4 MB", () => {
    const size = (prefix: string) =>
      [...made].reduce((sum, [name, bytes]) => sum + (name.startsWith(prefix) ? bytes.length : 0), 0);
    expect(size("inbox/")).toBeLessThan(8_000_000);
    expect(size("test/samples/truth/")).toBeLessThan(4_000_000);
  });

  it("leave out exactly one day of one platform", () => {
    const dayFiles = [...made.keys()].filter((name) => /truth\/.*\/days\/[a-z_0-9]+\.csv$/.test(name));
    const gaps = dayFiles.flatMap((name) => {
      const days = records(name).map(({ day }) => day ?? "");
      return days
        .slice(1)
        .flatMap((day, at) => (next(days[at] ?? "") === day ? [] : [`${name} ${next(days[at] ?? "")}`]));
    });
    expect(gaps).toEqual(["test/samples/truth/hanbit-coffee/days/naver_searchad.csv 2026-03-15"]);
  });

  it("state the truth: the newest Google Ads table's own rows are the newest week", () => {
    const text = decode("inbox/hanbit-coffee/google-ads/캠페인 보고서 (8).csv");
    expect(text.split("\n")[1]).toBe("2026년 10월 3일 - 2026년 11월 1일");
    const rows = parse<Record<string, string>>(text, { delimiter: "\t", from_line: 3, columns: true });
    const week = rows.filter(({ 일: day = "" }) => day >= "2026-10-26" && day <= "2026-11-01");
    const truth = period("hanbit-coffee", "week").google_ads;
    expect(sum(week.map(({ 비용: cost = "" }) => cost))).toBe(Number(truth?.cost));
    expect(sum(week.map(({ 노출수: seen = "" }) => seen.replaceAll(",", "")))).toBe(Number(truth?.impressions));
  });

  it("state the truth: a Search Console zip's own chart is its month", () => {
    const zip = unzipSync(
      made.get(
        "inbox/northwind-outfitters/search-console/https___www.northwind.example_-Performance-on-Search-2026-11-02.zip",
      ) ?? Buffer.of(),
    );
    const chart = parse<Record<string, string>>(Buffer.from(zip["Chart.csv"] ?? []).toString(), { columns: true });
    const truth = period("northwind-outfitters", "month").search_console;
    expect(sum(chart.map(({ Clicks: clicks = "" }) => clicks))).toBe(Number(truth?.clicks));
    const weight = chart.reduce((all, row) => all + Number(row.Impressions) * Math.round(Number(row.Position) * 10), 0);
    expect(weight / 10).toBe(Number(truth?.position_weight));
  });

  it("correct earlier exports: conversions of a day grow from one download to the next", () => {
    const day = "2026-10-11";
    const conversions = [
      "캠페인 보고서 (5).csv",
      "캠페인 보고서 (6).csv",
      "캠페인 보고서 (7).csv",
      "캠페인 보고서 (8).csv",
    ].map((name) => {
      const rows = parse<Record<string, string>>(decode(`inbox/hanbit-coffee/google-ads/${name}`), {
        delimiter: "\t",
        from_line: 3,
        columns: true,
      });
      return sum(rows.filter((row) => row.일 === day).map((row) => row.전환수 ?? ""));
    });
    expect(conversions).toEqual([...new Set(conversions)].sort((a, b) => a - b));
  });

  it("pause one campaign for months: it spends nothing then, and does before and after", () => {
    const cost = (day: string) =>
      ["캠페인 보고서 (3).csv", "캠페인 보고서 (4).csv"].flatMap((name) =>
        parse<Record<string, string>>(decode(`inbox/hanbit-coffee/google-ads/${name}`), {
          delimiter: "\t",
          from_line: 3,
          columns: true,
        }).filter((row) => row.일 === day && row.캠페인 === "디스플레이_리마케팅"),
      ).length;
    expect(["2026-05-17", "2026-05-18", "2026-09-13", "2026-09-14"].map((day) => cost(day) > 0)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function decode(name: string): string {
  return Buffer.from(made.get(name) ?? [])
    .toString("utf16le")
    .slice(1);
}

function records(name: string): Record<string, string>[] {
  return parse<Record<string, string>>(Buffer.from(made.get(name) ?? []), { columns: true });
}

function period(slug: string, name: string): Record<string, Record<string, string>> {
  const text = Buffer.from(made.get(`test/samples/truth/${slug}/periods.json`) ?? []).toString();
  return (
    (JSON.parse(text) as Record<string, { platforms: Record<string, Record<string, string>> }>)[name]?.platforms ?? {}
  );
}

function sum(values: readonly string[]): number {
  return Math.round(values.reduce((all, value) => all + Number(value), 0) * 100) / 100;
}

/** The day after, by the calendar alone. */
function next(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
