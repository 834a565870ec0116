import type { Text } from "../transforms/metrics.ts";
import { nextStep, type Problem, sayProblem } from "../transforms/problem.ts";

/** Problems as a person reads them: the code and the place, what happened, the next step. Each once. */
export function sayProblems(problems: readonly Problem[], lang: keyof Text): string {
  const texts = problems.map((each) => {
    const place = placeOf(each);
    return [
      `${each.code}${place ? `  ${place}` : ""}`,
      `    ${sayProblem(each, lang)}`,
      `    ${nextStep(each, lang)}`,
    ].join("\n");
  });
  return [...new Set(texts)].join("\n");
}

/** `clients/hanbit-coffee/client.yaml:12:5` */
export function placeOf({ client, file, line, column }: Problem): string {
  const at = [file, line, column].filter((part) => part !== undefined).join(":");
  return file || !client ? at : client;
}
