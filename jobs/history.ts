import type { Text } from "../transforms/metrics.ts";
import { catalogue, nextStep, type ProblemCode, problem, sayProblem } from "../transforms/problem.ts";
import type { DeliveryState, Ledger, MessageState, Reason, RunRecord, RunState } from "./ledger/ledger.ts";
import { drawTable } from "./table.ts";

type Lang = keyof Text;

/** What was sent, waits, is held or failed, newest first, each with its reason and next step, as a table of text. */
export function history(
  ledger: Pick<Ledger, "history">,
  { client, limit, lang }: { client?: string; limit?: number; lang: Lang },
): string {
  const runs = ledger.history({ client, limit });
  return runs.length === 0 ? empty[lang] : tellRuns(runs, lang);
}

/** Runs as a table of text. A reason that several recipients in a row share stands once, below the last of them. */
export function tellRuns(runs: readonly RunRecord[], lang: Lang): string {
  const lines = runs.flatMap((run) => linesOf(run, lang));
  const [head = "", ...drawn] = drawTable([heads[lang], ...lines.map(({ cells }) => cells)]).split("\n");
  const texts = lines.map(({ run, reason }) => `${run}\n${explain(reason, lang).join("\n")}`);
  const body = drawn.flatMap((row, at) => [
    row,
    ...(texts[at] === texts[at + 1] ? [] : explain(lines[at]?.reason ?? null, lang)),
  ]);
  return [head, ...body].join("\n");
}

/** What a state is called for people. */
export function stateName(state: keyof typeof stateNames, lang: Lang): string {
  return stateNames[state][lang];
}

/** `accepted` once every delivery was taken; else the state of the one that most needs a person. */
export function overallState({
  state,
  messages,
}: Pick<RunRecord, "state" | "messages">): RunState | MessageState | DeliveryState {
  if (messages.length === 0) return state;
  if (messages.some((message) => message.state === "held")) return "held";
  const states = new Set(messages.flatMap(({ deliveries }) => deliveries.map((delivery) => delivery.state)));
  return urgency.find((each) => states.has(each)) ?? state;
}

const urgency: DeliveryState[] = [
  "failed",
  "bounced",
  "unknown",
  "handed",
  "sending",
  "queued",
  "cancelled",
  "accepted",
];

/** What each state is called for people. */
const stateNames: Record<RunState | MessageState | DeliveryState, Text> = {
  waiting: { en: "waiting", ko: "데이터 대기" },
  rendered: { en: "made", ko: "생성됨" },
  done: { en: "done", ko: "완료" },
  skipped: { en: "skipped", ko: "건너뜀" },
  held: { en: "held", ko: "보류" },
  ready: { en: "ready", ko: "준비됨" },
  queued: { en: "queued", ko: "발송 대기" },
  sending: { en: "sending", ko: "발송 중" },
  handed: { en: "handed over", ko: "응답 대기" },
  accepted: { en: "accepted", ko: "발송 완료" },
  unknown: { en: "unknown", ko: "확인 필요" },
  failed: { en: "failed", ko: "실패" },
  cancelled: { en: "cancelled", ko: "취소" },
  bounced: { en: "bounced", ko: "반송" },
};

const heads: Record<Lang, string[]> = {
  en: ["No.", "When (UTC)", "Client", "Report", "Period", "To", "State"],
  ko: ["번호", "시각 (UTC)", "클라이언트", "리포트", "기간", "받는 사람", "상태"],
};

const empty: Text = {
  en: "Nothing was sent yet. `bogo run <client> <report>` makes a report and sends it.",
  ko: "아직 보낸 리포트가 없습니다. `bogo run <client> <report>`로 리포트를 만들어 보낼 수 있습니다.",
};

interface Line {
  run: number;
  cells: string[];
  reason: Reason | null;
}

function linesOf(run: RunRecord, lang: Lang): Line[] {
  const line = (when: string, to: string, state: keyof typeof stateNames, reason: Reason | null): Line => ({
    cells: [
      String(run.id),
      when.slice(0, 16).replace("T", " "),
      run.client,
      `${run.report} ${run.cadence}${run.revision > 1 ? ` r${run.revision}` : ""}`,
      `${run.from} ~ ${run.to}`,
      to,
      stateNames[state][lang],
    ],
    run: run.id,
    reason,
  });
  if (run.messages.length === 0) return [line(run.changed, "", run.state, run.reason)];
  return run.messages.flatMap((message) =>
    message.state === "held"
      ? [line(run.changed, message.audience, "held", message.reason)]
      : message.deliveries.map(({ changed, recipient, state, reason }) =>
          line(changed, `${message.audience}: ${recipient}`, state, reason ?? message.reason),
        ),
  );
}

function explain(reason: Reason | null, lang: Lang): string[] {
  if (!reason) return [];
  // A ledger may hold codes of another version; they are shown as they stand.
  if (!(reason.code in catalogue)) return [`    ${reason.code} ${JSON.stringify(reason.facts)}`];
  const known = problem(reason.code as ProblemCode, reason.facts);
  return [`    ${sayProblem(known, lang).replaceAll("\n", "\n      ")}`, `    → ${nextStep(known, lang)}`];
}
