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
  chart: { cid: string; png: Uint8Array; width: number; height: number; alt: string } | null;
  mail: { subject: string; preheader: string; html: string; text: string };
}

/** Draws the model in the formats asked for. Libraries load when their format is asked for. */
export async function renderDocuments(
  report: Report,
  rows: readonly RawRow[],
  formats: readonly ("excel" | "pdf")[],
): Promise<Documents> {
  const name = fileName(report);
  const excel = formats.includes("excel") ? await workbookOf(report, rows, name) : null;
  const pdf = formats.includes("pdf") ? await pdfOf(report, name) : null;
  const { mailChart } = await import("../templates/email/chart.ts");
  const chart = await mailChart(report);
  const mail = await mailOf(report, chart, { attachments: filesOf({ excel, pdf }), leftOut: [] });
  return { excel, pdf, chart, mail };
}

/** The same mail without its files, for where they would make it too large to arrive: it says so and whom to ask. */
export async function withoutFiles(report: Report, documents: Documents): Promise<Documents> {
  const { chart } = documents;
  const mail = await mailOf(report, chart, { attachments: [], leftOut: filesOf(documents) });
  return { excel: null, pdf: null, chart, mail };
}

/** The files that a mail carries. */
export function filesOf({ excel, pdf }: Pick<Documents, "excel" | "pdf">): DocumentFile[] {
  return [excel, pdf].filter((file) => file !== null);
}

/** The mail as it reads with these files attached, or left out. */
export async function mailOf(
  report: Report,
  chart: Documents["chart"],
  { attachments, leftOut }: { attachments: readonly DocumentFile[]; leftOut: readonly DocumentFile[] },
): Promise<Documents["mail"]> {
  const { renderEmail } = await import("../templates/email/render.ts");
  const listed = (files: readonly DocumentFile[]) =>
    files.map(({ filename, bytes }) => ({ name: filename, size: bytes.length }));
  return renderEmail(report, {
    theme: themeOf(report),
    chart: chart && { cid: chart.cid, width: chart.width, height: chart.height, alt: chart.alt },
    attachments: listed(attachments),
    leftOut: listed(leftOut),
  });
}

/** The workbook alone. */
export async function workbookOf(
  report: Report,
  rows: readonly RawRow[],
  name = fileName(report),
): Promise<DocumentFile> {
  const { renderWorkbook } = await import("../templates/excel/render.ts");
  const bytes = await renderWorkbook(report, { theme: themeOf(report), rows: each(rows), rowColumns: columnsOf(rows) });
  return {
    filename: `${name}.xlsx`,
    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    bytes,
  };
}

/** The PDF alone. */
export async function pdfOf(report: Report, name = fileName(report)): Promise<DocumentFile> {
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
function fileName({ title, period, run }: Report): string {
  return `${title} ${period.from}${run.revision > 1 ? ` r${run.revision}` : ""}`
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
