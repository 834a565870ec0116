import { BogoError, type Problem } from "../../transforms/problem.ts";
import { agencyOf, type Context, clientNamed, openLedger, outsideOf, readConfig, reportsNamed } from "../context.ts";
import { writeOut } from "../out.ts";
import { periodFor } from "../period-for.ts";
import { exitCode, sayProblems } from "../problems.ts";
import { makeReport } from "../report.ts";

export interface PreviewOptions {
  period?: string;
  /** Files instead of a page. */
  once?: boolean;
  serve: boolean;
  port: number;
}

/** Shows a client's reports, or one, on a page of this machine, or builds them once as files. Sends nothing. */
export async function preview(
  context: Context,
  client: string,
  report: string | undefined,
  { period, once, serve, port }: PreviewOptions,
): Promise<number> {
  if (once || !serve) return previewOnce(context, client, report, period);
  const { livePreview } = await import("../preview/live.ts");
  return livePreview(context, { client, report, period, port });
}

/** Builds the newest complete period of a client's reports, or of one, into the out folder. */
async function previewOnce(
  context: Context,
  slug: string,
  id: string | undefined,
  period: string | undefined,
): Promise<number> {
  const written = await readConfig(context);
  agencyOf(written);
  const client = clientNamed(written, slug);
  const defs = id === undefined ? client.reports : reportsNamed(client, id);
  const problems: Problem[] = [];
  const ledger = await openLedger(context);
  try {
    for (const def of defs) {
      try {
        const made = await makeReport(
          { client, def, period: periodFor(def, period, context) },
          outsideOf(context, written, ledger),
        );
        problems.push(...made.problems);
        const { folder } = await writeOut(context.roots.out, made.report, made.documents);
        context.print(`${def.id} ${def.cadence} ${made.report.period.label}\n  ${folder}`);
      } catch (error) {
        if (!(error instanceof BogoError)) throw error;
        problems.push(...error.problems);
      }
    }
  } finally {
    ledger.close();
  }
  if (problems.length) context.tell(sayProblems(problems, context.lang));
  const errors = problems.filter(({ severity }) => severity === "error");
  return errors.length ? exitCode(errors.map(({ code }) => code)) : 0;
}
