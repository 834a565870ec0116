import type { Kpi, Report } from "../../transforms/report/model.ts";
import { oneLine } from "../clean.ts";
import { formatCompact, formatShare, formatValue, words } from "../text.ts";
import { clip } from "./fit.ts";
import { headlineKpi, shortLabel, showsNumbers } from "./subject.ts";

/** The line that a phone shows below the subject: whether the figure is provisional, its goal, and what else moved. */
export function preheaderOf(report: Report): string {
  const said = words(report.locale);
  if (!showsNumbers(report)) return said.insideWithoutNumbers;
  const kpi = headlineKpi(report);
  const state = kpi?.provisional || !report.period.final ? said.provisional : "";
  const parts = [state, kpi ? goalOf(kpi, report) : "", oneLine(newSentences(report).join(" "))];
  return clip(parts.filter(Boolean).join(" · ") || oneLine(report.title), 160);
}

/**
 * The sentences of the summary that say more than the headline's figure, change and goal, which stand above them in large
 * type. All of them where hardly any would be left.
 */
export function newSentences(report: Report): string[] {
  const kpi = headlineKpi(report);
  const fresh = report.summary.filter((sentence) => !kpi || !restates(sentence, kpi, report));
  return fresh.length > 0 ? fresh : report.summary;
}

function restates(sentence: string, kpi: Kpi, { locale }: Report): boolean {
  const said = sentence.toLowerCase();
  const has = (text: string): boolean => said.includes(text.toLowerCase());
  const goal = kpi.goal?.text.replace(/^[^:]*:\s*/, "");
  if (goal && has(goal)) return true;
  const values = [formatValue(kpi.value, kpi, locale), formatCompact(kpi.value, kpi, locale)];
  return has(shortLabel(kpi.label)) && values.some(has);
}

function goalOf({ goal }: Kpi, { locale }: Report): string {
  if (!goal || goal.achieved === null || goal.achievement === null) return "";
  const said = words(locale);
  const share = `${said.achievement} ${formatShare(goal.achievement, locale)}`;
  return `${goal.text} ${goal.achieved ? said.achieved : said.missed} (${share})`;
}
