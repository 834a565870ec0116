import type { Text } from "../../transforms/metrics.ts";
import type { Cause, Notice } from "../../transforms/notice.ts";
import { catalogue, nextStep, type ProblemCode, problem, sayProblem } from "../../transforms/problem.ts";

type Lang = keyof Text;

/** One person's mail: what lasts and the command that settles it, then what is over. Instants are UTC. */
export function writeNotices(notices: readonly Notice[], lang: Lang): { subject: string; text: string } {
  const over = notices.filter(({ ended }) => ended !== null);
  const open = notices.filter(({ ended }) => ended === null);
  const clients = [...new Set(notices.flatMap(({ client }) => client ?? []))].join(", ");
  const count = open.length > 0 ? words.open[lang](open.length) : words.over[lang](over.length);
  const parts = [
    ...open.map((each) => [saying(each, lang), `→ ${step(each, lang)}`, ...sinceOf(each, lang)].join("\n")),
    ...(over.length > 0 ? [[words.settled[lang], ...over.map((each) => overOf(each, lang))].join("\n")] : []),
  ];
  return { subject: `[bogo] ${count}${clients ? `: ${clients}` : ""}`, text: `${parts.join("\n\n")}\n` };
}

/** The same words as a page, for programs that show no plain text. */
export function pageOf(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<div style="white-space:pre-wrap;font-family:sans-serif">${escaped}</div>`;
}

// A ledger may hold codes of another version; they are told as they stand.
const known = ({ code, facts }: Cause) => (code in catalogue ? problem(code as ProblemCode, facts) : null);

/** What is so, and at which client. */
export function saying(notice: Cause, lang: Lang): string {
  const each = known(notice);
  const text = each ? sayProblem(each, lang) : `${notice.code} ${JSON.stringify(notice.facts)}`;
  return notice.client && !text.includes(notice.client) ? `${notice.client}: ${text}` : text;
}

/** What settles it. */
export function step(notice: Cause, lang: Lang): string {
  const each = known(notice);
  return each ? nextStep(each, lang) : "bogo history";
}

function sinceOf({ since, once, times }: Notice, lang: Lang): string[] {
  return once ? [] : [words.since[lang](minute(since), times)];
}

const overOf = (notice: Notice, lang: Lang): string =>
  // Of a list, its head is enough: what it named is there now.
  `- ${saying(notice, lang).split("\n")[0]} (${minute(notice.since)} – ${minute(notice.ended ?? notice.since)} UTC)`;

const minute = (instant: string): string => instant.slice(0, 16).replace("T", " ");

const words = {
  open: {
    ko: (count: number) => `확인할 일 ${count}건`,
    en: (count: number) => `${count} thing${count === 1 ? "" : "s"} to look at`,
  },
  over: { ko: (count: number) => `해결됨 ${count}건`, en: (count: number) => `${count} settled` },
  settled: { ko: "더 이상 해당하지 않는 일:", en: "No longer so:" },
  since: {
    ko: (since: string, times: number) => `${since} UTC부터${times > 0 ? ` (알림 ${times + 1}번째)` : ""}`,
    en: (since: string, times: number) => `since ${since} UTC${times > 0 ? ` (told ${times} before)` : ""}`,
  },
};
