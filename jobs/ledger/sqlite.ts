import type { Ledger } from "./ledger.ts";
import { asked } from "./sqlite/asked.ts";
import { openDatabase } from "./sqlite/database.ts";
import { deliveries } from "./sqlite/deliveries.ts";
import { epoch } from "./sqlite/epoch.ts";
import { erasures } from "./sqlite/erasures.ts";
import { holds } from "./sqlite/holds.ts";
import { leases } from "./sqlite/lease.ts";
import { notices } from "./sqlite/notices.ts";
import { operations } from "./sqlite/operations.ts";
import { remedies } from "./sqlite/remedies.ts";
import { runs } from "./sqlite/runs.ts";
import { schedule } from "./sqlite/schedule.ts";
import { seen } from "./sqlite/seen.ts";

/** Opens the ledger of a state root, and creates or migrates it. Many processes may hold it open at once. */
export function openLedger(file: string): Ledger {
  const db = openDatabase(file);
  const sends = deliveries(db);
  return {
    ...runs(db),
    ...sends,
    ...epoch(db, file, sends),
    ...seen(db),
    ...asked(db),
    ...holds(db),
    ...leases(db),
    ...operations(db),
    ...erasures(db),
    ...notices(db),
    ...remedies(db),
    ...schedule(db),
    close: () => db.close(),
  };
}
