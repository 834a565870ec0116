import type { ProblemEntry } from "../problem.ts";

/** Problems of a run: periods, missing figures, rates. */
export const runProblems = {
  RUN_NO_DATA: {
    severity: "error",
    say: { en: "No figures are held for {client} {report}, {period}.", ko: "{client} {report}의 {period} 데이터가 없습니다." },
    next: { en: "Put the exports that cover {period} into {folder} and run again. Nothing was sent.", ko: "{period} 기간의 파일을 {folder}에 넣고 다시 실행하세요. 아무것도 발송되지 않았습니다." },
  },
} satisfies Record<string, ProblemEntry>;
