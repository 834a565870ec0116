import { lineChart } from "../../templates/chart/line.ts";
import { sceneSvg } from "../../templates/chart/svg.ts";
import { trendChart } from "../../templates/chart/trend.ts";
import { formatChange, formatValue, weekdayNames } from "../../templates/text.ts";
import type { Report, Table } from "../../transforms/report/model.ts";

/**
 * What the PDF says as a web page to be printed: the same sentences, cards, charts (as SVG) and tables, without the
 * work of laying them out by hand. It is what most report tools print with a browser.
 */
export function printedPage(report: Report): { style: string; body: string } {
  const { locale } = report;
  const cards = report.kpis.map((kpi) => {
    const change = formatChange(kpi.changes.previous, { ...kpi, locale });
    return `<div class="card"><span>${safe(kpi.label)}</span><b>${formatValue(kpi.value, kpi, locale)}</b><i>${safe(change.text)}</i></div>`;
  });
  const charts = report.trend.series.map((series) => {
    const scene = lineChart(trendChart(report, series, { width: 240, height: 112 }));
    return `<figure><figcaption>${safe(series.label)}</figcaption>${sceneSvg(scene)}</figure>`;
  });
  const body = [
    `<h1>${safe(report.title)}</h1><p>${safe(report.period.label)}</p>`,
    ...report.summary.map((sentence) => `<p>${safe(sentence)}</p>`),
    ...report.comment.map(({ heading, text }) => `<h3>${safe(heading)}</h3><p>${safe(text)}</p>`),
    `<div class="cards">${cards.join("")}</div><h2>Trend</h2><div class="charts">${charts.join("")}</div>`,
    ...[...report.breakdowns, ...report.tops].map((table) => tableOf(table, report)),
    heatmapOf(report),
    ...report.why.map(
      ({ label, parts }) =>
        `<h2>${safe(label)}</h2><table>${parts.map(({ name, total }) => `<tr><th>${safe(name)}</th><td>${total}</td></tr>`).join("")}</table>`,
    ),
    ...report.notes.map(({ text }) => `<p class="note">${safe(text)}</p>`),
    ...report.definitions.map(({ label, formula }) => `<p class="note">${safe(label)} = ${safe(formula)}</p>`),
    `<table>${report.sources.map(({ file, rows, sha256 }) => `<tr><th>${safe(file)}</th><td>${rows}</td><td>${sha256.slice(0, 12)}</td></tr>`).join("")}</table>`,
  ];
  return { style, body: body.join("\n") };
}

const style = `@page{size:A4;margin:44pt}body{font:9.5pt/1.5 Own,sans-serif;color:#2b3648;margin:0}h1{font-size:22pt}h2{font-size:13pt}table{width:100%;border-collapse:collapse;font-size:8.5pt;margin:8pt 0}th{text-align:left}td{text-align:right}th,td{border-bottom:.5pt solid #dde2ea;padding:3pt}thead{display:table-header-group}tr{break-inside:avoid}.cards{display:grid;grid-template-columns:repeat(4,1fr);gap:8pt}.card{background:#f5f7fa;padding:8pt;break-inside:avoid}.card b{display:block;font-size:16pt}.charts{display:grid;grid-template-columns:1fr 1fr;gap:12pt}figure{margin:0;break-inside:avoid}.note{font-size:8pt;margin:2pt 0}`;

function tableOf({ title, columns, rows, total }: Table, { locale }: Report): string {
  const cells = (values: readonly (string | null)[]) =>
    values.map((value, at) => `<td>${formatValue(value, columns[at] ?? plain, locale)}</td>`).join("");
  const lines = rows.map(
    ({ name, detail, values }) => `<tr><th>${safe(name)}<br>${safe(detail ?? "")}</th>${cells(values)}</tr>`,
  );
  return `<h2>${safe(title)}</h2><table><thead><tr><th></th>${columns.map(({ label }) => `<td>${safe(label)}</td>`).join("")}</tr></thead>${lines.join("")}${total ? `<tr><th>${safe(total.name)}</th>${cells(total.values)}</tr>` : ""}</table>`;
}

function heatmapOf({ heatmap: grid, locale }: Report): string {
  if (!grid) return "";
  const names = weekdayNames(locale);
  return `<h2>${safe(grid.title)}</h2><table>${grid.cells.map((row, day) => `<tr><th>${names[day]}</th>${row.map((cell) => `<td>${formatValue(cell, plain, locale)}</td>`).join("")}</tr>`).join("")}</table>`;
}

const plain = { unit: "count", currency: null, decimals: 0 } as const;

const safe = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
