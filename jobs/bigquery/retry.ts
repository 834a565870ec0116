import { redact } from "../../config/secret.ts";
import { BogoError, type ProblemCode, problem } from "../../transforms/problem.ts";
import type { Access, Patience } from "./client.ts";

/** What a call may end in when it gives no answer. */
type Failure = "silent" | "quota" | "denied" | "cap" | "refused" | "missing";

/** The problem that each failure is, where something is asked. */
export type Failures = Readonly<Record<Failure, ProblemCode>>;

/** Tries again what failed in passing, after each pause; what is final, or fails to the end, becomes a problem. */
export async function persist<Result>(
  work: () => Promise<Result>,
  patience: Patience,
  access: Access,
): Promise<Result> {
  for (const pause of [...patience.pauses, null]) {
    try {
      return await within(patience.call, work);
    } catch (error) {
      if (error instanceof BogoError || isMissing(error)) throw error;
      if (pause === null || !isPassing(error)) throw explain(error, access);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  throw new Error("unreachable");
}

/** Gives a call its time: the client itself may wait for a silent server without end. */
async function within<Result>(call: number, work: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("network timeout")), call);
  });
  try {
    return await Promise.race([work(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** What BigQuery or the network said, as the next step of a person. */
export function explain(error: unknown, { project, dataset, client, maxBytes, location, failures }: Access): BogoError {
  const why = redact(messageOf(error));
  const facts = { project, dataset, location, why, cap: megabytes(maxBytes) };
  return new BogoError([problem(failures[failureOf(error)], facts, { client })], { cause: error });
}

/** As the config writes it. */
export const megabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

/** A job, data set or table of this name exists already. */
export const isThere = (error: unknown): boolean => statusOf(error) === 409;

/** There is no such data set or table. */
export const isMissing = (error: unknown): boolean => statusOf(error) === 404;

/** Whether the same call may go through a moment later. A used-up quota, a refusal or a wrong statement stays what it is. */
function isPassing(error: unknown): boolean {
  const reason = reasonOf(error);
  if (reason !== null && reason in outcomes) return outcomes[reason] === "again";
  const status = statusOf(error);
  if (status !== null) return status === 408 || status === 429 || status >= 500;
  return /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|socket hang up|network timeout|premature close|other side closed|fetch failed/i.test(
    messageOf(error),
  );
}

function failureOf(error: unknown): Failure {
  const outcome = outcomes[reasonOf(error) ?? ""];
  if (outcome && outcome !== "again") return outcome;
  if (isPassing(error)) return "silent";
  const status = statusOf(error);
  if (status === 404) return "missing";
  return status === 401 || status === 403 ? "denied" : "refused";
}

/** What becomes of a call by the reason that BigQuery gives: another try, or a failure. */
const outcomes: Readonly<Record<string, "again" | Failure>> = {
  rateLimitExceeded: "again",
  userRateLimitExceeded: "again",
  jobRateLimitExceeded: "again",
  backendError: "again",
  internalError: "again",
  jobBackendError: "again",
  jobInternalError: "again",
  tableUnavailable: "again",
  quotaExceeded: "quota",
  billingTierLimitExceeded: "quota",
  accessDenied: "denied",
  billingNotEnabled: "denied",
  bytesBilledLimitExceeded: "cap",
  notFound: "missing",
  invalid: "refused",
  invalidQuery: "refused",
};

function reasonOf(error: unknown): string | null {
  const { errors } = error as { errors?: { reason?: string }[] };
  return errors?.[0]?.reason ?? null;
}

function statusOf(error: unknown): number | null {
  const cause = error instanceof BogoError ? error.cause : error;
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === "number" ? code : null;
}

function messageOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: unknown };
  return [typeof code === "string" ? code : null, message ?? String(error)].filter((each) => each !== null).join(" ");
}
