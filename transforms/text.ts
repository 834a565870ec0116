import Big from "big.js";
import type { Locale } from "./metrics.ts";
import type { Change, ValueUnit } from "./report/model.ts";
import { words } from "./words.ts";

export {
  basisWord,
  comparisonWord,
  languageOf,
  lineState,
  reasonText,
  sectionHeading,
  sectionTitle,
  tierName,
  words,
} from "./words.ts";

/** What a value needs to be read: a `Kpi` and a table column are ones. */
export interface ValueFormat {
  unit: ValueUnit;
  /** Only money has one; its own digits (₩ none, $ two) count, not `decimals`. */
  currency?: string | null;
  /** Digits after the point; of the percentage for a ratio. */
  decimals?: number;
}

/** What stands where no value does. Say the reason beside it. */
export const noValue = "–";

/**
 * A value in full, as tables print it: `₩12,345`, `3.41%`, `1분 23초`.
 *
 * Rounds the decimal string itself, halves away from zero as Excel displays them; no double ever holds the value.
 */
export function formatValue(value: string | null, format: ValueFormat, locale: Locale): string {
  return value === null ? noValue : printers[format.unit](new Big(value), format, locale);
}

/**
 * A value in three or four digits, for sentences, cards and axes: `1,235만 원`, `$1.23M`. Rates read as in
 * `formatValue`. Axes that name their currency once pass `unit: "count"`.
 */
export function formatCompact(value: string | null, format: ValueFormat, locale: Locale): string {
  if (value === null || (format.unit !== "count" && format.unit !== "money")) return formatValue(value, format, locale);
  const exact = new Big(value);
  const scale = scaleOf(exact, locale);
  if (!scale) return inWon(format, locale) ? `${grouped(exact, 0)}원` : formatValue(value, format, locale);
  const short = `${threeDigits(exact.abs().div(scale.size))}${scale.name}`;
  const sign = exact.lt(0) ? "-" : "";
  if (format.unit === "count" || !format.currency) return sign + short;
  return inWon(format, locale) ? `${sign}${short} 원` : `${sign}${currencySymbol(format.currency)}${short}`;
}

/** A change as a reader sees it. `label` is all of it in one string; colour is an extra, never the only sign. */
export interface ChangeText {
  /** `+14.9%`; `신규` or `비교 불가` where there is no number; `–` where nothing was compared. */
  text: string;
  /** The difference in the value's own unit, `+52%p`; null for counts and money, which tables print themselves. */
  points: string | null;
  arrow: "▲" | "▼" | "–" | "";
  /** For `changeColour` of the theme; flat where nothing may be coloured. */
  direction: "up" | "down" | "flat";
  tone: "good" | "bad" | "neutral";
  /** `신규`, `비교 불가`, `잠정`; null for a plain change. */
  word: string | null;
  /** `▲ +14.9%`, `+14.9% (잠정)`, `신규` */
  label: string;
}

/** What `formatChange` needs to know of the KPI or column that changed. */
export interface ChangeFormat extends ValueFormat {
  locale: Locale;
  better: "up" | "down" | "neither";
}

/**
 * How a change reads. Ranks and scores read by their difference, all else relatively. A change that prints as zero
 * is none; one against a figure of unequal age (`comparable: false`) keeps its number and loses arrow and colour.
 */
export function formatChange(change: Change | null | undefined, format: ChangeFormat): ChangeText {
  const said = words(format.locale);
  if (!change) return worded(noValue, null);
  if (change.kind === "new") return worded(said.newWord, said.newWord);
  const points = change.delta === null ? null : difference(change.delta, format);
  const byDifference = format.unit === "points" || format.unit === "position";
  const text =
    byDifference || change.ratio === null
      ? points
      : signed(change.ratio, { unit: "ratio", decimals: 1 }, format.locale);
  if (change.kind === "none" || text === null) return worded(said.incomparable, said.incomparable);
  const shown = { text, points: hasPoints.has(format.unit) ? points : null };
  if (!change.comparable) {
    return {
      ...shown,
      arrow: "",
      direction: "flat",
      tone: "neutral",
      word: said.provisionalShort,
      label: `${text} (${said.provisionalShort})`,
    };
  }
  const direction = text.startsWith("+") ? "up" : text.startsWith("-") ? "down" : "flat";
  if (direction === "flat") return { ...shown, arrow: "–", direction, tone: "neutral", word: null, label: text };
  const arrow = direction === "up" ? "▲" : "▼";
  const tone = format.better === "neither" ? "neutral" : format.better === direction ? "good" : "bad";
  return { ...shown, arrow, direction, tone, word: null, label: `${arrow} ${text}` };
}

