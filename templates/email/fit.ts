import type { Kpi, Report, Table } from "../../transforms/report/model.ts";

/** How much of a report the mail shows. */
export interface Room {
  kpis: number;
  /** Rows of the one table. */
  rows: number;
  /** Characters of each part of the comment. */
  comment: number;
  /** Entries of every other list: banners, missing data, budgets, goals, parts of the comment. */
  list: number;
}

/** From generous to what fits below Gmail's limit whatever the report holds; the first that fits is taken. */
export const rooms: readonly Room[] = [
  { kpis: 16, rows: 5, comment: 600, list: 12 },
  { kpis: 12, rows: 0, comment: 300, list: 5 },
  { kpis: 6, rows: 0, comment: 120, list: 3 },
];

/** The report with every text and list short enough for a mail; KPIs and table rows are counted by their blocks. */
export function fitted(report: Report, room: Room): Report {
  return {
    ...report,
    title: clip(report.title, 200),
    agency_name: clip(report.agency_name, 100),
    period: { ...report.period, label: clip(report.period.label, 100) },
    banners: report.banners.slice(0, room.list).map((note) => ({ ...note, text: clip(note.text, 400) })),
    summary: report.summary.slice(0, 5).map((sentence) => clip(sentence, 400)),
    comment: report.comment.slice(0, room.list).map((part) => ({ ...part, heading: clip(part.heading, 60) })),
    kpis: report.kpis.map(shortKpi),
    pacing: report.pacing.slice(0, room.list).map((line) => ({ ...line, label: clip(line.label, 60) })),
    missing: report.missing.slice(0, room.list).map(({ channel, source, reason }) => ({
      channel,
      source: clip(source, 80),
      reason: clip(reason, 200),
    })),
    breakdowns: [tableFor(report)]
      .filter((table) => table !== null)
      .map((table) => ({
        ...table,
        title: clip(table.title, 80),
        columns: table.columns.map((column) => ({ ...column, label: clip(column.label, 40) })),
        rows: table.rows.map((row) => ({ ...row, name: clip(row.name, 60) })),
      })),
  };
}

/** The one table of the mail: the first breakdown; the month so far only where there is no other. */
function tableFor({ breakdowns }: Report): Table | null {
  return breakdowns.find(({ id }) => id !== "month_to_date") ?? breakdowns[0] ?? null;
}

/** Text cut at a number of characters, never inside a pair of surrogates. */
export function clip(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

function shortKpi(kpi: Kpi): Kpi {
  const goal = kpi.goal && { ...kpi.goal, text: clip(kpi.goal.text, 100) };
  return { ...kpi, label: clip(kpi.label, 80), excludes: kpi.excludes.slice(0, 6).map((name) => clip(name, 40)), goal };
}
