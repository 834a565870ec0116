import type { Locale } from "./metrics.ts";
import type { Report } from "./report/model.ts";

export const tones = ["formal", "plain"] as const;
export type Tone = (typeof tones)[number];

/**
 * A report's own sentences in the client's tone. Korean business reports speak in full (`줄었습니다`) or in notes
 * (`줄었음`); what a person wrote stays as it is, and English knows no such difference.
 */
export function inTone<Part extends Pick<Report, "summary" | "banners" | "notes">>(
  report: Part,
  tone: Tone,
  locale: Locale,
): Part {
  if (tone === "formal" || locale !== "ko-KR") return report;
  const noted = <Note extends { text: string }>(note: Note): Note => ({ ...note, text: asNote(note.text) });
  return {
    ...report,
    summary: report.summary.map(asNote),
    banners: report.banners.map(noted),
    notes: report.notes.map(noted),
  };
}

/** `늘었습니다` → `늘었음`, `입니다` → `임`, `표시합니다` → `표시함`: the ending becomes a noun, the rest stays. */
export function asNote(text: string): string {
  return text.replace(/습니다(?![가-힣])/g, "음").replace(/([가-힣])니다(?![가-힣])/g, (whole, syllable: string) => {
    const code = syllable.charCodeAt(0) - 0xac00;
    return code % 28 === BIEUP ? String.fromCharCode(0xac00 + code - BIEUP + MIEUM) : whole;
  });
}

/** Final ㅂ and ㅁ among the 28 endings of a syllable. */
const BIEUP = 17;
const MIEUM = 16;
