import type { Text } from "../transforms/metrics.ts";
import { nextStep, type Problem, type ProblemCode, sayProblem } from "../transforms/problem.ts";

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
function placeOf({ client, file, line, column }: Problem): string {
  const at = [file, line, column].filter((part) => part !== undefined).join(":");
  return file || !client ? at : client;
}

/** A name that does not exist is a slip of the command line; some things wait: for figures, or for a person. */
export function exitCode(codes: readonly ProblemCode[]): number {
  if (codes.some((code) => slips.has(code))) return 2;
  return codes.some((code) => waits.has(code)) ? 3 : 1;
}

const waits: ReadonlySet<ProblemCode> = new Set(["RUN_NO_DATA", "RUN_LACKING", "LEDGER_RESTORED"]);

const slips: ReadonlySet<ProblemCode> = new Set([
  "RUN_CLIENT_UNKNOWN",
  "RUN_REPORT_UNKNOWN",
  "RUN_PLATFORM_UNKNOWN",
  "RUN_PLATFORM_NAME",
  "RUN_CADENCE_NEEDED",
  "RUN_CADENCE_UNKNOWN",
  "RUN_PERIOD_WRONG",
  "BACKFILL_ORDER",
  "BACKFILL_NOT_OVER",
  "ACCEPT_UNKNOWN",
  "ERASE_UNKNOWN",
  "RUN_NAME_UNKNOWN",
  "RESOLVE_UNKNOWN",
  "RESOLVE_HOW",
  "RESEND_NOT_RECIPIENT",
  "ADD_CLIENT_SLUG",
  "ADD_CLIENT_NO_FOLDER",
  "ADD_CLIENT_NO_PERSON",
]);
