import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { loadConfig, projectConfig } from "../../config/load.ts";
import { themeOf } from "../../jobs/documents.ts";
import { renderPdf } from "../../templates/pdf/render.ts";
import {
  formatChange,
  formatDifference,
  formatShare,
  formatValue,
  sectionHeading,
  words,
} from "../../templates/text.ts";
import { theme as house, type Theme } from "../../templates/theme.ts";
import type { Report, Table } from "../../transforms/report/model.ts";
import { plainTheme } from "../../transforms/theme.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";
import { needsPoppler, poppler, textOf, wordsOf } from "./poppler.ts";

const noto = "node_modules/@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf";

/** Four looks at two reports, each drawn once for all that is asked of them. */
const looks: { name: string; report: Report; theme: Theme; pdf: Buffer; pages: string[] }[] = [];
const look = (name: string) => {
  const found = looks.find((each) => each.name === name);
  if (!found) throw new Error(name);
  return found;
};

beforeAll(async () => {
  const { clients } = await loadConfig(projectConfig);
  const themed = (client: string) => clients.get(client)?.client?.reports[0]?.theme ?? plainTheme;
  const [hanbit, northwind] = [themed("hanbit-coffee"), themed("northwind-outfitters")];
  const cover = { title: null, subtitle: null, prepared_for: null, note: { ko: "대외비", en: "Confidential" } };
  const wanted: [string, Report, Parameters<typeof themeOf>[1]][] = [
    ["Korean A4", koreanWeekly, { ...hanbit, cover }],
    ["Korean slides", koreanWeekly, { ...hanbit, page: "16:9", cover }],
    ["English A4", englishMonthly, { ...northwind, page: "a4", cover }],
    ["English slides", englishMonthly, { ...northwind, page: "16:9", cover: null }],
  ];
  for (const [name, report, themeDef] of wanted) {
    const theme = themeOf(report, themeDef);
    const pdf = await renderPdf(report, { theme });
    const pages = poppler ? textOf(pdf).split("\f").slice(0, -1) : [];
    looks.push({ name, report, theme, pdf, pages });
  }
});

describe.skipIf(!poppler).each(["Korean A4", "Korean slides", "English A4", "English slides"])(
  `%s ${needsPoppler}`,
  (name) => {
    it("says on each page as of when it is and whether its figures stand", () => {
      const { pages, report } = look(name);
      const said = words(report.locale);
      const state = report.period.final ? said.final : said.provisional;
      expect(pages.length).toBeGreaterThan(3);
      for (const page of pages) {
        expect(page).toContain(said.asOf);
        expect(page).toContain(state);
      }
    });

    it("has no page that ends in a heading, and none without figures or notes", () => {
      const { pages, report } = look(name);
      const titles = [...report.breakdowns, ...report.tops].map(({ title }) => title);
      const headings = new Set([...titles, ...report.sections.map((section) => sectionHeading(section, report))]);
      for (const page of pages.slice(1)) {
        const lines = page
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean);
        expect(headings.has(lines.at(-2) ?? ""), page).toBe(false); // the last line is the page's foot
        expect(lines.length, page).toBeGreaterThan(4);
      }
    });

    it("keeps every word inside the page's margins", () => {
      const { pdf, theme } = look(name);
      const [width, height, side] = theme.page === "a4" ? [595, 842, 43] : [800, 450, 39];
      const outside = wordsOf(pdf).filter(
        ({ xMin, xMax, yMin, yMax }) => xMin < side || xMax > width - side || yMin < 18 || yMax > height - 10,
      );
      expect(outside).toEqual([]);
    });

    it("shows no figure of four digits or more that is not the model's", () => {
      const { pages, report } = look(name);
      const known = figuresOf(report);
      const strange = pages.flatMap((page) => figuresIn(page)).filter((figure) => !known.has(figure));
      expect([...new Set(strange)]).toEqual([]);
    });

    it("embeds every font", () => {
      const { stdout } = spawnSync("pdffonts", ["-"], { input: look(name).pdf });
      const lines = stdout.toString().trim().split("\n").slice(2);
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines) expect(line).toMatch(/ yes +yes +yes +\d+ +\d+$/);
    });
  },
);

