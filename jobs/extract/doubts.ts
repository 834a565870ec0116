import type { Sheet } from "../../transforms/format/sheet.ts";
import { addDays } from "../../transforms/period.ts";
import { type Problem, problem } from "../../transforms/problem.ts";

/** What else is known of a table when its doubts are told. */
export interface Known {
  file: string;
  /** The end of the file's text. */
  text: string;
  kind: "daily" | "window" | "snapshot";
  /** The days that the file itself declares. */
  declared: { from: string; to: string } | null;
  /** The first and last day on its rows. */
  span: { from: string; to: string } | null;
  generatedAt: string | null;
}

/** Why a table may be less than the platform made of it: a download that was cut off says that it holds more. */
export function doubtsOf(sheet: Sheet, known: Known): Problem[] {
  const { file } = known;
  const line = tornLine(sheet, known.text);
  if (line !== null) return [problem("FILE_DOUBT_TORN", { file, line }, { file, line })];
  const { ending, facts, skipped, header } = sheet;
  const { lastNewline, totals, footer } = header.format;
  const doubts: Problem[] = [];
  if (lastNewline === true && !/[\r\n]$/u.test(known.text))
    doubts.push(problem("FILE_DOUBT_NEWLINE", { file }, { file }));
  if (totals.closes && ending.of !== "totals") doubts.push(problem("FILE_DOUBT_TOTALS", { file }, { file }));
  // The header itself counts as preamble.
  if (footer.length > 0 && skipped.preamble > 1 && ending.of !== "footer")
    doubts.push(problem("FILE_DOUBT_FOOTER", { file }, { file }));
  if (facts.rows && ending.rows < Number(facts.rows.replaceAll(",", "")))
    doubts.push(problem("FILE_DOUBT_ROWS", { file, stated: facts.rows, found: ending.rows }, { file }));
  const missing = totals.closes && ending.of === "totals" ? null : missingDay(known);
  if (missing) doubts.push(problem("FILE_DOUBT_DAYS", { file, day: missing }, { file }));
  return doubts;
}

/**
 * The line in which a file breaks off: a quotation mark is open to its end, or its last line has no end and no use. A
 * header that is the last line may lack columns.
 */
function tornLine({ ending, skipped, header }: Sheet, text: string): number | null {
  if (ending.torn !== null) return ending.torn;
  if (/[\r\n]$/u.test(text)) return null;
  if (ending.of === null) return header.format.lastNewline === false ? null : skipped.preamble + skipped.blank;
  return ending.of === "rejected" ? ending.line : null;
}

/** The first or last of the declared days, where it has no row; a day that was not over when the file was made may lack. */
function missingDay({ kind, declared, span, generatedAt }: Known): string | null {
  if (kind !== "daily" || !declared || !span) return null;
  const made = generatedAt?.slice(0, 10);
  const last = made && made <= declared.to ? addDays(made, -1) : declared.to;
  if (span.from > declared.from) return declared.from;
  return span.to < last ? last : null;
}
