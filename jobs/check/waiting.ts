import type { Client } from "../../config/config.ts";
import type { Text } from "../../transforms/metrics.ts";
import { type Problem, problem, sayProblem } from "../../transforms/problem.ts";
import { heldProblem, type Reason, reasonsOf } from "../hold.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { keyOf } from "../source-key.ts";
import type { SurveyedSource } from "./sources.ts";

export interface Waiting {
  /** What persons have accepted and confirmed; null where nothing ever ran. */
  ledger: Pick<Ledger, "isConfirmed" | "holdOf"> | null;
  inbox: string;
}

/** Files that wait for a person, and those that will once they are loaded: one line for what one answer settles. */
export function waiting(
  { source, files, dropped }: SurveyedSource,
  { slug }: Client,
  { ledger }: Pick<Waiting, "ledger">,
): Problem[] {
  const known = ledger ?? { isConfirmed: () => false, holdOf: () => null };
  const open: Problem[] = [];
  const coming = new Map<string, { reason: Reason; files: string[] }>();
  for (const { file, path, sha256, tables } of files) {
    const hold = known.holdOf(slug, sha256, keyOf(source));
    if (hold?.state === "open") open.push({ ...heldProblem(hold), client: slug, file });
    if (hold && hold.state !== "gone") continue;
    const looked = tables.map((table) => ({ ...table, stated: table.account }));
    const about = { source, name: file, client: slug, dropped: dropped.has(path), ledger: known };
    for (const reason of reasonsOf(looked, about)) {
      const settledBy = reason.confirms ?? `${file} ${reason.problem.code}`;
      const same = coming.get(settledBy) ?? { reason, files: [] };
      same.files.push(file);
      coming.set(settledBy, same);
    }
  }
  return [...open, ...[...coming.values()].map((each) => willWait(each, slug))];
}

function willWait({ reason, files }: { reason: Reason; files: string[] }, client: string): Problem {
  const [file = "", ...others] = files;
  const why = (lang: keyof Text) => sayProblem(reason.problem, lang);
  const more = (lang: keyof Text) => (others.length > 0 ? words.more[lang](others.length) : "");
  const facts = {
    client,
    why_ko: why("ko"),
    why_en: why("en"),
    files_ko: file + more("ko"),
    files_en: file + more("en"),
  };
  return problem("CHECK_WILL_WAIT", facts, { client, file });
}

const words = {
  more: { ko: (count: number) => ` 외 ${count}개`, en: (count: number) => ` and ${count} more` },
};
