import { isCorrection } from "../../transforms/report/correction.ts";
import type { Kpi, Report } from "../../transforms/report/model.ts";
import { oneLine, textWidth } from "../clean.ts";
import { formatChange, formatValue, reasonText, words } from "../text.ts";
import { clip } from "./fit.ts";

/** Columns (a Hangul letter takes two) that a phone's lock screen shows of a subject. The figure stands within them. */
const lockScreen = 40;

/** Columns that most mail programs show. */
const longest = 78;

/** The KPI that the mail leads with: the report's headline, else its first. */
export function headlineKpi({ headline, kpis }: Report): Kpi | null {
  return kpis.find(({ id }) => id === headline) ?? kpis[0] ?? null;
}

/**
 * The headline figure with its change, then period and title, so that a lock screen answers the question and what is cut
 * off is what the reader knows. A correction says so before all else; a client who forbids it finds no figure here.
 */
export function subjectOf(report: Report): string {
  const mark = isCorrection(report) ? `${words(report.locale).corrected} ` : "";
  const title = oneLine(report.title);
  const label = oneLine(report.period.label);
  const periods = title.includes(label) ? [""] : [label, withoutDates(label)];
  const kpi = showsNumbers(report) ? headlineKpi(report) : null;
  const tries = periods.map(
    (period) =>
      mark +
      (kpi ? [figure(kpi, report, lockScreen - textWidth(mark)), period, title] : [title, period])
        .filter(Boolean)
        .join(" · "),
  );
  return tries.find((each) => textWidth(each) <= longest) ?? tries.at(-1) ?? title;
}

/** Whether figures may stand where a locked phone shows them. */
export function showsNumbers({ subject_numbers }: Pick<Report, "subject_numbers">): boolean {
  return subject_numbers !== false;
}

/** `광고수익률(ROAS)` → `ROAS`, `광고비(VAT 별도)` → `광고비`: a label for places without room. */
export function shortLabel(label: string): string {
  const clean = oneLine(label);
  const acronym = /\(([A-Z]{2,5})\)$/.exec(clean)?.[1];
  return acronym ?? (clean.replace(/\s*\([^)]*\)$/, "") || clean);
}

/** Name, value and, where there is one, the change against the first comparison; the name gives way, never a figure. */
function figure(kpi: Kpi, report: Report, room: number): string {
  const said = valueAndChange(kpi, report);
  const name = shortLabel(kpi.label);
  const left = Math.max(8, room - textWidth(said) - 1);
  return `${narrow(name, left)} ${said}`;
}

function valueAndChange(kpi: Kpi, { compare, locale }: Report): string {
  if (kpi.value === null) return kpi.reason ? reasonText(kpi.reason, locale) : formatValue(null, kpi, locale);
  const first = compare[0];
  const change = first && kpi.changes[first] ? ` ${formatChange(kpi.changes[first], { ...kpi, locale }).label}` : "";
  return formatValue(kpi.value, kpi, locale) + change;
}

/** Cut to a number of columns. */
function narrow(text: string, columns: number): string {
  let most = [...text].length;
  while (most > 1 && textWidth(clip(text, most)) > columns) most--;
  return clip(text, most);
}

function withoutDates(label: string): string {
  return label.replace(/\s*\([^)]*\)$/, "") || label;
}
