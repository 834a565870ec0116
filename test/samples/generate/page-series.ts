import type { MetricId, PlatformId } from "../../../transforms/metrics.ts";
import { csv, nthDownload, utf16 } from "./csv.ts";
import { type Day, eachDay } from "./day.ts";
import { type Business, growth, ripeness } from "./model.ts";
import type { Output } from "./output.ts";
import { jitter, wholeNumber } from "./random.ts";
import { downloads } from "./windows.ts";

export interface Page {
  business: Business;
  account: string;
  platform: PlatformId & ("facebook_page" | "instagram");
  folder: "facebook" | "instagram";
  /** Per ordinary day: a file for each, whose second line is `label`. */
  series: readonly { file: string; label: string; metric: MetricId; daily: number; sparse?: boolean }[];
}

const settling = { missing: 0, days: 1 };

/** A page's daily figures from Meta Business Suite: one metric a file, UTF-16, the metric's name above the header. */
export function pageSeries({ business, account, platform, folder, series }: Page, out: Output): void {
  const windows = downloads(business.span, { months: 6, overlap: 7, weeklyFrom: "2026-10-05", trailing: 28 });
  for (const { file, label, metric, daily, sparse } of series)
    windows.forEach((window, nth) => {
      const value = (day: Day) => {
        const key = `${business.slug}|${platform}|${metric}|${day}`;
        const settled = wholeNumber(
          key,
          daily * ((1 + business.traffic(day)) / 2) * growth(business.span, day, 1.3) * jitter(`${key}|daily`, 0.4),
        );
        return Math.floor(settled * ripeness(day, window.to, settling).counts);
      };
      // Days on which nobody followed are left out of some exports.
      const rows = eachDay(window)
        .map((day) => ({ day, value: value(day) }))
        .filter((row) => !sparse || row.value > 0);
      const table = csv([["Date", "Primary"], ...rows.map((row) => [`${row.day}T00:00:00`, row.value])], {
        quote: "all",
      });
      out.write(`${folder}/${nthDownload(`${file}.csv`, nth)}`, utf16(`sep=,\n"${label}"\n${table}`));
      const figures = (row: { value: number }) => ({ [metric]: String(row.value) });
      out.truth.days(
        platform,
        account,
        window,
        rows.map((row) => ({ day: row.day, figures: figures(row) })),
        { part: metric },
      );
    });
}
