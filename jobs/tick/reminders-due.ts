import type { Client } from "../../config/config.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import { calendarOf, isFarOff, remindAt } from "../../transforms/due.ts";
import { pauseIn } from "../../transforms/report/pause.ts";
import { nextSlot, type Slot } from "../../transforms/schedule.ts";
import type { Ledger } from "../ledger/ledger.ts";

/** A report whose next slot is near enough to look at what it still lacks. */
export interface Reminding {
  def: ReportDef;
  slot: Slot;
}

/** The reports of a client that nobody has looked at yet before their next slot, and now should be. */
export function remindersDue(
  { slug, reports }: Pick<Client, "slug" | "reports">,
  holidays: ReadonlySet<string>,
  ledger: Pick<Ledger, "reminders">,
  now: string,
): Reminding[] {
  const looked = new Set(ledger.reminders(now).map((each) => key(each.client, each.report, each.cadence, each.from)));
  return reports.flatMap((def) => {
    const slot = nextSlot(def.schedule, now, calendarOf(def, holidays));
    if (isFarOff(slot, now)) return [];
    const at = remindAt(slot, def.timezone);
    if (at === null || at > now || !isWanted(def, slot)) return [];
    return looked.has(key(slug, def.id, def.cadence, slot.period.from)) ? [] : [{ def, slot }];
  });
}

const isWanted = (def: ReportDef, { period }: Slot): boolean =>
  !pauseIn(def, period)?.whole && period.to >= (def.from ?? "") && period.from <= (def.until ?? "9999");

const key = (...parts: readonly string[]): string => parts.join(" ");
