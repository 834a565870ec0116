import { eachDay, monthsOf } from "../day.ts";
import type { Output } from "../output.ts";
import { exploration } from "./exploration.ts";
import { overview } from "./overview.ts";
import { pagesReport, trafficReport } from "./standard.ts";
import { channelDay, type Property } from "./visits.ts";

/** GA4: traffic acquisition and a daily exploration for every month, pages for the newest three. */
export function ga4(property: Property, out: Output): void {
  const months = monthsOf({ from: property.business.span.from, to: "2026-10-31" });
  months.forEach((month, nth) => {
    const days = eachDay(month).map((day) => ({
      day,
      channels: property.channels.map((channel) => channelDay(property, channel, day)),
    }));
    trafficReport(property, month, nth, days, out);
    exploration(property, month, nth, days, out);
  });
  const newest = months.at(-1);
  if (newest && property.language === "ko") overview(property, newest, out);
  months.slice(-3).forEach((month, nth) => {
    pagesReport(property, month, nth, out);
  });
}
