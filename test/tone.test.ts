import { describe, expect, it } from "vitest";
import { asNote, inTone } from "../transforms/tone.ts";

describe("a plain tone", () => {
  it.each([
    [
      "방문자는 15.9만, 전월보다 4.6% 줄었습니다. 아직 잠정치입니다.",
      "방문자는 15.9만, 전월보다 4.6% 줄었음. 아직 잠정치임.",
    ],
    ["가장 큰 요인은 '[카탈로그] 전상품'입니다(-10%p).", "가장 큰 요인은 '[카탈로그] 전상품'임(-10%p)."],
    ["화살표를 붙이지 않습니다.", "화살표를 붙이지 않음."],
    ["VAT 포함으로 받은 광고비는 1.1로 나눕니다.", "VAT 포함으로 받은 광고비는 1.1로 나눔."],
    ["링크 클릭 기준으로 표시합니다", "링크 클릭 기준으로 표시함"],
    ["언니다방 캠페인이 늘었습니다.", "언니다방 캠페인이 늘었음."],
  ])("says %s in notes", (formal, plain) => expect(asNote(formal)).toBe(plain));

  it("leaves what is formal or English as it is", () => {
    const report = { summary: ["줄었습니다."], banners: [], notes: [] };
    expect(inTone(report, "formal", "ko-KR")).toBe(report);
    expect(inTone(report, "plain", "en-US")).toBe(report);
    expect(inTone(report, "plain", "ko-KR").summary).toEqual(["줄었음."]);
  });
});
