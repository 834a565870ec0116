import { BogoError } from "../../transforms/problem.ts";
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
import { checkRecipients, sendTest } from "../deliver/deliver.ts";
import { dkimKey, smtpSettings } from "../deliver/settings.ts";
import { overallState, stateName, tellRuns } from "../history.ts";
import { keepAccepted } from "../kept.ts";
import { causesOf } from "../notice/causes.ts";
import { tellCauses } from "../notice/tell.ts";
import { writeOut } from "../out.ts";
import { periodFor } from "../period-for.ts";
import { sayProblems } from "../problems.ts";
import { identityOf, makeReport, runReport } from "../report.ts";
import { restoredProblem } from "../restored.ts";
import { nextRevision } from "../revision.ts";
import { messagesFor } from "../send.ts";

export interface RunOptions {
  cadence?: string;
  period?: string;
  dryRun?: boolean;
  to?: string;
  correct?: boolean;
}

/** Makes one report now and sends it; a dry run or a test send leaves the real one as not sent. */
export async function run(
  context: Context,
  slug: string,
  id: string,
  { cadence, period: text, dryRun, to, correct }: RunOptions,
): Promise<number> {
  const written = await readConfig(context);
  const agency = agencyOf(written);
  const client = clientNamed(written, slug);
  const def = reportNamed(client, id, cadence);
  const period = periodFor(def, text, context);
  keepAccepted(context.roots.state, written.config.accepted, context.clock.now());
  const { lang } = context;
  if (to) checkRecipients(slug, [to], agency.domains);
  const ledger = await openLedger(context);
  try {
    const outside = {
      ...outsideOf(context, written, ledger),
      onStep: (step: string) => context.tell(steps[lang][step as keyof typeof steps.ko]),
    };
    const job = { client, def, period };
    if (dryRun || to) {
      const first = { identity: identityOf(job), sent: null };
      const revision = correct ? nextRevision(ledger, first.identity) : first;
      const made = await makeReport(job, outside, revision);
      if (made.problems.length) context.tell(sayProblems(made.problems, context.lang));
      const copies = await writeOut(context.roots.out, made.report, made.documents);
      if (!to) {
        context.print(`${made.documents.mail.subject}\n${copies.folder}\n${words.dry[lang]}`);
        return 0;
      }
      const [message] = await messagesFor(
        { agency, ...job, run: revision.identity, ...made, folder: copies.folder, dkim: dkimKey(agency, context.env) },
        to,
      );
      if (!message) return 1;
      const outcomes = await sendTest(
        { smtp: smtpSettings(agency, context.env), domains: agency.domains },
        { client: slug, ...message },
      );
      for (const { address, outcome, text: said } of outcomes) context.print(`${address}: ${outcome} (${said})`);
      context.print(words.test[lang]);
      return outcomes.every(({ outcome }) => outcome === "accepted") ? 0 : 3;
    }
    // A report that went out after the backup would go out twice, whoever starts it.
    const restored = ledger.restored(context.clock.now());
    if (restored) throw new BogoError([restoredProblem(restored)]);
    const delivery = await deliveryOf(context, agency, ledger, smtpSettings(agency, context.env));
    let tried = 0;
    const onResult = (): void => void tried++;
    const {
      record,
      made,
      written: copies,
    } = await runReport(job, agency, outside, { ...delivery, onResult }, { correct });
    if (made?.problems.length) context.tell(sayProblems(made.problems, lang));
    const state = overallState(record);
    const name = `${slug} ${id} ${def.cadence} ${period.from} ~ ${period.to}: ${stateName(state, lang)}`;
    context.print([made?.documents.mail.subject, copies?.folder, name].filter(Boolean).join("\n"));
    if (tried === 0) context.print(words.before[lang]);
    const remark = record.messages.some(({ reason }) => reason !== null);
    if (state !== "accepted" || remark) context.tell(tellRuns([record], lang));
    const others = tellCauses(causesOf(ledger, written.config, context.clock.now()), slug, { record, made }, lang);
    if (others) context.tell(others);
    return state === "accepted" ? 0 : 3;
  } finally {
    ledger.close();
  }
}

const words = {
  dry: { ko: "시험 실행입니다. 아무것도 발송하지 않았습니다.", en: "A dry run: nothing was sent." },
  test: {
    ko: "시험 발송입니다. 실제 리포트는 아직 발송되지 않은 상태입니다.",
    en: "A test send: the real report still counts as not sent.",
  },
  before: {
    ko: "이 리포트는 전에 처리되어 이번에는 아무것도 발송하지 않았습니다.",
    en: "This report was dealt with before: nothing was sent now.",
  },
};

const steps = {
  ko: { load: "파일을 읽습니다 …", compute: "지표를 계산합니다 …", render: "문서를 만듭니다 …", send: "발송합니다 …" },
  en: { load: "Reading exports …", compute: "Computing figures …", render: "Drawing documents …", send: "Sending …" },
};
