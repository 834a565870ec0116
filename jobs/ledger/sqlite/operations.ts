import type { Operations } from "../operations.ts";
import type { Database } from "./database.ts";

/** What whoever runs the program asks. */
export function operations(db: Database): Pick<Operations, "storedMails"> {
  return {
    storedMails: () => db.rows("SELECT path, sha256 FROM message WHERE erased_at IS NULL ORDER BY id"),
  };
}
