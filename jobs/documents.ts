import type { MailLogo } from "../templates/email/logo.ts";
import type { Parts } from "../templates/excel/ooxml/parts.ts";
import { branded, theme as house, type Theme } from "../templates/theme.ts";
import type { Text } from "../transforms/metrics.ts";
import type { RawRow } from "../transforms/records.ts";
import type { Report } from "../transforms/report/model.ts";
import { languageOf } from "../transforms/text.ts";
import { type Cover, plainTheme, type ThemeDef } from "../transforms/theme.ts";

/** A finished file of a report. */
export interface DocumentFile {
  filename: string;
  contentType: string;
  bytes: Uint8Array;
  /** Which report an encrypted file belongs to (`stampOf`); others say so inside. */
  stamp?: string;
}

/** Everything that is drawn from one model. */
export interface Documents {
  /** What they were drawn in. */
  theme: Theme;
  excel: DocumentFile | null;
  pdf: DocumentFile | null;
  /** The chart that the mail shows, and the mail itself. */
  chart: {
    cid: string;
    png: Uint8Array;
    width: number;
    height: number;
    alt: string;
    dark: { cid: string; png: Uint8Array };
  } | null;
  /** The logos in the mail's head. */
  logos: MailLogo[];
  mail: { subject: string; preheader: string; html: string; text: string };
  /** The same files encrypted, with the mail that says so; null where nobody's are. */
  sealed: Pick<Documents, "excel" | "pdf" | "mail"> | null;
}

/** Draws the model in the formats asked for. Libraries load when their format is asked for. */
export async function renderDocuments(
  report: Report,
  rows: readonly RawRow[],
  formats: readonly ("excel" | "pdf")[],
  look: ThemeDef = plainTheme,
  template: Parts | null = null,
): Promise<Documents> {
  const name = fileName(report);
  const theme = themeOf(report, look);
  const excel = formats.includes("excel") ? await workbook(report, rows, { name, theme, template }) : null;
  const pdf = formats.includes("pdf") ? await pdfDocument(report, { name, theme }) : null;
  const { mailChart } = await import("../templates/email/chart.ts");
  const chart = await mailChart(report, theme);
  const { mailLogos } = await import("../templates/email/logo.ts");
  const logos = await mailLogos(report, theme);
  const mail = await drawMail(report, { chart, logos, theme }, { attachments: filesOf({ excel, pdf }), leftOut: [] });
  return { theme, excel, pdf, chart, logos, mail, sealed: null };
}

/** The same mail without its files, for where they would make it too large to arrive: it says so and whom to ask. */
export async function withoutFiles(report: Report, documents: Documents): Promise<Documents> {
  const { chart, logos, theme } = documents;
  const mail = await drawMail(report, { chart, logos, theme }, { attachments: [], leftOut: filesOf(documents) });
  return { theme, excel: null, pdf: null, chart, logos, mail, sealed: null };
}

/** The files that a mail carries. */
export function filesOf({ excel, pdf }: Pick<Documents, "excel" | "pdf">): DocumentFile[] {
  return [excel, pdf].filter((file) => file !== null);
}

/** The pictures that a mail shows inside, by the content ids that it knows them by. */
export function picturesOf({ chart, logos }: Pick<Documents, "chart" | "logos">): { cid: string; png: Uint8Array }[] {
  return [...logos, ...(chart ? [chart, chart.dark] : [])].map(({ cid, png }) => ({ cid, png }));
}

/** The mail around files that are finished: it names them, their sizes and whether they are encrypted. */
export async function drawMail(
  report: Report,
  { chart, logos, theme }: Pick<Documents, "chart" | "logos" | "theme">,
  { attachments, leftOut }: { attachments: readonly DocumentFile[]; leftOut: readonly DocumentFile[] },
): Promise<Documents["mail"]> {
  const { renderEmail } = await import("../templates/email/render.ts");
  const listed = (files: readonly DocumentFile[]) =>
    files.map(({ filename, bytes, stamp }) => ({ name: filename, size: bytes.length, sealed: stamp !== undefined }));
  return renderEmail(report, {
    theme,
    chart,
    logos,
    attachments: listed(attachments),
    leftOut: listed(leftOut),
  });
}

interface Drawing {
  name: string;
  theme: Theme;
}

/** The workbook alone: ours, or the client's own template filled. */
export async function workbook(
  report: Report,
  rows: readonly RawRow[],
  { name, theme, template = null }: Drawing & { template?: Parts | null },
): Promise<DocumentFile> {
  const bytes = template ? await filled(template, report, rows) : await ours(report, rows, theme);
  return {
    filename: `${name}.xlsx`,
    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    bytes,
  };
}

async function ours(report: Report, rows: readonly RawRow[], theme: Theme): Promise<Buffer> {
  const { renderWorkbook } = await import("../templates/excel/render.ts");
  return renderWorkbook(report, { theme, rows: each(rows), rowColumns: columnsOf(rows) });
}

async function filled(template: Parts, report: Report, rows: readonly RawRow[]): Promise<Buffer> {
  const { fillTemplate } = await import("../templates/excel/own/template.ts");
  return fillTemplate(template, report, rows);
}

/** The PDF alone. */
export async function pdfDocument(report: Report, { name, theme }: Drawing): Promise<DocumentFile> {
  const { renderPdf } = await import("../templates/pdf/render.ts");
  return {
    filename: `${name}.pdf`,
    contentType: "application/pdf",
    bytes: await renderPdf(report, { theme }),
  };
}

/** How one report looks: the house's theme with what was written for its client, in the report's language. */
export function themeOf({ change_colours, locale }: Report, look: ThemeDef): Theme {
  const { colours, logos, fonts, page, cover, footer } = look;
  const lang = languageOf(locale);
  return {
    colours: colours ? branded(house.colours, colours) : house.colours,
    changeColours: change_colours,
    logos,
    fonts,
    page,
    cover: cover && coverIn(cover, lang),
    footer: footer?.[lang] ?? null,
  };
}

function coverIn({ title, subtitle, prepared_for, note }: Cover<Text>, lang: keyof Text): Cover<string> {
  const say = (text: Text | null) => text?.[lang] ?? null;
  return { title: say(title), subtitle: say(subtitle), prepared_for: say(prepared_for), note: say(note) };
}

/** `한빛커피 광고 주간 리포트 2026-10-26`: sorts by period, free of what file systems refuse. */
export function fileName({ title, period, run }: Report): string {
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
