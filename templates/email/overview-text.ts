import type { Kpi, Report } from "../../transforms/report/model.ts";
import { formatChange, formatValue, lineState, reasonText, sectionHeading, words } from "../text.ts";

/** The channels as plain text: a line each, then the totals, the shop's own count and how to read them. */
export function channelText(report: Report): string[] {
  const { overview, locale, compare } = report;
  if (!overview || overview.lines.length === 0) return [];
  const said = words(locale);
  const { total, shop, notes, lines } = overview;
  const moved = (kpi: Kpi) => formatChange(kpi.changes[compare[0] ?? "previous"], { ...kpi, locale }).label;
  return [
    `■ ${sectionHeading("channels", report)}`,
    ...lines.map(({ label, state, headline, cost }) => {
      const mark = lineState(state, locale);
      const money = cost.value === null && cost.reason !== "no_rate" ? "" : ` · ${named(cost, report)}`;
      return `- ${label}${mark ? ` (${mark})` : ""}: ${named(headline, report)}${headline.value === null ? "" : `, ${moved(headline)}`}${money}`;
    }),
    `- ${said.total}: ${named(total.cost, report)} · ${named(total.conversions, report)} (${total.double_counting})`,
    shop ? `- ${said.shopOwn}: ${named(shop.orders, report)} · ${named(shop.revenue, report)}` : "",
    ...notes.map(({ text }) => `  ${text}`),
  ];
}

/** The funnel as plain text: a line a stage. */
export function funnelText(report: Report): string[] {
  const stages = report.overview?.funnel ?? [];
  if (stages.length === 0) return [];
  const said = words(report.locale);
  const lines = stages.map(({ label, kpi, conversion }) => {
    const rate = conversion ? ` · ${said.conversion} ${value(conversion, report)}` : "";
    return `- ${label}: ${named(kpi, report)}${rate}`;
  });
  return [`■ ${sectionHeading("funnel", report)}`, ...lines];
}

const named = (kpi: Kpi, report: Report): string => `${kpi.label} ${value(kpi, report)}`;

const value = (kpi: Kpi, { locale }: Report): string =>
  kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : formatValue(kpi.value, kpi, locale);
