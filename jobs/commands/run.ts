import type { ReportDef } from "../../transforms/definitions.ts";
import { localDate, newestComplete, type Period, parsePeriod } from "../../transforms/period.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import {
  agencyOf,
  type Context,
  clientNamed,
  deliveryOf,
  openLedger,
  outsideOf,
  readConfig,
  reportNamed,
} from "../context.ts";
import { sendTest } from "../deliver/deliver.ts";
import { overallState } from "../history.ts";
import { writeOut } from "../out.ts";
import { sayProblems } from "../problems.ts";
import { identityOf, makeReport, runReport } from "../report.ts";
import { messagesFor, smtpSettings } from "../send.ts";

export interface RunOptions {
  cadence?: string;
  period?: string;
  dryRun?: boolean;
  to?: string;
}

/** Makes one report now and sends it; a dry run or a test send leaves the real one as not sent. */
export async function run(
  context: Context,
  slug: string,
  id: string,
  { cadence, period: text, dryRun, to }: RunOptions,
): Promise<number> {
  const written = await readConfig(context);
  const agency = agencyOf(written);
  const client = clientNamed(written, slug);
  const def = reportNamed(client, id, cadence);
  const period = periodFor(def, text, context);
  const ledger = await openLedger(context);
  try {
    const outside = {
      ...outsideOf(context, written, ledger),
      onStep: (step: string) => context.tell(steps[context.lang][step as keyof typeof steps.ko]),
    };
    const job = { client, def, period };
    if (dryRun || to) {
      const made = await makeReport(job, outside);
      if (made.problems.length) context.tell(sayProblems(made.problems, context.lang));
      const copies = await writeOut(context.roots.out, made.report, made.documents);
      if (!to) {
        context.print(`${made.documents.mail.subject}\n${copies.folder}`);
        return 0;
      }
      const [message] = await messagesFor({ agency, client, def, run: identityOf(job), ...made }, to);
      if (!message) return 1;
      const outcomes = await sendTest(
        { smtp: smtpSettings(agency, context.env), domains: agency.domains },
        { client: slug, ...message },
      );
      for (const { address, outcome, text: said } of outcomes) context.print(`${address}: ${outcome} ${said}`);
      return outcomes.every(({ outcome }) => outcome === "accepted") ? 0 : 3;
    }
    const delivery = await deliveryOf(context, agency, ledger, smtpSettings(agency, context.env));
    const { record, made, written: copies } = await runReport(job, agency, outside, delivery);
    if (made?.problems.length) context.tell(sayProblems(made.problems, context.lang));
    const state = overallState(record);
    context.print(
      [made?.documents.mail.subject, copies?.folder, `${slug} ${id} ${def.cadence} ${period.from}: ${state}`]
        .filter(Boolean)
        .join("\n"),
    );
    return state === "accepted" ? 0 : 3;
  } finally {
    ledger.close();
  }
}

/** The period asked for, or the newest complete one in the client's zone. */
export function periodFor(def: ReportDef, text: string | undefined, { clock }: Pick<Context, "clock">): Period {
  const rules = { week_starts: def.week_starts, week_label: def.week_label };
  if (text === undefined) return newestComplete(def.cadence, localDate(clock.now(), def.timezone), rules);
  const period = parsePeriod(text, def.cadence, rules);
  if (!period) throw new BogoError([problem("RUN_PERIOD_WRONG", { found: text, cadence: def.cadence })]);
  return period;
}

const steps = {
  ko: { load: "파일을 읽습니다 …", compute: "지표를 계산합니다 …", render: "문서를 만듭니다 …", send: "발송합니다 …" },
  en: { load: "Reading exports …", compute: "Computing figures …", render: "Drawing documents …", send: "Sending …" },
};
