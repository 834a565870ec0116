import { describe, expect, it } from "vitest";
import { renderPdf } from "../../templates/pdf/render.ts";
import { formatChange, formatPeriod, formatValue, sectionTitle } from "../../templates/text.ts";
import type { Report, Table } from "../../transforms/report/model.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";
import { needsPoppler, pageCount, poppler, textOf, wordsOf } from "./poppler.ts";

const reports: [string, Report][] = [
  ["the Korean weekly report", koreanWeekly],
  ["the English monthly report", englishMonthly],
];

describe("the PDF's text", () => {
  it.skipIf(!poppler).each(reports)(
    `holds every figure of %s as the model prints it ${needsPoppler}`,
    async (_, report) => {
      const text = squeezed(textOf(await renderPdf(report)));
      for (const kpi of report.kpis) {
        expect(text).toContain(squeezed(formatValue(kpi.value, kpi, report.locale)));
        for (const basis of report.compare) {
          const change = kpi.changes[basis];
          if (change && kpi.value !== null)
            expect(text).toContain(squeezed(formatChange(change, { ...kpi, locale: report.locale }).label));
        }
      }
      for (const table of [...report.breakdowns, ...report.tops]) {
        for (const { values } of [...table.rows, ...(table.total ? [table.total] : [])]) {
          for (const [at, value] of values.entries()) {
            expect(text).toContain(squeezed(formatValue(value, table.columns[at]!, report.locale)));
          }
        }
      }
    },
  );

  it.skipIf(!poppler)(`keeps all 11,172 Hangul syllables ${needsPoppler}`, async () => {
    const syllables = Array.from({ length: 11_172 }, (_, at) => String.fromCodePoint(0xac00 + at));
    const missing: string[] = [];
    const notes = Array.from({ length: 112 }, (_, at) => ({
      code: "T",
      text: syllables.slice(at * 100, at * 100 + 100).join(""),
    }));
    const pdf = await renderPdf({ ...bare, notes }, { onMissing: (character) => missing.push(character) });
    const read = new Set(textOf(pdf));
    expect(missing).toEqual([]);
    expect(syllables.filter((syllable) => !read.has(syllable))).toEqual([]);
  });

  it.skipIf(!poppler)(`keeps hanja, currency signs, symbols and emoji ${needsPoppler}`, async () => {
    const sample = "漢字 韓國 李 ₩ € ① ㈜ → ✓ é 🎁 👨‍👩‍👧 🇰🇷 ❤️";
    const text = textOf(await renderPdf({ ...bare, notes: [{ code: "T", text: sample }] }));
    for (const part of sample.split(" ")) expect(text).toContain(part);
  });

  it.skipIf(!poppler)(`shows □ for a character that no font has, and reports it ${needsPoppler}`, async () => {
    const missing: string[] = [];
    const pdf = await renderPdf(
      { ...bare, notes: [{ code: "T", text: "자바 ꦀ 문자" }] },
      { onMissing: (character) => missing.push(character) },
    );
    expect(missing).toEqual(["ꦀ"]);
    expect(textOf(pdf)).toContain("자바 □ 문자");
  });

  it.skipIf(!poppler)(`drops control and direction characters that could disguise a name ${needsPoppler}`, async () => {
    const text = textOf(
      await renderPdf({ ...bare, notes: [{ code: "T", text: "abc\u202Efed\u0007\u200Bghi\uD800" }] }),
    );
    expect(text).toContain("abcfedghi");
  });

  it.skipIf(!poppler)(`shows only the sections that the report asks for, in its order ${needsPoppler}`, async () => {
    const text = textOf(await renderPdf({ ...koreanWeekly, sections: ["why", "kpis"] }));
    expect(text.indexOf("변동 요인")).toBeGreaterThan(0);
    expect(text.indexOf("핵심 지표")).toBeGreaterThan(text.indexOf("변동 요인"));
    for (const title of ["담당자 코멘트", "목표 달성", "세부 실적", "안내"]) expect(text).not.toContain(title);
  });

  it.skipIf(!poppler)(`prints a table's own dates where they differ from the period's ${needsPoppler}`, async () => {
    expect(textOf(await renderPdf(koreanWeekly))).toContain(
      formatPeriod({ from: "2026-10-01", to: "2026-10-31" }, "ko-KR"),
    );
  });
});

describe("the PDF's pages", () => {
  const long: Report = { ...koreanWeekly, sections: ["breakdowns"], breakdowns: [manyRows(90)] };

  it.skipIf(!poppler)(`repeats a table's header on each page and cuts no row ${needsPoppler}`, async () => {
    const pdf = await renderPdf(long);
    const pages = Array.from({ length: pageCount(pdf) }, (_, at) => textOf(pdf, at + 1));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page).toMatch(/클릭수\s+클릭률\s+전환수\s+ROAS/);
    for (let at = 0; at < 90; at++) {
      const [page] = pages.filter((text) => text.includes(`캠페인-${at}-`));
      expect(page).toContain(`상세-${at}-`);
    }
  });

  it.skipIf(!poppler)(`numbers each page and says as of when it is ${needsPoppler}`, async () => {
    const pdf = await renderPdf(koreanWeekly);
    const count = pageCount(pdf);
    for (let at = 1; at <= count; at++) {
      expect(squeezed(textOf(pdf, at))).toContain(`${at}/${count}`);
      expect(textOf(pdf, at)).toContain("2026.11.02 09:00 (Asia/Seoul)");
    }
  });

  it.skipIf(!poppler)(`never leaves a heading alone at the foot of a page ${needsPoppler}`, async () => {
    const titles = [...koreanWeekly.breakdowns, ...koreanWeekly.tops].map(({ title }) => title);
    const headings = new Set([...titles, ...koreanWeekly.sections.map((section) => sectionTitle(section, "ko-KR"))]);
    for (let lines = 0; lines < 40; lines += 4) {
      const comment = [{ heading: "총평", text: "한 줄입니다.\n\n".repeat(lines + 1).trim() }];
      const pdf = await renderPdf({ ...koreanWeekly, comment });
      for (let page = 1; page <= pageCount(pdf); page++) {
        const all = textOf(pdf, page)
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean);
        expect(headings.has(all.at(-2) ?? "")).toBe(false); // the last line is the page's foot
      }
    }
  });

  it.skipIf(!poppler).each(stress())(`keep every word inside the margins: %s ${needsPoppler}`, async (_, report) => {
    const outside = wordsOf(await renderPdf(report)).filter(
      ({ xMin, xMax, yMin, yMax }) => xMin < 43 || xMax > 553 || yMin < 20 || yMax > 825,
    );
    expect(outside).toEqual([]);
  });
});

