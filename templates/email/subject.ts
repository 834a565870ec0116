import { isCorrection } from "../../transforms/report/correction.ts";
import type { Kpi, Report } from "../../transforms/report/model.ts";
import { oneLine } from "../clean.ts";
import { formatChange, formatValue, reasonText, words } from "../text.ts";

/** What most mail programs show of a subject. */
const longest = 78;

/** The KPI that the mail leads with: the report's headline, else its first. */
export function headlineKpi({ headline, kpis }: Report): Kpi | null {
  return kpis.find(({ id }) => id === headline) ?? kpis[0] ?? null;
}

/**
 * Title (marked where it is a correction), period and the headline figure with its change, so that a lock screen answers the question. The period loses
 * its dates, then the KPI its longer name, before anything would be cut.
 */
export function subjectOf(report: Report): string {
  const kpi = headlineKpi(report);
  const mark = isCorrection(report) ? `${words(report.locale).corrected} ` : "";
  const title = mark + oneLine(report.title);
  const label = oneLine(report.period.label);
  const periods = title.includes(label) ? [""] : [label, withoutDates(label)];
  const names = kpi ? [oneLine(kpi.label), shortLabel(kpi.label)] : [""];
  const tries = names.flatMap((name) =>
    periods.map((period) => compose(title, period, kpi ? `${name} ${figure(kpi, report)}` : "")),
  );
  return tries.find(({ length }) => length <= longest) ?? tries.at(-1) ?? title;
}

/** `광고수익률(ROAS)` → `ROAS`, `광고비(VAT 별도)` → `광고비`: a label for places without room. */
export function shortLabel(label: string): string {
  const clean = oneLine(label);
  const acronym = /\(([A-Z]{2,5})\)$/.exec(clean)?.[1];
  return acronym ?? (clean.replace(/\s*\([^)]*\)$/, "") || clean);
}

/** The value and, where there is one, its change against the first comparison. */
function figure(kpi: Kpi, { compare, locale }: Report): string {
  if (kpi.value === null) return kpi.reason ? reasonText(kpi.reason, locale) : formatValue(null, kpi, locale);
  const first = compare[0];
  const change = first && kpi.changes[first] ? ` ${formatChange(kpi.changes[first], { ...kpi, locale }).label}` : "";
  return formatValue(kpi.value, kpi, locale) + change;
}

function compose(title: string, period: string, news: string): string {
  return [[title, period].filter(Boolean).join(", "), news].filter(Boolean).join(": ");
}

function withoutDates(label: string): string {
  return label.replace(/\s*\([^)]*\)$/, "") || label;
}
