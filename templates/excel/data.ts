import type { Locale } from "../../transforms/metrics.ts";
import { dimensions, metrics } from "../../transforms/metrics.ts";
import { reportedMetric } from "../../transforms/report/rows.ts";
import { languageOf, words } from "../text.ts";
import { cellNumber, cellText, daySerial } from "./cell.ts";

/** A row as the warehouse gives it: every value a string. */
export type RawRow = Record<string, string | null>;

/** How one column of the raw data is headed and turned into cells. */
export interface DataColumn {
  key: string;
  label: string;
  cell(text: string | null): string | number | null;
  format: string | null;
}

/** The columns named by `keys`: metrics become numbers, days real dates, all else stays text. */
export function dataColumns(keys: readonly string[], locale: Locale): DataColumn[] {
  return keys.map((key) => {
    const label = cellText(labelOf(key, locale));
    if (key in metrics || reportedMetric(key)) return { key, label, cell: cellNumber, format: null };
    if (days.has(key))
      return {
        key,
        label,
        cell: (text) => (text === null ? null : (daySerial(text) ?? cellText(text))),
        format: "yyyy-mm-dd",
      };
    return { key, label, cell: (text) => (text === null || text === "" ? null : cellText(text)), format: null };
  });
}

/** By which heads a template may ask for a column: its key, its label in either language, and how else people say it. */
export function dataNames(key: string): string[] {
  const others = key === "from" ? ["day", "Date"] : key in dimensions ? [`${key}_name`] : [];
  return [...new Set([key, ...others].flatMap((name) => [name, labelOf(name, "ko-KR"), labelOf(name, "en-US")]))];
}

const days: ReadonlySet<string> = new Set(["day", "from", "to", "as_of"]);

function labelOf(key: string, locale: Locale): string {
  const lang = languageOf(locale);
  const said = words(locale);
  const own: Record<string, string> = {
    day: said.day,
    platform: said.platform,
    account: said.account,
    from: said.from,
    to: said.to,
    channel: said.channel,
    currency: said.currency,
  };
  if (own[key]) return own[key];
  const twin = reportedMetric(key);
  if (twin) return `${metrics[twin].label[lang]} (${said.reported})`;
  if (key in metrics) return metrics[key as keyof typeof metrics].label[lang];
  if (key in dimensions) return dimensions[key as keyof typeof dimensions].label[lang];
  const entity = key.replace(/_name$/, "");
  return entity !== key && entity in dimensions
    ? `${dimensions[entity as keyof typeof dimensions].label[lang]} ${said.name}`
    : key;
}
