import type { Report, SectionId } from "../../transforms/report/model.ts";
import { stampOf } from "../../transforms/report/stamp.ts";
import { trendSeries } from "../chart/trend.ts";
import { withFonts } from "../fonts.ts";
import { sectionHeading } from "../text.ts";
import { pages, theme as standard, type Theme } from "../theme.ts";
import { breakdownStart, breakdownTable } from "./breakdown.ts";
import type { Canvas, Lock } from "./canvas.ts";
import { kpiCards } from "./cards.ts";
import { dailyCharts, trendCharts, weekHeatmap } from "./charts.ts";
import { cover } from "./cover.ts";
import { type Flow, openFlow } from "./flow.ts";
import { goalsTable, judged, pacingBars } from "./goals.ts";
import { banners, comment, head, summary } from "./head.ts";
import { notes } from "./notes.ts";
import { openingSlide } from "./opening.ts";
import { channelLines } from "./overview/channels.ts";
import { funnel } from "./overview/funnel.ts";
import { overviewNotes } from "./overview/notes.ts";
import { northStar } from "./overview/star.ts";
import { kpiTree } from "./overview/tree.ts";
import { foot, runningHead } from "./page.ts";
import { whyTables } from "./why.ts";

export interface PdfOptions {
  theme?: Theme;
  /** Told once for every character that no font here can draw; it stands as □ in the document. */
  onMissing?(character: string): void;
  /** Encrypts it: bytes then differ each time. */
  lock?: Lock | undefined;
}

/**
 * The report as a tagged document, A4 or slides, with all fonts inside. The same report gives the same bytes: every date in the
 * file is the run's own.
 */
export async function renderPdf(
  report: Report,
  { theme = standard, onMissing, lock }: PdfOptions = {},
): Promise<Buffer> {
  const { openCanvas } = await import("./canvas.ts"); // pdfkit is heavy: loaded when the first report is drawn
  const missing = new Set<string>();
  const canvas = openCanvas({
    page: pages[theme.page],
    title: `${report.title} · ${report.period.label}`,
    author: report.agency_name,
    subject: report.period.label,
    stamp: stampOf(report),
    lang: report.locale,
    date: new Date(Date.parse(report.run.as_of.replace(/\[.*$/, ""))), // a zone in brackets may follow the offset
    onMissing: (character) => missing.add(character),
    lock,
  });
  withFonts(theme.fonts.files, () => draw(canvas, report, theme));
  for (const character of missing) onMissing?.(character);
  return canvas.end();
}

/** All that stands on the pages, at once. */
function draw(canvas: Canvas, report: Report, theme: Theme): void {
  const flow = openFlow(canvas, theme, (next) => runningHead(next, report));
  if (theme.cover) cover(canvas, report, theme);
  canvas.addPage();
  head(flow, report);
  banners(flow, report);
  const opened = flow.page.columns === 2 ? openingSlide(flow, report) : [];
  for (const section of report.sections.filter((each) => !opened.includes(each))) {
    const { present, draw: drawSection } = sections[section];
    if (present(report)) drawSection(flow, report);
  }
  overviewNotes(flow, report);
  canvas.onEveryPage((at, of) => {
    if (at > 1 || !theme.cover) foot(flow, report, at, of);
  });
}

interface Section {
  present(report: Report): boolean;
  draw(flow: Flow, report: Report): void;
}

const sections: Record<SectionId, Section> = {
  summary: { present: ({ summary: sentences }) => sentences.length > 0, draw: summary },
  comment: { present: ({ comment: parts }) => parts.length > 0, draw: comment },
  kpis: { present: ({ kpis }) => kpis.length > 0, draw: kpiCards },
  goals: { present: ({ kpis }) => kpis.some(judged), draw: goalsTable },
  pacing: { present: ({ pacing }) => pacing.length > 0, draw: pacingBars },
  trend: { present: (report) => trendSeries(report).length > 0, draw: trendCharts },
  daily: { present: ({ daily }) => (daily?.series.length ?? 0) > 0, draw: dailyCharts },
  breakdowns: {
    present: ({ breakdowns }) => breakdowns.some(hasRows),
    draw: (flow, report) => tables(flow, report, "breakdowns"),
  },
  tops: { present: ({ tops }) => tops.some(hasRows), draw: (flow, report) => tables(flow, report, "tops") },
  heatmap: {
    present: ({ heatmap }) => heatmap?.cells.flat().some((cell) => cell !== null) ?? false,
    draw: weekHeatmap,
  },
  why: { present: ({ why }) => why.length > 0, draw: whyTables },
  notes: { present: () => true, draw: notes },
  north_star: { present: ({ overview, kpis }) => overview !== undefined && kpis.length > 0, draw: northStar },
  channels: { present: ({ overview }) => (overview?.lines.length ?? 0) > 0, draw: channelLines },
  funnel: { present: ({ overview }) => (overview?.funnel.length ?? 0) > 0, draw: funnel },
  tree: { present: ({ overview }) => (overview?.tree.length ?? 0) > 0, draw: kpiTree },
};

function tables(flow: Flow, report: Report, section: "breakdowns" | "tops"): void {
  const shown = report[section].filter(hasRows);
  const [first] = shown;
  flow.heading(sectionHeading(section, report), {
    level: 2,
    keep: first ? breakdownStart(flow, report, first) : 0,
  });
  for (const table of shown) breakdownTable(flow, report, table);
}

function hasRows({ rows }: { rows: readonly unknown[] }): boolean {
  return rows.length > 0;
}
