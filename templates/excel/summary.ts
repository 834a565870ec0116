import type { Basis, Goal, Kpi, Report } from "../../transforms/report/model.ts";
import {
  basisWord,
  comparisonWord,
  formatChange,
  formatInstant,
  formatValue,
  reasonText,
  sectionTitle,
  words,
} from "../text.ts";
import {
  type Cell,
  changeCell,
  dash,
  dayCell,
  differenceCell,
  gap,
  type Line,
  type Sheet,
  textCell,
  valueCell,
  wide,
} from "./sheet.ts";

/** The first sheet: the answer in words, then every KPI beside what it is compared with, its goal and its budget. */
export function summarySheet(report: Report): Sheet {
  const table = kpiTable(report);
  const width = Math.max(table[0]?.cells.length ?? 0, 9);
  const lines: Line[] = [
    wide(report.title, "title", width),
    wide(periodLine(report), "period", width),
    wide(comparedLine(report), "aside", width),
    wide(authorLine(report), "aside", width),
    gap,
    ...report.banners.map(({ text }) => wide(`※ ${text}`, "banner", width)),
    ...(report.banners.length > 0 ? [gap] : []),
    ...report.summary.map((sentence, at) => wide(sentence, at === 0 ? "lead" : "sentence", width)),
    ...(report.summary.length > 0 ? [gap] : []),
  ];
  if (report.sections.includes("comment") && report.comment.length > 0) {
    lines.push(wide(sectionTitle("comment", report.locale), "heading", width));
    for (const { heading, text } of report.comment) {
      lines.push({
        cells: [textCell(heading, "text", { strong: true }), textCell(text, "sentence", { span: width - 1 })],
      });
    }
    lines.push(gap);
  }
  lines.push(wide(sectionTitle("kpis", report.locale), "heading", width), ...table);
  if (report.sections.includes("pacing") && report.pacing.length > 0) {
    lines.push(gap, wide(sectionTitle("pacing", report.locale), "heading", width), ...pacingTable(report));
  }
  return { name: sectionTitle("summary", report.locale), kind: "answer", lines, head: null, frozen: 0, rules: [] };
}

function periodLine({ period, locale }: Report): string {
  const said = words(locale);
  const state = period.final ? said.final : said.provisional;
  const days = period.missing_days.length > 0 ? ` · ${said.missingDays}: ${period.missing_days.join(", ")}` : "";
  return `${period.label} · ${state}${days}`;
}

function comparedLine({ compare, comparisons, cadence, locale }: Report): string {
  const shown = compare.flatMap((basis) => {
    const period = comparisons[basis];
    return period ? [`${basisWord(basis, cadence, locale)}: ${period.label}`] : [];
  });
  return shown.length > 0 ? shown.join(" · ") : words(locale).noComparison;
}

function authorLine({ client_name, agency_name, ae, run, timezone, locale }: Report): string {
  const said = words(locale);
  const asOf = `${said.asOf} ${formatInstant(run.as_of, timezone, locale)} (${timezone})`;
  return [`${client_name} · ${agency_name}`, ae ? `${said.contact} ${ae.name} <${ae.address}>` : "", asOf]
    .filter(Boolean)
    .join(" · ");
}

/** The comparisons asked for, then any other that some KPI holds. */
function basesOf({ compare, kpis }: Report): Basis[] {
  const held = (["previous", "year_ago", "baseline"] as const).filter((basis) =>
    kpis.some((kpi) => kpi[basis] !== null),
  );
  return [
    ...new Set([...compare.filter((basis) => kpis.some((kpi) => kpi[basis] !== null || kpi.changes[basis])), ...held]),
  ];
}

