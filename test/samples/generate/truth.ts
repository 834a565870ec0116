import Big from "big.js";
import type { MetricId, PlatformId } from "../../../transforms/metrics.ts";
import { addDays, type Day, eachDay, type Span, within } from "./day.ts";

/** Base metrics as the export prints them; null where its cell is blank. */
export type Figures = Partial<Record<MetricId, string | null>>;

export interface DayRow {
  day: Day;
  campaign?: string;
  figures: Figures;
}

interface Snapshot {
  platform: PlatformId;
  account: string;
  id: string;
  day: Day;
  asOf: Day;
  figures: Figures;
}

interface WindowTotals extends Span {
  platform: PlatformId;
  account: string;
  report: string;
  figures: Figures;
}

type Sums = Map<MetricId, Big>;

/** What the exports say when read rightly: written beside them and never read by the product. */
export function truth() {
  const streams = new Map<string, { platform: PlatformId; account: string; file: string; days: Map<Day, DayRow[]> }>();
  const windows = new Map<string, WindowTotals>();
  const snapshots = new Map<"posts" | "emails", Map<string, Snapshot>>();

  return {
    /** An export by day: it takes over every day of its window from the exports before it. `part` is a stream of its own. */
    days(
      platform: PlatformId,
      account: string,
      window: Span,
      rows: readonly DayRow[],
      { file = platform as string, part = "" } = {},
    ) {
      const key = `${file}|${part}`;
      const stream = streams.get(key) ?? { platform, account, file, days: new Map<Day, DayRow[]>() };
      streams.set(key, stream);
      for (const day of eachDay(window)) stream.days.delete(day);
      for (const row of rows) {
        const held = stream.days.get(row.day);
        if (held) held.push(row);
        else stream.days.set(row.day, [row]);
      }
    },
    /** An export without days. */
    window(totals: WindowTotals) {
      windows.set([totals.platform, totals.report, totals.from, totals.to].join("|"), totals);
    },
    /** A figure that grows: the latest counts. */
    snapshot(kind: "posts" | "emails", row: Snapshot) {
      const held = snapshots.get(kind) ?? new Map<string, Snapshot>();
      held.set(`${row.platform}|${row.id}`, row);
      snapshots.set(kind, held);
    },
    /** Every truth file by its name. */
    files(last: Day): Map<string, string> {
      const files = new Map<string, string>();
      for (const [file, lines] of dayFiles([...streams.values()])) files.set(`days/${file}.csv`, lines);
      files.set("windows.csv", windowFile([...windows.values()]));
      for (const [kind, rows] of snapshots) files.set(`${kind}.csv`, snapshotFile([...rows.values()]));
      const periods = namedPeriods(last);
      const sums = (span: Span) => {
        const platforms = new Map<string, Sums>();
        const add = (name: string, figures: Figures) => platforms.set(name, plus(platforms.get(name), figures));
        for (const { file, days } of streams.values())
          for (const [day, rows] of days) if (within(day, span)) for (const row of rows) add(file, row.figures);
        for (const [kind, rows] of snapshots)
          for (const row of rows.values()) {
            const figures = kind === "posts" ? { posts: "1", ...row.figures } : row.figures;
            if (within(row.day, span)) add(`${row.platform}.${kind}`, figures);
          }
        for (const row of windows.values())
          if (row.from === span.from && row.to === span.to) add(`${row.platform}.${row.report}`, row.figures);
        return Object.fromEntries(
          [...platforms]
            .sort(byName)
            .map(([name, totals]) => [name, { ...print(totals), ...withoutVat(name, totals) }]),
        );
      };
      files.set(
        "periods.json",
        json(Object.fromEntries(periods.map(({ name, ...span }) => [name, { ...span, platforms: sums(span) }]))),
      );
      files.set(
        "campaigns.json",
        json(Object.fromEntries(periods.map(({ name, ...span }) => [name, campaigns([...streams.values()], span)]))),
      );
      return files;
    },
  };
}

export type Truth = ReturnType<typeof truth>;

