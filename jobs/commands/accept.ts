import type { Text } from "../../transforms/metrics.ts";
import { BogoError, problem, sayProblem } from "../../transforms/problem.ts";
import { type Context, openLedger } from "../context.ts";
import type { Hold } from "../ledger/ledger.ts";

export interface AcceptOptions {
  client?: string;
  all?: boolean;
  by?: string;
}

/** Lists the exports that wait for a person, or lets some of them in: the next run loads them. */
export async function accept(
  context: Context,
  ids: readonly number[],
  { client, all, by }: AcceptOptions,
): Promise<number> {
  const { lang, clock, print } = context;
  const ledger = await openLedger(context);
  try {
    const open = ledger.holds({ state: "open" }).filter((hold) => client === undefined || hold.client === client);
    if (ids.length === 0 && !all) {
      print([...open.map((hold) => tell(hold, lang)), words.waiting[lang](open.length)].join("\n\n"));
      return open.length > 0 ? 3 : 0;
    }
    const chosen = all ? open : open.filter(({ id }) => ids.includes(id));
    const unknown = ids.filter((id) => !chosen.some((hold) => hold.id === id));
    if (unknown.length > 0) {
      const known = open.map(({ id }) => id).join(", ") || "–";
      throw new BogoError([problem("ACCEPT_UNKNOWN", { ids: unknown.join(", "), known })]);
    }
    for (const { id } of chosen) {
      const hold = ledger.acceptHold(id, by ?? null, clock.now());
      if (hold) print(words.accepted[lang](hold));
    }
    print(words.next[lang]);
    return 0;
  } finally {
    ledger.close();
  }
}

function tell({ id, client, path, opened, problems }: Hold, lang: keyof Text): string {
  const [day, time] = [opened.slice(0, 10), opened.slice(11, 16)];
  return [
    `${id}  ${client}  ${path}  (${day} ${time} UTC)`,
    ...problems.map((each) => `     ${sayProblem(each, lang)}`),
  ].join("\n");
}

const words = {
  waiting: {
    ko: (count: number) =>
      count === 0
        ? "확인을 기다리는 파일이 없습니다."
        : `파일 ${count}개가 확인을 기다립니다. \`bogo inspect\`로 보고, 맞으면 \`bogo accept 번호\`로 승인하세요.`,
    en: (count: number) =>
      count === 0
        ? "No file waits to be accepted."
        : `${count} file${count === 1 ? " waits" : "s wait"}. Look with \`bogo inspect\`; where it is right, say \`bogo accept\` with the number.`,
  },
  accepted: {
    ko: ({ id, client, path }: Hold) => `${id}  ${client}  ${path}  승인했습니다.`,
    en: ({ id, client, path }: Hold) => `${id}  ${client}  ${path}  accepted.`,
  },
  next: {
    ko: "다음 실행 때 불러옵니다. 아무것도 발송되지 않았습니다.",
    en: "The next run loads what was accepted. Nothing was sent.",
  },
};
