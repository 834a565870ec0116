import type { DeliveryState, Reason, RunIdentity, RunRecord } from "./ledger.ts";

/** A delivery as the commands for persons see it. */
export interface Addressed {
  id: number;
  run: number;
  message: number;
  recipient: string;
  state: DeliveryState;
}

/** What persons decide about mail. Each change is conditional on the state that it starts from. */
export interface Remedies {
  /** The run of this number, or of this name as history prints it. */
  findRun(numberOrName: string): RunRecord | null;
  /** Every revision of one report's period, newest first. */
  revisions(of: Omit<RunIdentity, "revision">): RunRecord[];
  /** Keeps a fingerprint of what the report says. */
  noteContent(run: number, content: string): void;
  contentOf(run: number): string | null;
  /** To whom the newest released message of a client's audience went; null where none ever did. */
  lastReaders(client: string, audience: string): string[] | null;
  /** Lets a held message go, as these bytes; false where it is not held or holds others. */
  approve(message: number, sha256: string, by: string | null, now: string): boolean;
  /** Holds back what has not left yet; the numbers of the messages that are held now. */
  hold(run: number, reason: Reason, by: string | null, now: string): number[];
  delivery(id: number): Addressed | null;
  /** Settles an unknown outcome: it arrived, or the same bytes go again. False where it is not unknown. */
  resolve(delivery: number, as: "sent" | "resend", by: string | null, now: string): boolean;
  /** Queues again, on purpose, what has ended; the deliveries that really were. */
  resend(deliveries: readonly number[], by: string | null, now: string): number[];
}
