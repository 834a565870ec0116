import { type Theme, theme } from "../templates/theme.ts";
import type { RawRow } from "../transforms/records.ts";
import type { Report } from "../transforms/report/model.ts";

/** A finished file of a report. */
export interface DocumentFile {
  filename: string;
  contentType: string;
  bytes: Uint8Array;
}

/** Everything that is drawn from one model. */
export interface Documents {
  excel: DocumentFile | null;
  pdf: DocumentFile | null;
  /** The chart that the mail shows, and the mail itself. */
  chart: { cid: string; png: Uint8Array } | null;
  mail: { subject: string; preheader: string; html: string; text: string };
}

/** Draws the model in the formats asked for. Libraries load when their format is asked for. */
export async function renderDocuments(
  report: Report,
  rows: readonly RawRow[],
  formats: readonly ("excel" | "pdf")[],
): Promise<Documents> {
  const name = fileName(report);
  const excel = formats.includes("excel") ? await workbook(report, rows, name) : null;
  const pdf = formats.includes("pdf") ? await pdfDocument(report, name) : null;
  const attachments = [excel, pdf]
    .filter((file) => file !== null)
    .map(({ filename, bytes }) => ({ name: filename, size: bytes.length }));
  const { mailChart } = await import("../templates/email/chart.ts");
  const chart = await mailChart(report);
  const { renderEmail } = await import("../templates/email/render.ts");
  const mail = renderEmail(report, {
    theme: themeOf(report),
    chart: chart && { cid: chart.cid, width: chart.width, height: chart.height, alt: chart.alt },
    attachments,
  });
  return { excel, pdf, chart, mail };
}

async function workbook(report: Report, rows: readonly RawRow[], name: string): Promise<DocumentFile> {
  const { renderWorkbook } = await import("../templates/excel/render.ts");
  const bytes = await renderWorkbook(report, { theme: themeOf(report), rows: each(rows), rowColumns: columnsOf(rows) });
  return {
    filename: `${name}.xlsx`,
    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    bytes,
  };
}

async function pdfDocument(report: Report, name: string): Promise<DocumentFile> {
  const { renderPdf } = await import("../templates/pdf/render.ts");
  return {
    filename: `${name}.pdf`,
    contentType: "application/pdf",
    bytes: await renderPdf(report, { theme: themeOf(report) }),
  };
}

/** The house theme with the client's colours of changes. */
function themeOf({ change_colours }: Report): Theme {
  return { ...theme, changeColours: change_colours };
}

/** `한빛커피 광고 주간 리포트 2026-10-26`: sorts by period, free of what file systems refuse. */
function fileName({ title, period }: Report): string {
  return `${title} ${period.from}`
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 120);
}

/** The columns that hold anything, in the warehouse's order. */
function columnsOf(rows: readonly RawRow[]): string[] {
  return Object.keys(rows[0] ?? {}).filter((key) => rows.some((row) => row[key] !== null));
}

async function* each<Item>(items: readonly Item[]): AsyncIterable<Item> {
  yield* items;
}
