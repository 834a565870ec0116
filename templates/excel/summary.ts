import type { Basis, Goal, Kpi, Report } from "../../transforms/report/model.ts";
import {
  basisWord,
  comparisonWord,
  formatChange,
  formatInstant,
  formatValue,
  reasonText,
  sectionHeading,
  sectionTitle,
  words,
} from "../text.ts";
import type { Theme } from "../theme.ts";
import { changeFormula, differenceFormula, rateFormula } from "./live.ts";
import { area } from "./ooxml/address.ts";
import {
  type Cell,
  changeCell,
  chartHeight,
  dash,
  dayCell,
  differenceCell,
  gap,
  type Line,
  live,
  type Rule,
  type Sheet,
  textCell,
  valueCell,
  wide,
} from "./sheet.ts";
import { courseOf, headlineChart } from "./trend.ts";

/** The first sheet: the answer in words, then every KPI beside what it is compared with, its goal and its budget. */
export function summarySheet(report: Report, theme: Theme): Sheet {
  const layout = kpiLayout(report);
  const width = Math.max(layout.width, 9);
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
    lines.push(wide(sectionHeading("comment", report), "heading", width));
    for (const { heading, text } of report.comment) {
      lines.push({
        cells: [textCell(heading, "text", { strong: true }), textCell(text, "sentence", { span: width - 1 })],
      });
    }
    lines.push(gap);
  }
  lines.push(wide(sectionHeading("kpis", report), "heading", width));
  const first = lines.length + 2;
  lines.push(...kpiTable(report, layout, first));
  if (report.sections.includes("pacing") && report.pacing.length > 0) {
    lines.push(gap, wide(sectionHeading("pacing", report), "heading", width), ...pacingTable(report));
  }
  const chart = headlineChart(report, theme);
  if (chart) lines.push(gap, { cells: [], charts: [chart], height: chartHeight });
  return {
    id: "summary",
    name: sectionTitle("summary", report.locale),
    kind: "answer",
    lines,
    head: null,
    frozen: 0,
    rules: rulesOf(report, layout, first),
    widths: {
      ...(layout.spark ? { [layout.spark]: 15 } : {}),
      ...(layout.goal ? { [layout.goal]: 20, [layout.goal + 1]: 14, [layout.goal + 2]: 13 } : {}),
      [layout.width]: 30,
    },
  };
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

/** Which columns the table of KPIs has, and where: columns from 1, 0 where there is none. */
interface KpiLayout {
  bases: Basis[];
  spark: number;
  /** The first column of each basis: its value, then its change, and beside the first the difference. */
  at: number[];
  goal: number;
  width: number;
}

function kpiLayout(report: Report): KpiLayout {
  const bases = basesOf(report);
  const spark = report.kpis.some(({ id }) => courseOf(report, id)) ? 3 : 0;
  const start = spark ? 4 : 3;
  const at = bases.map((_, index) => start + index * 2 + (index > 0 ? 1 : 0));
  const end = start + bases.length * 2 + (bases.length > 0 ? 1 : 0);
  const goals = (report.sections.includes("goals") || report.overview) && report.kpis.some(({ goal }) => goal !== null);
  return { bases, spark, at, goal: goals ? end : 0, width: end + (goals ? 3 : 0) };
}

function kpiTable(report: Report, layout: KpiLayout, first: number): Line[] {
  const { kpis, locale, cadence } = report;
  const said = words(locale);
  const head = [
    textCell(said.kpi, "head"),
    textCell(said.value, "headNumber"),
    ...(layout.spark ? [textCell(said.course, "head")] : []),
    ...layout.bases.flatMap((basis, at) => [
      textCell(basisWord(basis, cadence, locale), "headNumber"),
      textCell(comparisonWord(basis, cadence, locale), "headNumber"),
      ...(at === 0 ? [textCell(said.points, "headNumber")] : []),
    ]),
    ...(layout.goal
      ? [textCell(said.goal, "head"), textCell(said.achievement, "headNumber"), textCell(said.status, "head")]
      : []),
    textCell(said.remark, "head"),
  ];
  return [{ cells: head }, ...kpis.map((kpi, at) => ({ cells: kpiCells(kpi, report, layout, { first, at }) }))];
}

function kpiCells(kpi: Kpi, report: Report, layout: KpiLayout, { first, at }: { first: number; at: number }): Cell[] {
  const { locale, headline, definitions, kpis } = report;
  const format = { ...kpi, locale };
  const spark = courseOf(report, kpi.id);
  const cellIn = (column: number, of: (kpi: Kpi) => string | null) => (id: string) => {
    const row = kpis.findIndex((each) => each.id === id);
    const held = kpis[row];
    return held ? { address: area([column, column], [first + row, first + row]), value: of(held) } : undefined;
  };
  const now = { address: area([2, 2], [first + at, first + at]), value: kpi.value };
  const rate = (column: number, of: (kpi: Kpi) => string | null) =>
    rateFormula(kpi.id, of(kpi), definitions, cellIn(column, of));
  const value = valueCell(kpi.value, kpi, locale, { strong: true, defines: `kpi_${kpi.id}` });
  return [
    textCell(kpi.label, "name", { strong: kpi.id === headline }),
    live(
      value,
      rate(2, (each) => each.value),
    ),
    ...(layout.spark ? [textCell(null, "text", spark ? { spark } : {})] : []),
    ...layout.bases.flatMap((basis, index) => {
      const column = layout.at[index] ?? 1;
      const change = kpi.changes[basis];
      const then = { address: area([column, column], [first + at, first + at]), value: kpi[basis] };
      const base = valueCell(kpi[basis], kpi, locale, { colour: "muted" });
      const isRelative = !byDifference.has(kpi.unit);
      return [
        live(
          base,
          rate(column, (each) => each[basis]),
        ),
        live(changeCell(change, format), isRelative ? changeFormula(change, now, then) : null),
        ...(index === 0
          ? [
              live(
                differenceCell(change?.delta, format),
                kpi.unit === "seconds"
                  ? null
                  : differenceFormula(change?.delta, now, then, kpi.unit === "ratio" ? 100 : 1),
              ),
            ]
          : []),
      ];
    }),
    ...(layout.goal ? goalCells(kpi.goal, report) : []),
    textCell(remark(kpi, report), "text", { colour: "muted" }),
  ];
}

/** Ranks and scores change by their difference. */
const byDifference: ReadonlySet<Kpi["unit"]> = new Set(["points", "position"]);

/** Changes that may be coloured, and marks beside achievements. */
function rulesOf({ kpis }: Report, { bases, at, goal }: KpiLayout, first: number): Rule[] {
  const changes = kpis.flatMap((kpi, row) =>
    bases.flatMap((basis, index): Rule[] => {
      const change = kpi.changes[basis];
      const column = (at[index] ?? 0) + 1;
      if (change?.kind !== "change" || !change.comparable || byDifference.has(kpi.unit)) return [];
      return [{ kind: "change", rows: [first + row, first + row], columns: [column, column], better: kpi.better }];
    }),
  );
  // A budget is kept by staying below it: its share says nothing of how well.
  const marks = kpis.flatMap(({ goal: own }, row): Rule[] =>
    goal > 0 && own?.achievement && own.kind !== "budget"
      ? [{ kind: "marks", rows: [first + row, first + row], columns: [goal + 1, goal + 1] }]
      : [],
  );
  return [...changes, ...marks];
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
