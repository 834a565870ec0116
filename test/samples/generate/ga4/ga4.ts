import { nthDownload } from "../csv.ts";
import { type Day, eachDay, monthsOf, type Span } from "../day.ts";
import type { Output } from "../output.ts";
import { dailyExploration, totalsExploration } from "./exploration.ts";
import { overview } from "./overview.ts";
import { pagesReport, trafficReport } from "./standard.ts";
import { channelDay, type Property, type VisitsByDay } from "./visits.ts";

/**
 * GA4: traffic acquisition for every month, the month's people from an exploration without dimensions, its days from
 * one every half year, and pages for the newest three months.
 */
export function ga4(property: Property, out: Output): void {
  const months = monthsOf({ from: property.business.span.from, to: "2026-10-31" });
  const daysOf = (span: Span): VisitsByDay[] =>
    eachDay(span).map((day: Day) => ({
      day,
      channels: property.channels.map((channel) => channelDay(property, channel, day)),
    }));
  let downloads = 0;
  const nextName = () => nthDownload("download.csv", downloads++);
  months.forEach((month, nth) => {
    trafficReport(property, month, nth, daysOf(month), out);
    totalsExploration(property, month, nextName(), daysOf(month), out);
    const lastOfBlock = nth % 6 === 5 || nth === months.length - 1;
    const block = { from: months[nth - (nth % 6)]?.from ?? month.from, to: month.to };
    if (lastOfBlock) dailyExploration(property, block, nextName(), daysOf(block), out);
  });
  const newest = months.at(-1);
  if (newest && property.language === "ko") overview(property, newest, out);
  months.slice(-3).forEach((month, nth) => {
    pagesReport(property, month, nth, out);
  });
}
