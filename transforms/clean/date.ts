import { literal } from "./text.ts";

/** Long forms that preambles and file names use; they are never ambiguous, so every format understands them. */
const longForms = [
  "iso",
  "%B %d, %Y",
  "%d %B %Y",
  "%d. %B %Y",
  "%d de %B de %Y",
  "%b %d, %Y",
  "%d %b %Y",
  "%Y년 %m월 %d일",
  "%Y. %m. %d.",
  "%Y.%m.%d.",
  "%Y.%m.%d",
  "%Y%m%d",
];

/** SQL: a cell's day; null where it is none. An ISO day must print as it was written: the cast takes `2026/3/2` too. */
export function daySql(cell: string, formats: readonly string[]): string {
  const others = formats.filter((each) => each !== "iso");
  const list = others.map(literal).join(", ");
  const bare = `regexp_replace(trim(${cell}), '^[^0-9,]+, *|[ ]*[(][^0-9)]+[)]$', '')`;
  const spelled = others.length > 0 ? `CAST(try_strptime(${bare}, [${list}]) AS DATE)` : "NULL";
  if (others.length === formats.length) return spelled;
  return `CASE WHEN CAST(try_cast(${cell} AS DATE) AS VARCHAR) = ${cell} THEN CAST(${cell} AS DATE) ELSE ${spelled} END`;
}

/** The same day, here: an ISO date, or null. A weekday's name before it or in brackets after it is left out. */
export function readDay(text: string, formats: readonly string[]): string | null {
  const bare = text.trim().replace(/^[^0-9,]+, *|[ ]*[(][^0-9)]+[)]$/u, "");
  for (const format of formats) {
    const found = compile(format).exec(bare);
    const { y, m, d, b } = found?.groups ?? {};
    if (!found) continue;
    const month = m ?? String(1 + monthIndex(b ?? ""));
    const day = `${y}-${month.padStart(2, "0")}-${(d ?? "").padStart(2, "0")}`;
    if (exists(Number(y), Number(month), Number(d))) return day;
  }
  return null;
}

/** Two days out of a period's text (`March 27, 2026 - April 23, 2026`, `2026.10.01.~2026.10.03.`), or null. */
export function readPeriod(text: string, formats: readonly string[] = []): { from: string; to: string } | null {
  const known = [...formats, ...longForms];
  const whole = readDay(text, known);
  if (whole) return { from: whole, to: whole };
  for (const { index, 0: mark } of text.matchAll(/\s*(?:[-–—~∼]|\bto\b)\s*/gu)) {
    const from = readDay(text.slice(0, index), known);
    const to = readDay(text.slice(index + mark.length), known);
    if (from && to) return from <= to ? { from, to } : null;
  }
  return null;
}

/** One day out of a fact's text. */
export function readFactDay(text: string, formats: readonly string[] = []): string | null {
  return readDay(text, [...formats, ...longForms]);
}

/** English, French, German, Spanish, Portuguese. Cells have English ones only, for the engine reads no others. */
const months = [
  ["January", "janvier", "Januar", "enero", "janeiro"],
  ["February", "février", "Februar", "febrero", "fevereiro"],
  ["March", "mars", "März", "marzo", "março"],
  ["April", "avril", "abril"],
  ["May", "mai", "Mai", "mayo", "maio"],
  ["June", "juin", "Juni", "junio", "junho"],
  ["July", "juillet", "Juli", "julio", "julho"],
  ["August", "août", "agosto"],
  ["September", "septembre", "septiembre", "setembro"],
  ["October", "octobre", "Oktober", "octubre", "outubro"],
  ["November", "novembre", "noviembre", "novembro"],
  ["December", "décembre", "Dezember", "diciembre", "dezembro"],
].map((names) => names.map((name) => name.toLowerCase()));

function monthIndex(text: string): number {
  const name = text.toLowerCase();
  return months.findIndex((names) => names.includes(name) || names[0]?.slice(0, 3) === name);
}

const words: Readonly<Record<string, string>> = {
  "%Y": "(?<y>\\d{4})",
  "%m": "(?<m>\\d{1,2})",
  "%d": "(?<d>\\d{1,2})",
  "%b": "(?<b>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
  "%B": `(?<b>${months.flat().join("|")})`,
  "%H": "\\d{1,2}",
  "%I": "\\d{1,2}",
  "%M": "\\d{1,2}",
  "%S": "\\d{1,2}",
  "%p": "[AaPp][Mm]",
};
const compiled = new Map<string, RegExp>();

function compile(format: string): RegExp {
  const known = compiled.get(format);
  if (known) return known;
  const source =
    format === "iso"
      ? "(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})"
      : format.replace(/%[a-zA-Z]|[.*+?^${}()|[\]\\]/gu, (part) => words[part] ?? `\\${part}`);
  const pattern = new RegExp(`^${source}$`, "iu");
  compiled.set(format, pattern);
  return pattern;
}

function exists(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return length !== undefined && day >= 1 && day <= length;
}
