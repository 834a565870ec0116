import type { Client } from "../../config/config.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import { type Problem, problem, sayProblem } from "../../transforms/problem.ts";
import type { Slot } from "../../transforms/schedule.ts";
import { sortDrops } from "../drops/sort.ts";
import { broughtBy, type CoveredSource, lackingOf, type SourceLacking, tellLacking } from "../lacking.ts";
import { type LoadedExports, type LoadOutside, loadExports } from "../load.ts";
import { withWarehouse } from "../open.ts";
import type { Reminding } from "./reminders-due.ts";

/** Loads what has come, and notes what each of these reports still lacks: the account executive is told of it once. */
export async function remind(client: Client, due: readonly Reminding[], outside: LoadOutside): Promise<void> {
  if (due.length === 0) return;
  const { exports, sources } = await look(client, outside);
  for (const { def, slot } of due) {
    const lacking = lackingOf(def, slot.period, sources);
    outside.ledger.keepReminder({
      client: client.slug,
      report: def.id,
      cadence: def.cadence,
      from: slot.period.from,
      slot: slot.at,
      reason: lacking.length > 0 ? reminderOf(def, slot, lacking, exports.problems) : null,
      looked: outside.clock.now(),
    });
  }
}

async function look(
  client: Client,
  outside: LoadOutside,
): Promise<{ exports: LoadedExports; sources: CoveredSource[] }> {
  const drops = await sortDrops(outside, client.slug);
  return withWarehouse(client.slug, outside, async (warehouse, work) => ({
    exports: await loadExports(client, drops.files, warehouse, work, outside),
    sources: await broughtBy(client, warehouse, outside.ledger),
  }));
}

function reminderOf(
  def: ReportDef,
  slot: Slot,
  lacking: readonly SourceLacking[],
  problems: LoadedExports["problems"],
): Problem {
  const broken = problems.filter(({ severity, channel }) => severity === "error" && def.channels.includes(channel));
  const what = (lang: "ko" | "en") =>
    [
      ...tellLacking(lacking, slot, lang),
      ...broken.map((each) => `  ${each.file ?? ""}: ${sayProblem(each, lang)}`),
    ].join("\n");
  const report = `${def.id} ${def.cadence}`;
  return problem("NOTICE_LACKING", { client: def.client, report, what_ko: what("ko"), what_en: what("en") });
}
