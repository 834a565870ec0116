import { expect, it } from "vitest";
import { messengerText } from "../../templates/email/messenger.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";

it("says a report in five lines that can be pasted into a messenger", () => {
  expect(
    messengerText(koreanWeekly),
  ).toBe(`한빛커피 광고 주간 리포트 10월 5주차 (10/26~11/1): ROAS 402% ▲ +14.9% (전주 350%)
주요 지표: 광고비 ₩6,120,450 ▼ -3.1% · 전환수 1,204.5 +8.2% (잠정) · 클릭수 12,384 ▲ +12.4%
변동 요인: 브랜드_한빛커피 +37%p, 드립백 선물세트 🎁 가을 한정 +19%p
목표·예산: ROAS 목표 350% 이상 달성 (114.9%) · 광고비 2026-11 소진율 3.6%, 기간 경과율 3.3%
확인: 전환 지표는 잠정치입니다. 매체가 며칠 더 보정할 수 있습니다. · 빠진 데이터: naver/* 2026-09-01 데이터가 없습니다.
`);
  expect(
    messengerText(englishMonthly),
  ).toBe(`Northwind Outfitters website monthly report October 2026: Sessions 184,220 ▲ +12.4% (Previous month 163,897)
Figures: Revenue $1,283,450.17 ▲ +9.1% · Time on site 1m 23s ▲ +4.4% · Bounce rate 41.2% ▲ +3.5%
Why: no breakdown explains the change
Goal and budget: none set
To know: final, nothing is missing
`);
});

it("keeps to five lines whatever names and notes hold", () => {
  const hostile = structuredClone(koreanWeekly);
  hostile.title = "제목\n둘째 줄";
  hostile.banners = Array.from({ length: 9 }, () => ({ code: "X", text: "늦은 데이터\n".repeat(200) }));
  hostile.comment = [{ heading: "총평", text: "가\n나" }];
  hostile.why = [];
  const lines = messengerText(hostile).split("\n");
  expect(lines).toHaveLength(6);
  expect(lines[5]).toBe("");
  expect(lines[2]).toBe("변동 요인: 가");
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(240);
  const bare = { ...hostile, kpis: [], pacing: [], missing: [], banners: [], comment: [], headline: null };
  expect(messengerText(bare).trimEnd().split("\n")).toHaveLength(5);
});
