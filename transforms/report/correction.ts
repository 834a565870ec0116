import { createHash } from "node:crypto";
import Big from "big.js";
import { localDate } from "../period.ts";
import { formatDay, formatValue, languageOf } from "../text.ts";
import type { Kpi, Report } from "./model.ts";

/** What the readers of a report have been sent before. */
export interface Sent {
  /** The first of them got it at this instant. */
  at: string;
  figures: readonly Pick<Kpi, "id" | "value" | "unit" | "currency">[];
}

/** The report as a correction of what its readers have: said before anything else, with the figures that changed. */
export function correcting(report: Report, sent: Sent): Report {
  const day = formatDay(localDate(sent.at, report.timezone), report.locale, "full");
  const changes = changesOf(report, sent);
  const text = words[languageOf(report.locale)](day, changes.join(", "));
  return { ...report, banners: [{ code: CORRECTED, text }, ...report.banners] };
}

/** Whether readers have had another version of this report. */
export function isCorrection({ banners }: Pick<Report, "banners">): boolean {
  return banners.some(({ code }) => code === CORRECTED);
}

/**
 * A fingerprint of what the report says. When it was made, from which files, and whether platforms may still restate
 * it is no part of it: a correction that says the same is none.
 */
export function contentOf(report: Report): string {
  const said = JSON.stringify(report, (key, value) => (beside.has(key) ? undefined : value));
  return createHash("sha256").update(said).digest("hex");
}

const CORRECTED = "CORRECTED";

const beside: ReadonlySet<string> = new Set<keyof Report | string>([
  "run",
  "banners",
  "summary",
  "notes",
  "definitions",
  "sources",
  "subject_numbers",
  "final",
  "provisional",
  "comparable",
]);

/** `광고비 ₩1,200,000 → ₩1,350,000` */
function changesOf({ kpis, locale }: Report, { figures }: Sent): string[] {
  const before = new Map(figures.map((figure) => [figure.id, figure]));
  return kpis.flatMap((kpi) => {
    const old = before.get(kpi.id);
    if (!old || (same(old.value, kpi.value) && old.currency === kpi.currency)) return [];
    const print = (figure: Pick<Kpi, "value" | "unit" | "currency">) =>
      formatValue(figure.value, { ...figure, decimals: kpi.decimals }, locale);
    return [`${kpi.label} ${print(old)} → ${print(kpi)}`];
  });
}

function same(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : new Big(a).eq(b);
}

const words = {
  ko: (day: string, changes: string) =>
    `정정본입니다. ${day}에 보낸 리포트를 대신합니다. ${changes ? `바뀐 수치: ${changes}` : "주요 지표는 같고 세부 내용이 바뀌었습니다."}`,
  en: (day: string, changes: string) =>
    `This is a correction. It takes the place of the report sent on ${day}. ${changes ? `What changed: ${changes}` : "The main figures are the same; details have changed."}`,
};
