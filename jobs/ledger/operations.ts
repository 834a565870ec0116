import type { Notice } from "../../transforms/notice.ts";
import type { DeliveryState, MessageState, RunState } from "./ledger.ts";

/** A ledger that is older than what it has already sent. */
export interface Restored {
  /** The backup; null where the ledger was found to be older than its marker. */
  source: string | null;
  found: string;
}

/** What whoever runs the program asks of the ledger. */
export interface Operations {
  /**
   * Why nothing may leave: the ledger was restored, or is older than the marker beside it, so that mails
   * may have left that it knows nothing of. Null where all is well, or where a person has looked since.
   */
  restored(now: string): Restored | null;
  /** A person has looked: sending goes on. False where nothing was held. */
  acceptRestored(by: string | null, now: string): boolean;
  /** Every message whose bytes should lie in the mail store. */
  storedMails(): { path: string; sha256: string }[];
  /** Every notice that was ever opened, the oldest first. */
  notices(): Notice[];
  /** Changes notices in one transaction: what `change` gives is kept. Gives all of them as they are then. */
  keepNotices(change: (notices: readonly Notice[]) => readonly Notice[]): Notice[];
  /** Takes notices to tell them; only those that nobody else has taken since they were `seen`. */
  claimNotices(asked: readonly NoticeClaim[]): NoticeClaim[];
  /** Stored mails made before an instant, of which no delivery is open any more. */
  expiredMails(before: string): { id: number; client: string; path: string }[];
  /** Notes that stored mails are gone, and puts numbers in place of the addresses of deliveries that ended before. */
  expire(mails: readonly number[], addressesBefore: string, now: string): Erased[];
  /** What the ledger holds of a client; null where it holds nothing. */
  holdings(client: string): Holdings | null;
  /**
   * Erases what the ledger holds of a client: addresses, subjects, figures, answers, exports. That runs, mails and
   * deliveries were, and how they ended, stays, so that nothing can be sent again.
   */
  eraseClient(client: string, by: string | null, now: string): void;
  /** Notes that something has just happened, such as a tick. */
  beat(name: string, now: string): void;
  /** When it last did; null where it never did. */
  lastBeat(name: string): string | null;
  /** Adds to what BigQuery has billed the questions about a client for. */
  addBilled(client: string, bytes: number, now: string): void;
  counts(): Counts;
  /** What is wrong with runs and deliveries now. */
  troubles(): Troubles;
}

export interface NoticeClaim {
  seen: Notice;
  claimed: Notice;
}

/** `reason` is the JSON of a problem's code and facts, as the ledger keeps it. */
export interface Troubles {
  /** Runs that wait or are held, and say why. */
  runs: { id: number; client: string; name: string; state: RunState; reason: string; since: string }[];
  /** Messages that are held, and those that go although there is something to say of them. */
  messages: {
    id: number;
    client: string;
    name: string;
    audience: string;
    state: MessageState;
    reason: string | null;
    since: string;
  }[];
  /** Deliveries that a person has to settle, by message and state. */
  deliveries: {
    id: number;
    client: string;
    name: string;
    audience: string;
    state: DeliveryState;
    count: number;
    since: string;
    /** When the last of them came into this state. */
    latest: string;
  }[];
  /** Deliveries that the mail server has not taken for a reason of its own or ours; null where there are none. */
  server: { count: number; since: string; reason: string } | null;
}

/** How many there are now. */
export interface Counts {
  /** By state; states that no delivery is in are absent. */
  deliveries: Partial<Record<DeliveryState, number>>;
  /** Runs that a person has to settle: held, with a held message, or with a delivery that may have arrived or not. */
  waitingForPerson: number;
  /** Exports that a person has to accept. */
  heldExports: number;
  /** What BigQuery has billed questions for, in bytes, by client. */
  billed: readonly { client: string; bytes: number }[];
  /** Causes that last. */
  openNotices: Record<Notice["audience"], number>;
}

/** What was erased of one client. */
export interface Erased {
  client: string;
  addresses: number;
  mails: number;
}

export interface Holdings extends Erased {
  runs: number;
  /** Deliveries that a process is sending at this moment. */
  leaving: number;
}