function namedPeriods(last: Day): (Span & { name: string })[] {
  const week = { from: addDays(last, -6), to: last };
  const shift = (days: number) => ({ from: addDays(week.from, days), to: addDays(week.to, days) });
  return [
    { name: "week", ...week },
    { name: "week_before", ...shift(-7) },
    { name: "week_year_ago", ...shift(-364) },
    { name: "month", from: "2026-10-01", to: "2026-10-31" },
    { name: "month_before", from: "2026-09-01", to: "2026-09-30" },
    { name: "month_year_ago", from: "2025-10-01", to: "2025-10-31" },
  ];
}

function dayFiles(
  streams: readonly { account: string; file: string; days: Map<Day, DayRow[]> }[],
): Map<string, string> {
  const files = new Map<string, { account: string; days: Map<Day, Sums>; metrics: Set<MetricId> }>();
  for (const { account, file, days } of streams) {
    const held = files.get(file) ?? { account, days: new Map<Day, Sums>(), metrics: new Set<MetricId>() };
    files.set(file, held);
    for (const [day, rows] of days)
      for (const { figures } of rows) {
        held.days.set(day, plus(held.days.get(day), figures));
        for (const metric of Object.keys(figures) as MetricId[]) held.metrics.add(metric);
      }
  }
  return new Map(
    [...files].map(([file, { account, days, metrics }]) => [
      file,
      text([
        ["account", "day", ...metrics].join(","),
        ...[...days]
          .sort(byName)
          .map(([day, sums]) =>
            [account, day, ...[...metrics].map((metric) => sums.get(metric)?.toFixed() ?? "")].join(","),
          ),
      ]),
    ]),
  );
}

function windowFile(windows: readonly WindowTotals[]): string {
  const lines = windows.flatMap(({ platform, account, report, from, to, figures }) =>
    Object.entries(figures).map(([metric, value]) =>
      [platform, account, report, from, to, metric, value ?? ""].join(","),
    ),
  );
  return text(["platform,account,report,from,to,metric,value", ...lines]);
}

function snapshotFile(rows: readonly Snapshot[]): string {
  const metrics = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures) as MetricId[]))];
  const lines = rows.map(({ platform, account, id, day, asOf, figures }) =>
    [platform, account, id, day, asOf, ...metrics.map((metric) => figures[metric] ?? "")].join(","),
  );
  return text([["platform", "account", "id", "day", "as_of", ...metrics].join(","), ...lines]);
}

function campaigns(streams: readonly { file: string; days: Map<Day, DayRow[]> }[], span: Span) {
  const found = new Map<string, Map<string, Sums>>();
  for (const { file, days } of streams)
    for (const [day, rows] of days)
      for (const { campaign, figures } of within(day, span) ? rows : []) {
        if (campaign === undefined) continue;
        const held = found.get(file) ?? new Map<string, Sums>();
        found.set(file, held.set(campaign, plus(held.get(campaign), figures)));
      }
  return Object.fromEntries(
    [...found]
      .sort(byName)
      .map(([file, rows]) => [
        file,
        Object.fromEntries([...rows].sort(byName).map(([name, sums]) => [name, print(sums)])),
      ]),
  );
}

function plus(sums: Sums = new Map(), figures: Figures): Sums {
  for (const [metric, value] of Object.entries(figures) as [MetricId, string | null][])
    if (value !== null) sums.set(metric, (sums.get(metric) ?? new Big(0)).plus(value));
  return sums;
}

/** Naver's cost stands in its exports with VAT. A quotient by 1.1 may never end, so it is rounded to 10 digits. */
function withoutVat(name: string, sums: Sums): Record<string, string> {
  const cost = name.startsWith("naver_searchad") ? sums.get("cost") : undefined;
  return cost ? { cost_without_vat: cost.div("1.1").round(10).toFixed() } : {};
}

function print(sums: Sums): Record<string, string> {
  return Object.fromEntries([...sums].map(([metric, value]) => [metric, value.toFixed()]));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
