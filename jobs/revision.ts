import { BogoError, problem } from "../transforms/problem.ts";
import { contentOf, type Sent } from "../transforms/report/correction.ts";
import type { Report } from "../transforms/report/model.ts";
import { APPROVAL } from "./approval.ts";
import { type Ledger, type RunIdentity, type RunRecord, runName } from "./ledger/ledger.ts";

/** Which revision of a report is made, and what its readers have of it already. */
export interface Revision {
  identity: RunIdentity;
  /** Null where nobody has any: then it is no correction, whatever its number. */
  sent: Sent | null;
}

type Which = Omit<RunIdentity, "revision">;
type Asked = Pick<Ledger, "revisions" | "figures">;

/** The newest revision of a report: whatever is said of the report is said of that one. */
export function newestRevision(ledger: Asked, which: Which): Revision {
  const [newest, ...earlier] = ledger.revisions(which);
  const { revision = 1 } = newest ?? {};
  return { identity: { ...which, revision }, sent: sentOf(ledger, earlier) };
}

/**
 * The revision that takes the place of what was made before. Where that has reached a reader it is a correction; where
 * it has not, nobody needs to know that there was another one.
 */
export function nextRevision(ledger: Asked, which: Which): Revision {
  const known = ledger.revisions(which);
  const [newest] = known;
  const made = known.find(({ messages }) => messages.length > 0);
  if (!newest || !made) {
    const facts = { report: `${which.client} ${which.report} ${which.cadence}`, period: which.from };
    throw new BogoError([problem("CORRECT_NOT_SENT", facts, { client: which.client })]);
  }
  // One that was begun and never made is gone on with.
  const revision = newest === made ? newest.revision + 1 : newest.revision;
  return { identity: { ...which, revision }, sent: sentOf(ledger, known) };
}

/**
 * The revision that says already what a new one would say, where its mails are still on their way: sending them is all
 * that is left to do. Null where the new one says something else; refuses to make a correction that corrects nothing.
 */
export function unchanged(
  ledger: Pick<Ledger, "revisions" | "contentOf">,
  { revision: _, ...which }: RunIdentity,
  report: Report,
): RunRecord | null {
  const made = ledger.revisions(which).find(({ messages }) => messages.length > 0);
  if (!made || ledger.contentOf(made.id) !== contentOf(report)) return null;
  if (deliveriesOf(made).some(({ state }) => state === "queued")) return made;
  throw new BogoError([problem("CORRECT_SAME", { run: runName(made) }, { client: which.client })]);
}

function sentOf(ledger: Pick<Ledger, "figures">, runs: readonly RunRecord[]): Sent | null {
  for (const run of runs) {
    const [first] = deliveriesOf(run)
      .filter(({ state }) => LEFT.has(state))
      .map(({ changed }) => changed)
      .toSorted();
    if (first) return { at: first, figures: ledger.figures(run.id) };
  }
  return null;
}

/** What has reached a reader, or may have. */
const LEFT: ReadonlySet<string> = new Set(["sending", "handed", "accepted", "unknown", "bounced"]);

const deliveriesOf = ({ messages }: RunRecord) =>
  messages.filter(({ audience }) => audience !== APPROVAL).flatMap(({ deliveries }) => deliveries);
