import { readPeriod } from "../../clean/date.ts";
import type { FactName } from "../format.ts";

/** A line above the header, and the pattern that reads a fact from lines like it. */
export interface FactLine {
  text: string;
  fact: FactName | null;
  pattern: string | null;
}

/** What the lines above a header seem to state: the period, the account, the currency, the time of the download. */
export function factLines(above: readonly (readonly string[])[], dates: readonly string[]): FactLine[] {
  const taken = new Set<FactName>();
  return above.map((cells) => {
    const text = cells
      .join(",")
      .replace(/\uFEFF/gu, "")
      .replace(/,+$/u, "")
      .trim();
    const found = labelled(text, dates) ?? plain(text, dates);
    if (!found || taken.has(found.fact)) return { text, fact: null, pattern: null };
    taken.add(found.fact);
    return { text, ...found };
  });
}

function labelled(text: string, dates: readonly string[]): { fact: FactName; pattern: string } | null {
  const [, label = "", value = ""] = /^([^:,=\d]{1,60})[:,=]+\s*(.+)$/u.exec(text) ?? [];
  const fact = factOf(label.trim(), value.trim(), dates);
  return fact && { fact, pattern: `^${escaped(label.trim())}\\s*[:,=]+\\s*(?<${fact}>.+?),*$` };
}

function factOf(label: string, value: string, dates: readonly string[]): FactName | null {
  const period = readPeriod(value, dates);
  if (period) {
    if (/generat|creat|download|export|printed|생성|다운로드|출력|추출/iu.test(label)) return "generated";
    if (/^(?:from|start)|시작/iu.test(label)) return "from";
    if (/^(?:to|until|end)|종료/iu.test(label)) return "to";
    return period.from < period.to || /period|range|date|day|기간|날짜|일자/iu.test(label) ? "period" : null;
  }
  if (/currency|통화|währung|moneda|devise/iu.test(label) && /^[A-Z]{3}$/u.test(value)) return "currency";
  return /^(?:(?:ad |광고 ?)?(?:account|계정)(?: ?(?:id|number|no\.?|번호|아이디))?|customer id|advertiser id)$/iu.test(
    label,
  )
    ? "account"
    : null;
}

/** A line that is a period and nothing else. */
function plain(text: string, dates: readonly string[]): { fact: FactName; pattern: string } | null {
  return readPeriod(text, dates) ? { fact: "period", pattern: "^(?<period>[^:]*\\d{4}[^:]*?),*$" } : null;
}

/** A text as a regular expression. */
export const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