function kpiTable(report: Report): Line[] {
  const { kpis, locale, cadence } = report;
  const said = words(locale);
  const bases = basesOf(report);
  const goals = report.sections.includes("goals") && kpis.some(({ goal }) => goal !== null);
  const head = [
    textCell(said.kpi, "head"),
    textCell(said.value, "headNumber"),
    ...bases.flatMap((basis, at) => [
      textCell(basisWord(basis, cadence, locale), "headNumber"),
      textCell(comparisonWord(basis, cadence, locale), "headNumber"),
      ...(at === 0 ? [textCell(said.points, "headNumber")] : []),
    ]),
    ...(goals
      ? [textCell(said.goal, "head"), textCell(said.achievement, "headNumber"), textCell(said.status, "head")]
      : []),
    textCell(said.remark, "head"),
  ];
  return [{ cells: head }, ...kpis.map((kpi) => ({ cells: kpiCells(kpi, report, bases, goals) }))];
}

function kpiCells(kpi: Kpi, report: Report, bases: Basis[], goals: boolean): Cell[] {
  const { locale, headline } = report;
  const format = { ...kpi, locale };
  return [
    textCell(kpi.label, "name", { strong: kpi.id === headline }),
    valueCell(kpi.value, kpi, locale, { strong: true }),
    ...bases.flatMap((basis, at) => [
      valueCell(kpi[basis], kpi, locale, { colour: "muted" }),
      changeCell(kpi.changes[basis], format),
      ...(at === 0 ? [differenceCell(kpi.changes[basis]?.delta, format)] : []),
    ]),
    ...(goals ? goalCells(kpi.goal, report) : []),
    textCell(remark(kpi, report), "text", { colour: "muted" }),
  ];
}

function goalCells(goal: Goal | null, { locale }: Report): Cell[] {
  if (!goal) return [textCell(null), textCell(null), textCell(null)];
  const said = words(locale);
  const achievement = valueCell(goal.achievement, { unit: "ratio", decimals: 1 }, locale);
  const verdict =
    goal.achieved === null
      ? dash({ role: "text" })
      : textCell(goal.achieved ? `✓ ${said.achieved}` : `✗ ${said.missed}`, "text", {
          colour: goal.achieved ? "good" : "bad",
          strong: true,
        });
  return [textCell(goal.text), achievement, verdict];
}

function remark(kpi: Kpi, { locale }: Report): string {
  const said = words(locale);
  const perDay = kpi.per_day
    ? `${said.perDay} ${formatValue(kpi.per_day.value, kpi, locale)} (${formatChange(kpi.per_day.change, { ...kpi, locale }).label})`
    : "";
  return [
    kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : "",
    kpi.provisional ? said.provisional : "",
    kpi.excludes.length > 0
      ? locale === "ko-KR"
        ? `${kpi.excludes.join(", ")} ${said.excludes}`
        : `${said.excludes} ${kpi.excludes.join(", ")}`
      : "",
    kpi.goal?.pro_rated ? said.proRated : "",
    perDay,
  ]
    .filter(Boolean)
    .join(" · ");
}

function pacingTable({ pacing, locale }: Report): Line[] {
  const said = words(locale);
  const labels = [said.budget, said.spent, said.used, said.elapsed, said.projected, said.neededPerDay, said.through];
  const head: Line = { cells: [textCell(said.kpi, "head"), ...labels.map((label) => textCell(label, "headNumber"))] };
  const share = { unit: "ratio", decimals: 1 } as const;
  const body = pacing.map((line) => {
    const money = { unit: "money", currency: line.currency } as const;
    const over = Number(line.used) > Number(line.elapsed);
    return {
      cells: [
        textCell(`${line.label} · ${line.month}`, "name"),
        valueCell(line.budget, money, locale),
        valueCell(line.spent, money, locale, { strong: true }),
        valueCell(line.used, share, locale, { strong: true, ...(over ? { colour: "warn" } : {}) }),
        valueCell(line.elapsed, share, locale, { colour: "muted" }),
        valueCell(line.projected, money, locale),
        valueCell(line.needed_per_day, money, locale),
        dayCell(line.through, { role: "number" }),
      ],
    };
  });
  return [head, ...body];
}