/** A difference with its sign in the value's own unit: `+52%p`, `-₩1,200`, `+0.3위`; zero has no sign. */
export function formatDifference(delta: string | null, format: ValueFormat, locale: Locale): string {
  return delta === null ? noValue : difference(delta, { ...format, locale });
}

/** A share such as an achievement or a used budget, always in percent: `87.5%`. */
export function formatShare(share: string | null, locale: Locale, decimals = 1): string {
  return formatValue(share, { unit: "ratio", decimals }, locale);
}

/** Two ISO days, both inclusive, as a range: `2026.10.26 ~ 11.01`, `Oct 26 – Nov 1, 2026`. A period's own name is its `label`. */
export function formatPeriod({ from, to }: { from: string; to: string }, locale: Locale): string {
  if (from === to) return formatDay(from, locale, "full");
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  if (locale === "ko-KR") return `${from.replaceAll("-", ".")} ~ ${(sameYear ? to.slice(5) : to).replaceAll("-", ".")}`;
  return `${formatDay(from, locale, sameYear ? "short" : "full")} – ${formatDay(to, locale, "full")}`;
}

/** One ISO day: short `10/26`, `Oct 26`; with its weekday `10/26(월)`, `Mon, Oct 26`; full `2026.10.26`, `Oct 26, 2026`. */
export function formatDay(day: string, locale: Locale, style: "short" | "weekday" | "full" = "short"): string {
  const [year, month, date] = day.split("-").map(Number);
  const instant = Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(instant);
  if (locale === "ko-KR") {
    if (style === "full") return day.replaceAll("-", ".");
    return `${month}/${date}${style === "weekday" ? `(${part({ weekday: "short" })})` : ""}`;
  }
  if (style === "weekday") return part({ weekday: "short", month: "short", day: "numeric" });
  return part({ month: "short", day: "numeric", ...(style === "full" ? { year: "numeric" } : {}) });
}

/** The moment a report speaks for, in its own time zone: `2026.11.02 09:00`, `Nov 2, 2026, 09:00`. A bare day stays a day. */
export function formatInstant(instant: string, timezone: string, locale: Locale): string {
  if (!instant.includes("T")) return formatDay(instant, locale, "full");
  const local = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: timezone });
  const [day = "", time = ""] = local.format(Date.parse(instant.replace(/\[.*$/, ""))).split(" ");
  return `${formatDay(day, locale, "full")}${locale === "ko-KR" ? " " : ", "}${time}`;
}

/** The seven weekdays, Monday first, as a heat map names its rows. */
export function weekdayNames(locale: Locale): string[] {
  const name = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, at) => name.format(Date.UTC(2026, 0, 5 + at))); // 2026-01-05 is a Monday
}

/** The mark before a currency's amounts, one that cannot be mistaken for another's: `₩`, `$`, `CN¥`. */
export function currencySymbol(currency: string): string {
  return currencyFormat(currency).symbol;
}

/** Digits after the point that a currency has: 0 for KRW, 2 for USD. */
export function currencyDigits(currency: string): number {
  return currencyFormat(currency).digits;
}

/** Asked of Intl once per currency: each new formatter costs more than printing a table's row. */
function currencyFormat(currency: string): { symbol: string; digits: number } {
  const known = currencies.get(currency);
  if (known) return known;
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  const found = {
    symbol: format.formatToParts(0).find(({ type }) => type === "currency")?.value ?? currency,
    digits: format.resolvedOptions().maximumFractionDigits ?? 2,
  };
  currencies.set(currency, found);
  return found;
}

const currencies = new Map<string, { symbol: string; digits: number }>();

type Printer = (value: Big, format: ValueFormat, locale: Locale) => string;

const printers: Record<ValueUnit, Printer> = {
  count: (value, { decimals = 0 }) => grouped(value, decimals),
  money: (value, { currency, decimals = 0 }) => {
    if (!currency) return grouped(value, decimals);
    const amount = grouped(value.abs(), currencyDigits(currency));
    return `${value.lt(0) && /[1-9]/.test(amount) ? "-" : ""}${currencySymbol(currency)}${amount}`;
  },
  ratio: (value, { decimals = 1 }) => `${grouped(value.times(100), decimals)}%`,
  seconds: (value, _, locale) => duration(value, locale),
  points: (value, { decimals = 0 }, locale) => `${grouped(value, decimals)}${locale === "ko-KR" ? "점" : ""}`,
  position: (value, { decimals = 1 }, locale) => `${grouped(value, decimals)}${locale === "ko-KR" ? "위" : ""}`,
};

