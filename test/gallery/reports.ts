import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixedClock } from "../../jobs/clock.ts";
import {
  agencyOf,
  type Context,
  clientNamed,
  openLedger,
  outsideOf,
  readConfig,
  reportNamed,
} from "../../jobs/context.ts";
import { confirmsFormat } from "../../jobs/hold.ts";
import { periodFor } from "../../jobs/period-for.ts";
import { type Made, makeReport } from "../../jobs/report.ts";
import { projectRoot } from "../../jobs/roots.ts";
import { keyOf } from "../../jobs/source-key.ts";

/** The sample clients on the morning after their last day, in a state of their own. */
export function sampleContext(): { context: Context; clear(): void } {
  const state = mkdtempSync(join(tmpdir(), "bogo-gallery-"));
  const roots = {
    config: join(projectRoot, "config"),
    inbox: join(projectRoot, "inbox"),
    state,
    out: join(state, "out"),
  };
  const quiet = { env: {}, terminal: false, print: () => undefined, tell: () => undefined };
  return {
    context: { ...quiet, roots, lang: "ko", clock: fixedClock("2026-11-02T00:00:00Z") },
    clear: () => rmSync(state, { recursive: true, force: true }),
  };
}

/** One report of a sample client, made as it is sent; only the exports of its own channels are read. */
export async function sampleReport(
  context: Context,
  slug: string,
  id: string,
  cadence: "weekly" | "monthly",
): Promise<Made> {
  const written = await readConfig(context);
  agencyOf(written);
  const ledger = await openLedger(context);
  try {
    // The samples were written after what their formats say.
    const formats = written.formats.flatMap(({ formats: all }) => all.map((each) => confirmsFormat(each.id)));
    ledger.confirm(formats, null, context.clock.now());
    const client = clientNamed(written, slug);
    const def = reportNamed(client, id, cadence);
    const own = new Set(def.sources.map(keyOf));
    const sources = client.sources.filter((source) => own.has(keyOf(source)));
    const job = { client: { ...client, sources }, def, period: periodFor(def, undefined, context) };
    return await makeReport(job, outsideOf(context, written, ledger));
  } finally {
    ledger.close();
  }
}
