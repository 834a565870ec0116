import type { ProblemEntry } from "../problem.ts";

/** Problems in what people write: YAML, references, recipients. */
export const configProblems = {
  CONFIG_UNKNOWN_KEY: {
    severity: "error",
    say: { en: "`{found}` is not a known key here.", ko: "`{found:은/는}` 여기서 쓸 수 있는 항목이 아닙니다." },
    next: { en: "Did you mean `{nearest}`? Known keys: {known}.", ko: "`{nearest}`를 쓰려던 것인지 확인하세요. 쓸 수 있는 항목: {known}" },
  },
} satisfies Record<string, ProblemEntry>;
