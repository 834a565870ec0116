import type { ProblemEntry } from "../problem.ts";

/** Problems in exported files: recognising, reading, cleaning, loading. */
export const fileProblems = {
  FILE_UNKNOWN: {
    severity: "error",
    say: { en: "This is no export that is known. Nearest format: {nearest}; it differs in: {differs}.", ko: "알 수 없는 파일입니다. 가장 가까운 형식: {nearest}. 다른 점: {differs}" },
    next: { en: "Download the report again as the platform gives it, or describe the format in config/formats/.", ko: "매체에서 보고서를 다시 내려받거나 config/formats/에 형식을 추가하세요." },
  },
} satisfies Record<string, ProblemEntry>;
