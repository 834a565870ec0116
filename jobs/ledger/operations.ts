/** A ledger that is older than what it has already sent. */
export interface Restored {
  /** The backup; null where the ledger was found to be older than its marker. */
  source: string | null;
  found: string;
}

/** What whoever runs the program asks of the ledger. */
export interface Operations {
  /**
   * Why nothing may leave unattended: the ledger was restored, or is older than the marker beside it, so that mails
   * may have left that it knows nothing of. Null where all is well, or where a person has looked since.
   */
  restored(now: string): Restored | null;
  /** A person has looked: sending goes on. False where nothing was held. */
  acceptRestored(by: string | null, now: string): boolean;
  /** Every message whose bytes should lie in the mail store. */
  storedMails(): { path: string; sha256: string }[];
}