const hasPoints: ReadonlySet<ValueUnit> = new Set(["ratio", "points", "position"]);

function worded(text: string, word: string | null): ChangeText {
  return { text, points: null, arrow: "", direction: "flat", tone: "neutral", word, label: text };
}

function difference(delta: string, format: ValueFormat & { locale: Locale }): string {
  if (format.unit !== "ratio") return signed(delta, format, format.locale);
  const percent = signed(delta, format, format.locale);
  return format.locale === "ko-KR" ? `${percent}p` : percent.replace("%", " pp");
}

function signed(value: string, format: ValueFormat, locale: Locale): string {
  const printed = formatValue(value, format, locale);
  return /[1-9]/.test(printed) && !printed.startsWith("-") ? `+${printed}` : printed;
}

/** Digits rounded half away from zero, with commas; `-0.0` loses its sign. */
function grouped(value: Big, decimals: number): string {
  const fixed = value.toFixed(decimals, Big.roundHalfUp);
  const [whole = "0", fraction] = fixed.replace("-", "").split(".");
  const sign = fixed.startsWith("-") && /[1-9]/.test(fixed) ? "-" : "";
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction ? `.${fraction}` : ""}`;
}

function duration(value: Big, locale: Locale): string {
  const total = value.abs().round(0, Big.roundHalfUp);
  const hours = total.div(3600).round(0, Big.roundDown);
  const minutes = total.minus(hours.times(3600)).div(60).round(0, Big.roundDown);
  const seconds = total.mod(60);
  const [h, m, s] = locale === "ko-KR" ? ["시간", "분", "초"] : ["h", "m", "s"];
  const parts = [
    hours.gt(0) ? `${grouped(hours, 0)}${h}` : "",
    total.gte(60) ? `${minutes.toFixed(0)}${m}` : "",
    `${seconds.toFixed(0)}${s}`,
  ];
  return `${value.lt(0) && total.gt(0) ? "-" : ""}${parts.filter(Boolean).join(" ")}`;
}

const scales: Record<Locale, { from: string; size: string; name: string }[]> = {
  "ko-KR": [
    { from: "1e12", size: "1e12", name: "조" },
    { from: "1e8", size: "1e8", name: "억" },
    { from: "1e4", size: "1e4", name: "만" },
  ],
  "en-US": [
    { from: "1e12", size: "1e12", name: "T" },
    { from: "1e9", size: "1e9", name: "B" },
    { from: "1e6", size: "1e6", name: "M" },
    { from: "1e4", size: "1e3", name: "K" },
  ],
};

/** The largest scale that the value reaches once rounded to whole units of the next smaller, so that 9,999.6만 reads 1억. */
function scaleOf(value: Big, locale: Locale): { size: string; name: string } | undefined {
  return scales[locale].find(({ from }, at, all) => {
    const finer = all[at + 1]?.size ?? "1";
    return value.abs().div(finer).round(0, Big.roundHalfUp).times(finer).gte(from);
  });
}

/** Three digits at least, whole numbers from a hundred up, no trailing zeros. */
function threeDigits(value: Big): string {
  const decimals = value.gte(100) ? 0 : value.gte(10) ? 1 : 2;
  const printed = grouped(value, decimals);
  return printed.includes(".") ? printed.replace(/\.?0+$/, "") : printed;
}

function inWon({ unit, currency }: ValueFormat, locale: Locale): boolean {
  return unit === "money" && currency === "KRW" && locale === "ko-KR";
}

/** A label with the Korean particle that fits it: `클릭률은`, `ROAS는`; a bracketed tail is passed over, as a reader does. */
export function withParticle(label: string, particles: "은/는" | "이/가" | "을/를"): string {
  const spoken = label.replace(/\s*\([^)]*\)$/u, "");
  const last = spoken.at(-1) ?? "";
  const [closed = "", open = ""] = particles.split("/");
  if (/[가-힣]/u.test(last)) return label + ((last.charCodeAt(0) - 0xac00) % 28 === 0 ? open : closed);
  // Latin letters and digits as they are read aloud: L, M, N, R and 0, 1, 3, 6, 7, 8 end in a consonant.
  return label + (/[lmnrLMNR013678]/.test(last) ? closed : open);
}