describe("the PDF file", () => {
  it.each(reports)("has the same bytes twice: %s", async (_, report) => {
    expect((await renderPdf(report)).equals(await renderPdf(report))).toBe(true);
  });

  it("embeds all its fonts and names no other", async () => {
    const raw = (await renderPdf(koreanWeekly)).toString("latin1");
    const descriptors = raw.match(/\/Type \/FontDescriptor/g)?.length ?? 0;
    expect(descriptors).toBeGreaterThan(2);
    expect(raw.match(/\/FontFile2 /g)?.length).toBe(descriptors);
    expect(raw.match(/\/BaseFont \/(Helvetica|Times|Courier)/)).toBeNull();
  });

  it("is tagged: language, title, headings, header cells, words for pictures, outline, link", async () => {
    const raw = (await renderPdf(koreanWeekly)).toString("latin1");
    expect(raw.includes("/Lang (ko-KR)")).toBe(true);
    expect(raw.includes("/DisplayDocTitle true")).toBe(true);
    expect(raw.includes("/Marked true")).toBe(true);
    for (const tag of ["H1", "H2", "H3", "Table", "TR", "TH", "TD", "Figure", "Link"])
      expect(raw.includes(`/S /${tag}\n`)).toBe(true);
    expect(raw.match(/\/Scope \/?\(?Column/g)?.length).toBeGreaterThan(5);
    expect(raw.match(/\/S \/Figure\n(?:.*\n)*?\/Alt/)).not.toBeNull();
    expect(raw.includes("/Outlines ")).toBe(true);
    expect(raw.includes("(mailto:lee@agency.example)")).toBe(true);
  });

  it("takes its dates from the run, not from a clock", async () => {
    const raw = (await renderPdf(koreanWeekly)).toString("latin1");
    expect(raw.includes("(D:20261102000000Z)")).toBe(true); // 09:00 in Seoul
  });

  it("is written fast enough for hundreds of clients (the time is printed, not judged)", async () => {
    await renderPdf(koreanWeekly);
    const from = performance.now();
    for (let round = 0; round < 3; round++) await renderPdf(koreanWeekly);
    console.info(`PDF, warm: ${Math.round((performance.now() - from) / 3)} ms a report`);
  });
});

/** A report of notes alone. */
const bare: Report = { ...koreanWeekly, sections: ["notes"], notes: [], missing: [], definitions: [], sources: [] };

function manyRows(count: number): Table {
  const [, table] = koreanWeekly.breakdowns;
  const [first] = table!.rows;
  return {
    ...table!,
    rows: Array.from({ length: count }, (_, at) => ({
      ...first!,
      key: `${at}`,
      name: `캠페인-${at}-`,
      detail: `상세-${at}-`,
    })),
  };
}

function stress(): [string, Report][] {
  const long = `2026_하반기_브랜드캠페인_전환최적화_신규고객대상_${"가을한정".repeat(12)}_漢字_🎁👨‍👩‍👧_${"x".repeat(80)}`;
  const huge = manyRows(40);
  const columns = [...huge.columns, ...huge.columns.map((column) => ({ ...column, label: `${column.label} 둘째` }))];
  const rows = huge.rows.map((row, at) => ({
    ...row,
    name: at % 2 ? long : row.name,
    values: columns.map(() => "12345678901"),
    changes: columns.map(() => null),
  }));
  const kpis = koreanWeekly.kpis.map((kpi) => ({
    ...kpi,
    label: `${kpi.label} ${long}`,
    value: kpi.unit === "money" ? "12345678901" : kpi.value,
  }));
  const none = { previous: null, year_ago: null, baseline: null };
  return [
    [
      "long names, huge amounts, ten columns",
      {
        ...koreanWeekly,
        title: long,
        client_name: "漢江 🎉",
        kpis,
        breakdowns: [{ ...huge, columns, rows, total: null }],
      },
    ],
    [
      "one KPI, nothing to compare",
      {
        ...koreanWeekly,
        kpis: kpis.slice(0, 1),
        headline: "cost",
        compare: [],
        comparisons: none,
        trend: { points: [], series: [] },
        daily: null,
      },
    ],
    [
      "nothing known",
      {
        ...koreanWeekly,
        kpis: kpis.map((kpi) => ({ ...kpi, value: null, reason: "not_collected" as const, changes: {} })),
      },
    ],
    [
      "nothing at all",
      {
        ...bare,
        sections: koreanWeekly.sections,
        summary: [],
        comment: [],
        kpis: [],
        pacing: [],
        trend: { points: [], series: [] },
        daily: null,
        breakdowns: [],
        tops: [],
        heatmap: null,
        why: [],
        banners: [],
        ae: null,
      },
    ],
  ];
}

/** Spaces fall differently in extracted text. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}
