import { setTimeout as sleep } from "node:timers/promises";
import { BogoError, problem } from "../../../transforms/problem.ts";
import { later } from "../../clock.ts";
import type { Ledger } from "../ledger.ts";
import { isGone } from "../owner.ts";
import type { Database } from "./database.ts";

/** How often a waiting process looks again. */
const POLL_MS = 100;

/** One holder a name at a time. The holder renews at each quarter of the lease, so only a dead or frozen one loses it. */
export function leases(db: Database): Pick<Ledger, "withLease"> {
  function take(name: string, owner: string, now: string, until: string): boolean {
    return db.transaction(() => {
      const held = db.row<{ owner: string; until: string }>("SELECT owner, until FROM lease WHERE name = :name", {
        name,
      });
      if (held && held.until >= now && !isGone(held.owner)) return false;
      db.run("INSERT OR REPLACE INTO lease (name, owner, until) VALUES (:name, :owner, :until)", {
        name,
        owner,
        until,
      });
      return true;
    });
  }

  return {
    async withLease(name, owner, work, { clock, leaseMs = 60_000, waitMs = 120_000 }) {
      const until = () => later(clock.now(), leaseMs);
      const started = clock.monotonic();
      while (!take(name, owner, clock.now(), until())) {
        if (clock.monotonic() - started >= waitMs) {
          throw new BogoError([problem("LEDGER_BUSY", { name, seconds: Math.round(waitMs / 1000) })]);
        }
        await sleep(POLL_MS);
      }
      const renew = setInterval(() => {
        db.run("UPDATE lease SET until = :until WHERE name = :name AND owner = :owner", {
          name,
          owner,
          until: until(),
        });
      }, leaseMs / 4);
      renew.unref();
      try {
        return await work();
      } finally {
        clearInterval(renew);
        db.run("DELETE FROM lease WHERE name = :name AND owner = :owner", { name, owner });
      }
    },
  };
}
