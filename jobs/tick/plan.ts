import type { Client, Config } from "../../config/config.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import { type DueReport, type DueSlot, due, standingKey } from "../../transforms/due.ts";
import { turnOf } from "../../transforms/turn.ts";
import { daysOff } from "../days-off.ts";
import type { Ledger, Reason } from "../ledger/ledger.ts";
import type { Opening, Turn } from "../ledger/schedule.ts";
import type { Roots } from "../roots.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { remindersDue } from "./reminders-due.ts";

export interface PlanOutside {
  ledger: Ledger;
  config: Pick<Config, "clients">;
  roots: Roots;
}

/**
 * Writes down what is due before anything is done about it, and names the clients at whom there is something to do now.
 * Two processes that plan at once open each run once.
 */
export async function plan(now: string, { ledger, config, roots }: PlanOutside): Promise<string[]> {
  ledger.moveBack(now);
  ledger.recover(now);
  const busy = new Set(ledger.due({ by: now }).map(({ client }) => client));
  for (const { client } of config.clients.values()) {
    if (!client) continue;
    const holidays = await daysOff(client, now);
    const standing = new Map(
      ledger.standings(client.slug).map(({ report, cadence, next }) => [standingKey({ id: report, cadence }), next]),
    );
    for (const moving of due(now, client.reports, { standing, holidays })) moveOn(client, moving, ledger, now);
    if (hasTurn(client, now, { ledger, roots }) || remindersDue(client, holidays, ledger, now).length > 0)
      busy.add(client.slug);
  }
  return [...busy];
}

/** A client's report by the name that the ledger has for it; null where the config has it no more. */
export function reportOf(
  { reports }: Pick<Client, "reports">,
  turn: Pick<Turn, "report" | "cadence">,
): ReportDef | null {
  return reports.find(({ id, cadence }) => id === turn.report && cadence === turn.cadence) ?? null;
}

export const periodOf = ({ from, to }: Turn): { from: string; to: string } => ({ from, to });

function moveOn({ slug }: Client, { report, before, slots, next }: DueReport, ledger: Ledger, now: string): void {
  const scheduled = { client: slug, report: report.id, cadence: report.cadence };
  ledger.moveOn(scheduled, { before, next, opened: slots.map(openingOf) }, now);
}

function openingOf({ period, at, fate }: DueSlot): Opening {
  const { from, to } = period;
  return { period: { from, to }, at, skipped: fate === "run" ? null : reasonOf(fate, at) };
}

const reasonOf = (fate: Exclude<DueSlot["fate"], "run">, at: string): Reason => ({
  code: skipCodes[fate],
  facts: fate === "paused" ? {} : { slot: at.slice(0, 16).replace("T", " ") },
});

const skipCodes = {
  paused: "RUN_PAUSED",
  superseded: "RUN_SUPERSEDED",
  missed: "RUN_MISSED",
  too_late: "RUN_TOO_LATE",
} as const;

/** Of the reasons for which a period is skipped, those that somebody should hear of. */
export const missedCodes: readonly string[] = ["RUN_SUPERSEDED", "RUN_MISSED", "RUN_TOO_LATE"];

function hasTurn(client: Client, now: string, { ledger, roots }: Pick<PlanOutside, "ledger" | "roots">): boolean {
  const turns = ledger.turns(now, client.slug);
  if (turns.length === 0) return false;
  const seen = fingerprintOf(client, { roots, ledger, now });
  return turns.some(
    (turn) => turnOf({ ...turn, period: periodOf(turn) }, reportOf(client, turn), { now, seen }).kind !== "leave",
  );
}
