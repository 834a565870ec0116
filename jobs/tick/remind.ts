import type { Client } from "../../config/config.ts";
import { needsOf } from "../../transforms/asking.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import { localDate } from "../../transforms/period.ts";
import { type Problem, problem, sayProblem } from "../../transforms/problem.ts";
import type { Slot } from "../../transforms/schedule.ts";
import { sortDrops } from "../drops/sort.ts";
import { type FetchOutside, fetchSources } from "../fetch/fetch.ts";
import { broughtBy, type CoveredSource, lackingOf, type SourceLacking, tellLacking } from "../lacking.ts";
import { type LoadedExports, type LoadOutside, type LoadProblem, loadExports } from "../load.ts";
import { withWarehouse } from "../open.ts";
import type { Reminding } from "./reminders-due.ts";

/** Asks and loads what has come, and notes what each of these reports still lacks: the account executive is told of it once. */
export async function remind(client: Client, due: readonly Reminding[], outside: RemindOutside): Promise<void> {
  if (due.length === 0) return;
  const { exports, sources } = await look(client, due, outside);
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

type RemindOutside = LoadOutside & FetchOutside;

async function look(
  client: Client,
  due: readonly Reminding[],
  outside: RemindOutside,
): Promise<{ exports: LoadedExports; sources: CoveredSource[] }> {
  const unanswered: LoadProblem[] = [];
  for (const { def, slot } of due) {
    const needs = needsOf(def, slot.period, localDate(outside.clock.now(), def.timezone));
    unanswered.push(...(await fetchSources({ client, sources: def.sources, report: def.id, needs }, outside)));
  }
  const drops = await sortDrops(outside, client.slug);
  return withWarehouse(client.slug, outside, async (warehouse, work) => {
    const loaded = await loadExports(client, drops.files, warehouse, work, outside);
    return {
      exports: { ...loaded, problems: [...unanswered, ...loaded.problems] },
      sources: await broughtBy(client, warehouse, outside.ledger),
    };
  });
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
