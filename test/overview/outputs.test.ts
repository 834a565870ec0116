import { execFileSync } from "node:child_process";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { renderEmail } from "../../templates/email/render.ts";
import { renderWorkbook } from "../../templates/excel/render.ts";
import { renderPdf } from "../../templates/pdf/render.ts";
import type { Kpi, Report } from "../../transforms/report/model.ts";
import { formatValue } from "../../transforms/text.ts";
import { overviewOf, plain } from "./client.ts";

// One Korean and one English overview, each drawn once; every number that is read back has to be the model's.

interface Drawn {
  report: Report & { overview: NonNullable<Report["overview"]> };
  pdf: Buffer;
  book: ExcelJS.Workbook;
  mail: { html: string; text: string };
}

let drawn: Promise<Drawn[]> | undefined;

/** Drawn by the first test that asks. */
const both = (): Promise<Drawn[]> => {
  drawn ??= Promise.all((["ko-KR", "en-US"] as const).map(draw));
  return drawn;
};

async function draw(locale: "ko-KR" | "en-US"): Promise<Drawn> {
  const report = await overviewOf(plain(), { locale });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await renderWorkbook(report)) as unknown as ArrayBuffer); // the library's types lag behind Node's
  const mail = renderEmail(report, { chart: null, attachments: [] });
  return { report, pdf: await renderPdf(report), book, mail };
}

/** Figures in the order of the page; the tree's own are in PDF and workbook alone. */
const figuresOf = ({ overview, kpis }: Drawn["report"], tree: boolean): Kpi[] => [
  ...kpis,
  ...overview.lines.flatMap(({ headline, cost }) => [headline, cost]),
  overview.total.cost,
  overview.total.conversions,
  ...(overview.shop ? [overview.shop.orders, overview.shop.revenue] : []),
  ...overview.funnel.flatMap(({ kpi, conversion }) => [kpi, ...(conversion ? [conversion] : [])]),
  ...(tree
    ? [
        ...overview.tree.map(({ kpi }) => kpi),
        overview.total.conversion_value,
        ...overview.lines.flatMap(({ conversions, conversion_value }) => [conversions, conversion_value]),
      ]
    : []),
];

describe("an overview", () => {
  it("is one page of PDF with every number of the model", async () => {
    for (const { report, pdf } of await both()) {
      const text = pdfText(pdf);
      if (text === null) return; // poppler is not installed
      expect(text.split("\f").filter(Boolean)).toHaveLength(1);
      const plainText = text.replace(/\s+/g, "");
      for (const kpi of figuresOf(report, true))
        if (kpi.value !== null)
          expect(plainText, `${report.locale} ${kpi.id}`).toContain(
            formatValue(kpi.value, kpi, report.locale).replace(/\s+/g, ""),
          );
      expect(plainText).toContain(report.overview.total.double_counting.replace(/\s+/g, ""));
      expect(plainText).toContain("1400KRW");
    }
  });

  it("has its lines, funnel and tree in the workbook, as numbers", async () => {
    for (const { report, book } of await both()) {
      const cells = book.worksheets.flatMap((sheet) => sheet.getSheetValues().flat()).map(shownIn);
      for (const kpi of figuresOf(report, true))
        if (kpi.value !== null)
          expect(
            cells.some(
              (cell) => typeof cell === "number" && Math.abs(cell - Number(kpi.value)) < 1e-9 * Number(kpi.value),
            ),
            `${report.locale} ${kpi.id} ${kpi.value}`,
          ).toBe(true);
      expect(cells).toContain(report.overview.total.double_counting);
    }
  });

  it("has its lines and funnel in the mail, in both its parts, by tables that Outlook lays out", async () => {
    for (const { report, mail } of await both()) {
      for (const part of [mail.html, mail.text]) {
        for (const kpi of figuresOf(report, false))
          if (kpi.value !== null)
            expect(part, `${report.locale} ${kpi.id}`).toContain(formatValue(kpi.value, kpi, report.locale));
        expect(part).toContain(report.overview.total.double_counting);
      }
      const tables = mail.html.match(/<table[^>]*>/g) ?? [];
      expect(tables.filter((table) => !/width="(100%|600)"/.test(table))).toEqual([]);
    }
  });

  it("says what is missing in its place: a rate, a channel, a stage", async () => {
    const report = await overviewOf({ ...plain(), web: [] }, { rates: { source: { ko: "", en: "" }, rates: [] } });
    const text = pdfText(await renderPdf(report))?.replace(/\s+/g, "") ?? "환율없음데이터없음미수집";
    const mail = renderEmail(report, { chart: null, attachments: [] });
    for (const words of ["환율 없음", "데이터 없음", "미수집"]) {
      expect(text).toContain(words.replace(" ", ""));
      expect(mail.text).toContain(words);
    }
  });
});

/** What a formula came to, or the cell's own value. */
const shownIn = (cell: unknown): unknown =>
  cell !== null && typeof cell === "object" && "result" in cell ? cell.result : cell;

function pdfText(pdf: Buffer): string | null {
  try {
    return execFileSync("pdftotext", ["-", "-"], { input: pdf, encoding: "utf8" });
  } catch {
    return null;
  }
}
