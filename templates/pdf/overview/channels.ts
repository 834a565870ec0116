import type { ChannelLine, Kpi, Overview, Report } from "../../../transforms/report/model.ts";
import { formatChange, formatValue, lineState, noValue, reasonText, sectionHeading, words } from "../../text.ts";
import { changeColour } from "../../theme.ts";
import type { Flow } from "../flow.ts";
import { type Slim, type SlimCell, type SlimRow, slimHeight, slimTable } from "./compact.ts";

/** One line a channel, the totals in one currency, and beside them what the shop itself counts. */
export function channelLines(flow: Flow, report: Report): void {
  const { overview } = report;
  if (!overview) return;
  const rows = [
    ...overview.lines.map((line) => lineRow(line, report, flow)),
    totalRow(overview, report, flow),
    ...(overview.shop ? [shopRow(overview.shop, report, flow)] : []),
  ];
  flow.heading(sectionHeading("channels", report), { level: 3, keep: slimHeight(rows.length) });
  slimTable(flow, columnsOf(report, flow), rows);
}

function columnsOf({ overview, locale }: Report, { width }: Flow): Slim[] {
  const said = words(locale);
  const { cost, conversions, conversion_value } = overview?.total ?? {};
  const titles = [
    said.channel,
    said.headline,
    "",
    said.change,
    cost?.label,
    conversions?.label,
    conversion_value?.label,
  ];
  return titles.map(
    (title, at): Slim => ({ title: title ?? "", width: width * (shares[at] ?? 0), align: at < 2 ? "start" : "end" }),
  );
}

/** How much of the width each column takes. */
const shares = [0.21, 0.165, 0.125, 0.135, 0.145, 0.095, 0.125] as const;

function lineRow(line: ChannelLine, report: Report, flow: Flow): SlimRow {
  const { theme } = flow;
  const { colours } = theme;
  const { locale, compare } = report;
  const { headline } = line;
  const change = formatChange(headline.changes[compare[0] ?? "previous"], { ...headline, locale });
  const state = lineState(line.state, locale);
  const value =
    headline.value === null && headline.reason
      ? reasonText(headline.reason, locale)
      : formatValue(headline.value, headline, locale);
  return {
    cells: [
      {
        text: state ? `${line.label} · ${state}` : line.label,
        colour: state ? colours.warn : colours.ink,
        weight: "semibold",
      },
      {
        text:
          headline.provisional && headline.value !== null
            ? `${headline.label} · ${words(locale).provisionalShort}`
            : headline.label,
        colour: colours.muted,
        size: 7.4,
      },
      { text: value, colour: headline.value === null ? colours.muted : colours.ink, weight: "semibold" },
      { text: headline.value === null ? noValue : change.label, colour: changeColour(change, theme), size: 7.6 },
      ...[line.cost, line.conversions, line.conversion_value].map((kpi) => figure(kpi, report, flow)),
    ],
  };
}

function totalRow({ total }: Overview, report: Report, flow: Flow): SlimRow {
  const { colours } = flow.theme;
  return {
    sum: true,
    cells: [
      { text: words(report.locale).total, colour: colours.ink, weight: "bold" },
      { text: total.double_counting, colour: colours.warn, size: 7.4, span: 3 },
      ...[total.cost, total.conversions, total.conversion_value].map((kpi) => figure(kpi, report, flow, true)),
    ],
  };
}

function shopRow({ orders, revenue }: NonNullable<Overview["shop"]>, report: Report, flow: Flow): SlimRow {
  const { colours } = flow.theme;
  const said = words(report.locale);
  return {
    sum: true,
    cells: [
      { text: said.shopOwn, colour: colours.ink, weight: "bold" },
      { text: `${orders.label} · ${revenue.label}`, colour: colours.muted, size: 7.4, span: 3 },
      { text: "", colour: colours.muted },
      figure(orders, report, flow, true),
      figure(revenue, report, flow, true),
    ],
  };
}

/** A figure, or a dash; that a rate is missing is said in its place. */
function figure(kpi: Kpi, { locale }: Report, { theme }: Flow, strong = false): SlimCell {
  const text = kpi.reason === "no_rate" ? reasonText("no_rate", locale) : formatValue(kpi.value, kpi, locale);
  const known = kpi.value !== null;
  const { colours } = theme;
  return {
    text,
    colour: known ? colours.text : kpi.reason === "no_rate" ? colours.warn : colours.faint,
    weight: strong && known ? "bold" : "regular",
  };
}
