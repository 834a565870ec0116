import { html } from "hono/html";
import { metrics } from "../../../transforms/metrics.ts";
import { type Behind, behindKpi } from "../../../transforms/report/behind.ts";
import { formatDay, formatPeriod, formatValue, noValue, reasonText } from "../../../transforms/text.ts";
import type { Drawn } from "../studio.ts";
import type { Markup, Page } from "./parts.ts";
import type { Words } from "./words.ts";

/** Every KPI, and of the chosen one what it was computed from: sums by source and day, the formula, the files. */
export function figuresPanel({ drawn, spot, to }: Page & { drawn: Drawn }, text: Words): Markup {
  const { report, material } = drawn;
  const chosen = report.kpis.find(({ id }) => id === spot.kpi) ?? report.kpis[0];
  const behind = chosen && behindKpi(chosen.id, material);
  const list = report.kpis.map(
    (kpi) =>
      html`<a data-go id="kpi-${kpi.id}" href="${to({ kpi: kpi.id })}" ${kpi === chosen ? html`aria-current="true"` : ""}><span>${kpi.label}</span><b>${kpi.value === null ? `${noValue} ${reasonText(kpi.reason ?? "not_collected", report.locale)}` : formatValue(kpi.value, kpi, report.locale)}</b></a>`,
  );
  return html`<div class="figures"><nav class="kpis" aria-label="${text.tabs.figures}">${list}</nav>${
    chosen && behind
      ? html`<section class="behind" aria-labelledby="behind">${details(behind, drawn, text)}</section>`
      : ""
  }</div>`;
}

function details(behind: Behind, { report }: Drawn, text: Words): Markup {
  const kpi = report.kpis.find(({ id }) => id === behind.kpi);
  if (!kpi) return html``;
  const { locale, currency } = report;
  const print = (value: string | null, at: number): string => {
    const metric = behind.inputs[at]?.metric;
    const unit = metric && metrics[metric].unit === "money" ? ("money" as const) : ("count" as const);
    return formatValue(value, { unit, currency, decimals: value?.includes(".") ? 2 : 0 }, locale);
  };
  const heads = behind.inputs.map(({ label }) => html`<th scope="col" class="n">${label}</th>`);
  const cells = (values: readonly (string | null)[]) =>
    values.map((value, at) => html`<td class="n">${print(value, at)}</td>`);
  const days = behind.sources[0]?.days.map(({ day }) => day) ?? [];
  return html`<h2 id="behind">${kpi.label} <b>${formatValue(kpi.value, kpi, locale)}</b></h2>
    <p class="formula"><span>${text.formula}</span> ${behind.formula}</p>
    <h3>${text.bySource}</h3>
    <div class="scroll"><table><thead><tr><th scope="col">${text.platform}</th><th scope="col">${text.account}</th>${heads}</tr></thead><tbody>${behind.sources.map(
      ({ platform, account, sums }) => html`<tr><th scope="row">${platform}</th><td>${account}</td>${cells(sums)}</tr>`,
    )}</tbody><tfoot><tr><th scope="row" colspan="2">${text.total}</th>${behind.inputs.map(({ total }, at) => html`<td class="n">${total === null ? text.notAdded : print(total, at)}</td>`)}</tr></tfoot></table></div>
    ${behind.excludes.length > 0 ? html`<p class="quiet">${text.excluded(behind.excludes.join(", "))}</p>` : ""}
    <details id="days" open><summary>${text.byDay}</summary><div class="scroll"><table><thead><tr><th scope="col">${text.day}</th>${behind.sources.length > 1 ? html`<th scope="col">${text.platform}</th>` : ""}${heads}</tr></thead><tbody>${days.flatMap(
      (day, row) =>
        behind.sources.map(
          ({ platform, days: own }, at) =>
            html`<tr>${at === 0 ? html`<th scope="rowgroup" rowspan="${behind.sources.length}">${formatDay(day, locale, "weekday")}</th>` : ""}${behind.sources.length > 1 ? html`<td>${platform}</td>` : ""}${cells(own[row]?.values ?? [])}</tr>`,
        ),
    )}</tbody></table></div></details>
    <h3>${text.covered}</h3>
    <div class="scroll"><table class="files"><thead><tr>${text.fileHeads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${behind.files.map(
      ({ file, from, to, rows, rejected, sha256 }) =>
        html`<tr><th scope="row">${file}</th><td>${from && to ? formatPeriod({ from, to }, locale) : noValue}</td><td class="n">${rows}</td><td class="n">${rejected}</td><td><code title="${sha256}">${sha256.slice(0, 12)}</code></td></tr>`,
    )}</tbody></table></div>`;
}
