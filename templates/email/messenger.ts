import { isCorrection } from "../../transforms/report/correction.ts";
import type { Kpi, Report } from "../../transforms/report/model.ts";
import { oneLine } from "../clean.ts";
import {
  basisWord,
  formatChange,
  formatDifference,
  formatShare,
  formatValue,
  languageOf,
  reasonText,
  words,
} from "../text.ts";
import { clip } from "./fit.ts";
import { headlineKpi, shortLabel } from "./subject.ts";

/**
 * The report in five lines for a person to paste into a messenger: the headline, the figures beside it, why, goal and
 * budget, and what is missing or provisional. Always five, without markup, since KakaoTalk and Slack show it as it stands.
 */
export function messengerText(report: Report): string {
  const said = lines[languageOf(report.locale)];
  const all = [
    headlineLine(report),
    `${said.figures}: ${figuresOf(report) || said.noFigures}`,
    `${said.why}: ${whyOf(report) || said.noWhy}`,
    `${said.goal}: ${goalsOf(report) || said.noGoal}`,
    `${said.check}: ${doubtsOf(report) || said.noDoubt}`,
  ];
  return `${all.map((line) => clip(oneLine(line), 240)).join("\n")}\n`;
}

function headlineLine(report: Report): string {
  const { title, period, compare, cadence, locale } = report;
  const kpi = headlineKpi(report);
  const mark = isCorrection(report) ? `${words(locale).corrected} ` : "";
  const name = `${mark}${title}${title.includes(period.label) ? "" : ` ${period.label}`}`;
  if (!kpi) return name;
  const basis = compare[0];
  const before =
    basis && kpi[basis] !== null
      ? ` (${basisWord(basis, cadence, locale)} ${formatValue(kpi[basis], kpi, locale)})`
      : "";
  return `${name}: ${figureOf(kpi, report)}${before}`;
}

/** `광고비 ₩6,120,450 ▼ -3.1%` */
function figureOf(kpi: Kpi, { compare, locale }: Report): string {
  const reason = kpi.value === null && kpi.reason ? ` (${reasonText(kpi.reason, locale)})` : "";
  const change = compare[0] && kpi.changes[compare[0]];
  const moved = kpi.value !== null && change ? ` ${formatChange(change, { ...kpi, locale }).label}` : "";
  return `${shortLabel(kpi.label)} ${formatValue(kpi.value, kpi, locale)}${reason}${moved}`;
}

function figuresOf(report: Report): string {
  const lead = headlineKpi(report);
  const rank = ({ id }: Kpi): number => (telling.includes(id) ? telling.indexOf(id) : telling.length);
  return report.kpis
    .filter((kpi) => kpi !== lead && kpi.value !== null)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, 3)
    .map((kpi) => figureOf(kpi, report))
    .join(" · ");
}

/** What a client asks about first: money, then what it brought, then how many came. */
const telling: readonly string[] = [
  "cost",
  "revenue",
  "conversion_value",
  "conversions",
  "sessions",
  "users",
  "clicks",
  "engagements",
  "reach",
  "impressions",
];

/** The two parts that moved the headline most; where its change has none, the person's own first words. */
function whyOf(report: Report): string {
  const lead = headlineKpi(report);
  const why = report.why.find(({ kpi }) => kpi === lead?.id);
  if (!lead || !why) return clip(oneLine(report.comment[0]?.text.split(/\n/)[0] ?? ""), 120);
  return why.parts
    .slice(0, 2)
    .map(({ name, total }) => `${clip(oneLine(name), 40)} ${formatDifference(total, lead, report.locale)}`)
    .join(", ");
}

function goalsOf({ kpis, headline, pacing, locale }: Report): string {
  const said = words(locale);
  const judged = kpis.filter(({ goal }) => goal?.achievement && goal.achieved !== null);
  const goals = judged
    .toSorted((a, b) => Number(b.id === headline) - Number(a.id === headline))
    .slice(0, 2)
    .map(({ label, goal }) => {
      const verdict = goal?.achieved ? said.achieved : said.missed;
      return `${shortLabel(label)} ${goal?.text.replace(/^Goal: /, "")} ${verdict} (${formatShare(goal?.achievement ?? null, locale)})`;
    });
  const budgets = pacing
    .slice(-1)
    .map(
      ({ label, month, used, elapsed }) =>
        `${shortLabel(label)} ${month} ${said.used} ${formatShare(used, locale)}, ${said.elapsed} ${formatShare(elapsed, locale)}`,
    );
  return [...goals, ...budgets].join(" · ");
}

function doubtsOf({ banners, missing, period, locale }: Report): string {
  const said = words(locale);
  const doubts = banners.map(({ text }) => clip(oneLine(text), 150));
  const lacking = missing.slice(0, 2).map(({ source, reason }) => `${source} ${oneLine(reason)}`);
  return [
    ...(doubts.length > 0 || period.final ? doubts : [said.provisional]),
    lacking.length > 0 ? `${said.missing}: ${lacking.join(", ")}` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

const lines = {
  ko: {
    figures: "주요 지표",
    noFigures: "다른 지표가 없습니다",
    why: "변동 요인",
    noWhy: "요인을 나눌 수 있는 자료가 없습니다",
    goal: "목표·예산",
    noGoal: "정해진 목표가 없습니다",
    check: "확인",
    noDoubt: "확정치이며 빠진 데이터가 없습니다",
  },
  en: {
    figures: "Figures",
    noFigures: "no others",
    why: "Why",
    noWhy: "no breakdown explains the change",
    goal: "Goal and budget",
    noGoal: "none set",
    check: "To know",
    noDoubt: "final, nothing is missing",
  },
} as const;