describe("a branded PDF", () => {
  it.each(["Korean A4", "English slides"])("has the same bytes twice: %s", async (name) => {
    const { report, theme, pdf } = look(name);
    expect((await renderPdf(report, { theme })).equals(pdf)).toBe(true);
  });

  it("shows both logos by their names to those who cannot see them", () => {
    const raw = look("English slides").pdf.toString("latin1");
    for (const name of [englishMonthly.agency_name, englishMonthly.client_name])
      expect(raw).toContain(`/Alt (${name})`);
  });

  it.skipIf(!poppler)(`begins with the cover, its note and no page number ${needsPoppler}`, () => {
    const [cover = "", first = ""] = look("Korean slides").pages;
    expect(cover).toContain(koreanWeekly.title);
    expect(cover).toContain("대외비");
    expect(cover).not.toMatch(/1 \/ \d/);
    expect(first).toMatch(/2 \/ \d/);
  });

  it.skipIf(!poppler)(`puts the answer and every key figure on its first slide ${needsPoppler}`, () => {
    const [first = ""] = look("English slides").pages;
    for (const kpi of englishMonthly.kpis) expect(first).toContain(formatValue(kpi.value, kpi, "en-US"));
    expect(first.replace(/\s+/g, " ")).toContain(englishMonthly.kpis[0]?.label);
  });

  it.skipIf(!poppler)(
    `is drawn in the client's font, and what that lacks in the program's ${needsPoppler}`,
    async () => {
      const files = { regular: noto, semibold: noto, bold: noto };
      const notes = [{ code: "T", text: "한글 ABC ₩ 🎁 𝗡𝗘𝗪" }];
      const missing: string[] = [];
      const pdf = await renderPdf(
        { ...koreanWeekly, sections: ["notes"], notes },
        { theme: { ...house, fonts: { files, mail: [] } }, onMissing: (character) => missing.push(character) },
      );
      expect(missing).toEqual([]);
      expect(textOf(pdf)).toContain("한글 ABC ₩ 🎁 NEW");
      const { stdout } = spawnSync("pdffonts", ["-"], { input: pdf });
      expect(stdout.toString()).toContain("NotoSansKR");
      expect(stdout.toString()).not.toContain("Pretendard-Bold");
    },
  );

  it.skipIf(!poppler)(`calls its parts as the client does ${needsPoppler}`, async () => {
    const report: Report = { ...koreanWeekly, sections: ["kpis", "notes"], section_titles: { notes: "읽는 법" } };
    const text = textOf(await renderPdf(report));
    expect(text).toContain("읽는 법");
    expect(text).toContain("핵심 지표");
  });
});

/** Figures of four digits or more: rounder ones are an axis's. Digits inside words are names. */
function figuresIn(text: string): string[] {
  return Array.from(text.matchAll(/(?<![\p{L}\d_#.-])[\d][\d,.]*/gu), ([found]) => found.replace(/[.,]+$/, "")).filter(
    (found) => found.replace(/[,.]/g, "").replace(/^0+|0+$/g, "").length >= 4,
  );
}

/** All that the model gives to print, and the words that stand in it. */
function figuresOf(report: Report): Set<string> {
  const { locale } = report;
  const days = JSON.stringify(report).replaceAll("-", ".");
  // Days stand as 2026.10.31, or 10.31 after a day of the same year.
  const said: string[] = [JSON.stringify(report), days, days.replaceAll(/\d{4}\.(?=\d\d\.\d\d)/g, " ")];
  for (const kpi of report.kpis) {
    for (const value of [kpi.value, kpi.previous, kpi.year_ago, kpi.baseline, kpi.per_day?.value ?? null])
      said.push(formatValue(value, kpi, locale));
    said.push(formatValue(kpi.goal?.target ?? null, kpi, locale), formatShare(kpi.goal?.achievement ?? null, locale));
    for (const change of [...Object.values(kpi.changes), kpi.per_day?.change])
      said.push(formatChange(change, { ...kpi, locale }).label, formatChange(change, { ...kpi, locale }).points ?? "");
  }
  const cells = ({ columns, rows, total, others }: Table) =>
    [...rows, ...(total ? [total] : []), ...(others ? [others.row] : [])].flatMap(({ values, changes }) =>
      columns.flatMap((column, at) => [
        formatValue(values[at] ?? null, column, locale),
        formatChange(changes[at], { ...column, locale }).label,
      ]),
    );
  said.push(...[...report.breakdowns, ...report.tops].flatMap(cells));
  for (const { kpi, delta, parts } of report.why) {
    const format = report.kpis.find(({ id }) => id === kpi) ?? { unit: "count" as const, decimals: 0 };
    const finer = format.unit === "ratio" ? { ...format, decimals: (format.decimals ?? 1) + 1 } : format;
    for (const value of [delta, ...parts.flatMap(({ rate, mix, total }) => [rate, mix, total])])
      said.push(formatDifference(value, format, locale), formatDifference(value, finer, locale));
  }
  for (const { currency, budget, spent, projected, needed_per_day, used, elapsed } of report.pacing) {
    for (const value of [budget, spent, projected, needed_per_day])
      said.push(formatValue(value, { unit: "money", currency }, locale));
    said.push(formatShare(used, locale), formatShare(elapsed, locale));
  }
  for (const { rows, rejected } of report.sources)
    said.push(rows.toLocaleString("en-US"), rejected.toLocaleString("en-US"));
  return new Set(said.flatMap((text) => figuresIn(text)));
}
