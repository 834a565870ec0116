import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textWidth } from "../../templates/clean.ts";
import { darkColours, inks } from "../../templates/email/dark.ts";
import { html } from "../../templates/email/html.ts";
import { renderEmail } from "../../templates/email/render.ts";
import { shortLabel } from "../../templates/email/subject.ts";
import { formatChange, formatValue } from "../../templates/text.ts";
import { branded, theme as house, type Theme } from "../../templates/theme.ts";
import { contrast } from "../../transforms/colour.ts";
import type { Report } from "../../transforms/report/model.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";
import { broken } from "./outlook.ts";

const chart = {
  cid: "trend",
  width: 552,
  height: 176,
  alt: "최근 13주 ROAS: 310%에서 402%",
  dark: { cid: "trend-dark" },
};
const attachments = [
  { name: "hanbit-coffee_ppc_weekly_2026-10-26.xlsx", size: 43_210 },
  { name: "리포트.pdf", size: 1_843_210 },
];
const korean = renderEmail(koreanWeekly, { chart, attachments });
const english = renderEmail(englishMonthly, { chart: null, attachments: [] });

/** What a screen reader says: the body's text, entities resolved, one space between words. */
function seen(markup: string): string {
  const body = markup.slice(markup.indexOf("<body"));
  const text = body
    .replace(/<[^>]+>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  return text.replaceAll("&nbsp;", " ").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replace(/\s+/g, " ");
}

describe("the subject", () => {
  it("holds title, period and the headline with its change", () => {
    expect(korean.subject).toBe("ROAS 402% ▲ +14.9% · 10월 5주차 (10/26~11/1) · 한빛커피 광고 주간 리포트");
    expect(english.subject).toBe(
      "Sessions 184,220 ▲ +12.4% · October 2026 · Northwind Outfitters website monthly report",
    );
  });

  it("names the figure within what a lock screen shows, however long its name is", () => {
    for (const label of [
      "Average engagement time per returning session and user",
      "캠페인별 신규 회원 가입 완료 전환 기여 매출",
    ]) {
      const long = structuredClone(koreanWeekly);
      long.headline = "cost";
      long.kpis[0]!.label = label;
      const { subject } = renderEmail(long, { chart: null, attachments: [] });
      const figure = subject.split(" · ")[0]!;
      expect(figure).toMatch(/… ₩6,120,450 ▼ -3.1%$/);
      expect(textWidth(figure)).toBeLessThanOrEqual(40);
    }
  });

  it("names no figure for a client who forbids it, nor does the line below it or the start of the plain part", () => {
    const silent = { ...koreanWeekly, subject_numbers: false };
    const mail = renderEmail(silent, { chart, attachments });
    expect(mail.subject).toBe("한빛커피 광고 주간 리포트 · 10월 5주차 (10/26~11/1)");
    expect(mail.preheader).not.toMatch(/\d/);
    expect(mail.text.slice(0, mail.text.indexOf("402%"))).toContain("문의: 이과장 <lee@agency.example>");
    expect(seen(mail.html)).toContain("402%");
  });

  it("leaves to the line below it what it does not say itself: the goal and what else moved", () => {
    expect(korean.preheader).toMatch(/^잠정치 · 목표 350% 이상 달성 \(달성률 114\.9%\) · 광고비는 612만 원으로/);
    expect(english.preheader).toMatch(/^Revenue reached \$1\.28M/);
    for (const { subject, preheader } of [korean, english])
      expect(preheader).not.toContain(subject.split(" · ")[0]!.split(" ")[1]);
  });

  it("drops the dates when it grows too long", () => {
    const long = { ...koreanWeekly, title: "한빛커피 강남·서초·송파 지점 통합 광고 주간 리포트 2026" };
    const { subject } = renderEmail(long, { chart: null, attachments: [] });
    expect(subject).toBe("ROAS 402% ▲ +14.9% · 10월 5주차 · 한빛커피 강남·서초·송파 지점 통합 광고 주간 리포트 2026");
  });

  it("does not say the period twice", () => {
    const titled = { ...englishMonthly, title: "Northwind, October 2026" };
    expect(renderEmail(titled, { chart: null, attachments: [] }).subject).toBe(
      "Sessions 184,220 ▲ +12.4% · Northwind, October 2026",
    );
  });

  it("says the reason where the headline has no value, and stays one line", () => {
    const unknown = { ...koreanWeekly, headline: "cpa", title: "제목\r\nBcc: x@y.example" };
    const { subject } = renderEmail(unknown, { chart: null, attachments: [] });
    expect(subject).toBe("전환당 비용 집계 불가 · 10월 5주차 (10/26~11/1) · 제목 Bcc: x@y.example");
  });

  it("knows short names of KPIs", () => {
    expect(shortLabel("광고수익률(ROAS)")).toBe("ROAS");
    expect(shortLabel("광고비(VAT 별도)")).toBe("광고비");
    expect(shortLabel("Sessions")).toBe("Sessions");
  });
});

describe("the HTML part", () => {
  it("reads from the answer down: warning, figure, sentences, comment, table, chart, attachments, whom to ask", () => {
    const text = seen(korean.html);
    const order = [
      "한빛커피 광고 주간 리포트",
      "전환 지표는 잠정치입니다.",
      "402%",
      "목표 350% 이상",
      "달성률 114.9% ✓ 달성",
      "광고비는 612만 원으로",
      "총평",
      "추이",
      "핵심 지표",
      "예산 소진",
      "매체별 성과",
      "첨부 파일",
      "lee@agency.example",
      "답장으로 알려 주세요",
    ];
    // The preheader says some of it above everything, so the search starts at the title.
    const places = order.map((part) => text.indexOf(part, text.indexOf("예시 에이전시 한빛커피")));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it.each([
    ["Korean", koreanWeekly, korean],
    ["English", englishMonthly, english],
  ] as const)(
    "prints every value and change of the %s report as the model has them, in both parts",
    (_, report, mail) => {
      for (const kpi of report.kpis) {
        const value = formatValue(kpi.value, kpi, report.locale);
        expect(seen(mail.html)).toContain(value);
        expect(mail.text).toContain(value);
        for (const basis of report.compare) {
          const { label } = formatChange(kpi.changes[basis], { ...kpi, locale: report.locale });
          expect(seen(mail.html)).toContain(label);
          expect(mail.text).toContain(label);
        }
      }
    },
  );

  it("says once what the figure in large type says already", () => {
    expect(seen(korean.html)).not.toContain("ROAS는 402%로 지난주보다");
    expect(korean.text).not.toContain("ROAS는 402%로 지난주보다");
  });

  it("keeps the rules of Outlook and Gmail in every language, with and without a chart", () => {
    for (const mail of [korean, english]) expect(broken(mail.html)).toEqual([]);
  });

  it("reads at 4.5:1 on every ground, in light and dark and in a client's own colours", () => {
    const own: Theme = {
      ...house,
      colours: branded(house.colours, { brand: "#7a1f2b", accent: "#7a1f2b", second: "#0b6e6e", series: [] }),
    };
    for (const theme of [house, own]) {
      const { html: markup } = renderEmail(koreanWeekly, { chart, attachments, theme });
      const dark = darkColours(theme);
      for (const ink of inks) {
        const grounds = ink === "warn" ? (["warnSoft"] as const) : (["card", "panel"] as const);
        for (const on of grounds) {
          expect(contrast(dark[ink], dark[on]), `${ink} on dark ${on}`).toBeGreaterThanOrEqual(4.5);
          const paper = { card: theme.colours.paper, panel: theme.colours.panel, warnSoft: theme.colours.warnSoft }[on];
          expect(contrast(theme.colours[ink], paper), `${ink} on ${on}`).toBeGreaterThanOrEqual(4.5);
        }
        expect(markup).toContain(`.c-${ink}{color:${dark[ink]} !important}`);
      }
      expect(contrast(dark.accent, dark.tag)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(theme.colours.accent, theme.colours.accentFaint)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("shows the logos, a mark with the name beside it, each named for who cannot see it", () => {
    const logo = { whose: "agency", cid: "logo-agency", width: 28, height: 28, alt: "예시 에이전시" } as const;
    const client = { whose: "client", cid: "logo-client", width: 90, height: 28, alt: "한빛커피" } as const;
    const mail = renderEmail(koreanWeekly, { chart, attachments, logos: [logo, client] });
    expect(broken(mail.html)).toEqual([]);
    expect(mail.html).toContain('src="cid:logo-agency" width="28" height="28" alt="예시 에이전시"');
    expect(mail.html).toContain('src="cid:logo-client" width="90" height="28" alt="한빛커피"');
    expect(seen(mail.html)).toContain("예시 에이전시 한빛커피 광고");
    const wide = renderEmail(koreanWeekly, { chart, attachments, logos: [{ ...logo, width: 100 }] });
    expect(seen(wide.html)).not.toContain("예시 에이전시 한빛커피 광고");
  });

  it("tells of protected files that they are and whom to ask for the password", () => {
    const mail = renderEmail(koreanWeekly, { chart, attachments: [{ name: "a.pdf", size: 1, sealed: true }] });
    for (const text of [seen(mail.html), mail.text])
      expect(text).toContain("담당자(이과장 <lee@agency.example>)가 따로 알려 드립니다.");
    expect(korean.text).not.toContain("비밀번호");
  });

  it("shows the light picture where dark mode is not known, and the other to those who have it", () => {
    expect(korean.html).toContain('src="cid:trend" width="552" height="176" alt="최근 13주 ROAS: 310%에서 402%"');
    const { body, sheet } = { body: korean.html.split("<body")[1]!, sheet: korean.html.split("<body")[0]! };
    expect(body).toMatch(
      /<!--\[if !mso\]><!--><div class="only-dark" style="display:none[^>]*><img src="cid:trend-dark"/,
    );
    for (const where of ["@media (prefers-color-scheme:dark){", "[data-ogsc] "]) {
      expect(sheet).toContain(where);
      for (const name of new Set(body.match(/\b(?:c|bg|only)-[a-zA-Z]+/g))) expect(sheet).toContain(`.${name}{`);
    }
    const plain = renderEmail(koreanWeekly, { chart: { ...chart, dark: undefined }, attachments });
    expect(plain.html.split("<body")[1]).not.toContain("only-");
  });

  it("escapes whatever a name holds", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { markup } = html`<i title="${text}">${text}</i>`;
        expect(markup.replace(/^<i title="|">|<\/i>$/g, "")).not.toMatch(/[<>"'`]/);
      }),
    );
    const hostile = structuredClone(koreanWeekly);
    hostile.breakdowns[0]!.rows[0]!.name = '<script>alert(1)</script>" onload="x';
    hostile.comment[0]!.text = "<img src=x onerror=alert(1)> **굵게**\n- 첫째\n\n둘째 문단";
    const mail = renderEmail(hostile, { chart, attachments });
    expect(mail.html).not.toMatch(/<script|<img src=x/);
    expect(seen(mail.html)).toContain("<script>alert(1)</script>");
    expect(mail.html).toContain("<b>굵게</b>");
    expect(seen(mail.html)).toContain("• 첫째");
  });

  it("stays below the size that mail programs clip, and says what the workbook holds", () => {
    const large: Report = structuredClone(koreanWeekly);
    large.kpis = Array.from({ length: 200 }, (_, index) => ({
      ...large.kpis[index % 9]!,
      id: `k${index}`,
      label: "긴 이름 <&> ".repeat(60),
    }));
    large.banners = Array.from({ length: 60 }, () => ({ code: "X", text: "네이버 데이터가 늦습니다. ".repeat(80) }));
    large.comment = Array.from({ length: 40 }, () => ({ heading: "총평", text: "가나다 & ".repeat(4000) }));
    large.missing = Array.from({ length: 300 }, () => ({
      channel: "ppc",
      source: "naver/*",
      reason: "데이터가 없습니다 ".repeat(40),
    }));
    const mail = renderEmail(large, { chart, attachments });
    expect(Buffer.byteLength(mail.html)).toBeLessThan(102_000);
    expect(seen(mail.html)).toContain("개는 엑셀 파일에 있습니다.");
  });

  it("shows only the sections that the report asks for", () => {
    const short = renderEmail({ ...koreanWeekly, sections: ["summary"] }, { chart: null, attachments: [] });
    expect(seen(short.html)).not.toContain("핵심 지표");
    expect(short.text).not.toContain("핵심 지표");
    expect(short.text).toContain("광고수익률(ROAS): 402%");
  });
});

describe("the plain part", () => {
  it("answers in its first lines and lines its figures up", () => {
    const lines = korean.text.split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "한빛커피 광고 주간 리포트",
      "10월 5주차 (10/26~11/1) · 잠정치",
      "",
      "광고수익률(ROAS): 402% (전주 대비 ▲ +14.9%, +52%p)",
      "목표 350% 이상 · 달성률 114.9% - 달성",
    ]);
    expect(lines).toContain("광고비(VAT 별도)  ₩6,120,450       ▼ -3.1%        ▲ +10.6%");
    expect(lines).toContain("전환당 비용                –     비교 불가               –  집계 불가");
    expect(lines).toContain("- hanbit-coffee_ppc_weekly_2026-10-26.xlsx (42 KB)");
    expect(lines).toContain("문의: 이과장 <lee@agency.example>");
  });

  it("is the same twice", () => {
    expect(renderEmail(koreanWeekly, { chart, attachments })).toEqual(korean);
  });
});
