import type { ChannelLine, FunnelStage, Kpi, Report } from "../../transforms/report/model.ts";
import { formatChange, formatValue, lineState, reasonText, sectionHeading, words } from "../text.ts";
import { type Html, html } from "./html.ts";
import {
  aside,
  attributes,
  bodyCell,
  changeSpan,
  type Frame,
  figures,
  headCell,
  headingOf as heading,
  section,
} from "./parts.ts";
import { ink } from "./style.ts";

/** A row for each channel, phone first: its headline and how that moved, and its cost; then the totals and the shop. */
export function channelBlock(frame: Frame): Html | null {
  const { report, theme } = frame;
  const { overview, locale } = report;
  if (!overview || overview.lines.length === 0) return null;
  const said = words(locale);
  const { total, shop, notes } = overview;
  const title = sectionHeading("channels", report);
  const head = html`<tr>${headCell(said.channel, theme, "left")}${headCell(said.headline, theme)}${headCell(total.cost.label, theme)}</tr>`;
  const rows = overview.lines.map((line) => channelRow(line, frame));
  const sums = [
    sumRow(said.total, `${total.conversions.label} · ${total.double_counting}`, total.conversions, total.cost, frame),
    ...(shop
      ? [sumRow(said.shopOwn, `${shop.orders.label} · ${shop.revenue.label}`, shop.orders, shop.revenue, frame)]
      : []),
  ];
  return section(
    html`${heading(title, theme)}${figures(title, [head, ...rows, ...sums])}${notes.map(({ text }) => aside(text, theme))}`,
  );
}

/** Stage by stage, each with its share of the one before. */
export function funnelBlock(frame: Frame): Html | null {
  const { report, theme } = frame;
  const stages = report.overview?.funnel ?? [];
  if (stages.length === 0) return null;
  const said = words(report.locale);
  const title = sectionHeading("funnel", report);
  const head = html`<tr>${headCell(said.stage, theme, "left")}${headCell(said.value, theme)}${headCell(said.conversion, theme)}</tr>`;
  return section(
    html`${heading(title, theme)}${figures(title, [head, ...stages.map((stage) => stageRow(stage, frame))])}`,
  );
}

function channelRow({ label, state, headline, cost }: ChannelLine, frame: Frame): Html {
  const { report, theme } = frame;
  const { locale, compare } = report;
  const mark = lineState(state, locale);
  const change = formatChange(headline.changes[compare[0] ?? "previous"], { ...headline, locale });
  const below = [headline.label, headline.provisional && headline.value !== null ? words(locale).provisional : ""];
  const name = html`${label}${mark && html` <b ${attributes(ink("warn", theme), "font-size:12px")}>${mark}</b>`}${small(below.filter(Boolean).join(" · "), frame)}`;
  const value = html`<b>${shown(headline, report)}</b>${headline.value !== null && html`<br>${changeSpan(change, theme)}`}`;
  return html`<tr>${bodyCell(name, theme, "left")}${bodyCell(value, theme)}${bodyCell(html`${shown(cost, report)}`, theme)}</tr>`;
}

function sumRow(label: string, what: string, count: Kpi, money: Kpi, frame: Frame): Html {
  const { report, theme } = frame;
  const name = html`<b>${label}</b>${small(what, frame)}`;
  return html`<tr>${bodyCell(name, theme, "left")}${bodyCell(html`<b>${shown(count, report)}</b>`, theme)}${bodyCell(html`<b>${shown(money, report)}</b>`, theme)}</tr>`;
}

function stageRow({ label, kpi, conversion }: FunnelStage, frame: Frame): Html {
  const { report, theme } = frame;
  const name = html`${label}${small(kpi.label, frame)}`;
  const rate = conversion ? shown(conversion, report) : "";
  return html`<tr>${bodyCell(name, theme, "left")}${bodyCell(html`<b>${shown(kpi, report)}</b>`, theme)}${bodyCell(html`${rate}`, theme)}</tr>`;
}

function small(text: string, { theme }: Frame): Html {
  return html`<br><span ${attributes(ink("muted", theme), "font-size:12px")}>${text}</span>`;
}

/** A value, or why there is none where that has to be said. */
function shown(kpi: Kpi, { locale }: Report): string {
  const isPlain = kpi.value !== null || kpi.reason === null || kpi.reason === "not_collected";
  return isPlain ? formatValue(kpi.value, kpi, locale) : reasonText(kpi.reason ?? "not_collected", locale);
}
