import type { SourceDef } from "../transforms/definitions.ts";
import { metrics, type Text } from "../transforms/metrics.ts";
import { type Problem, problem, sayProblem } from "../transforms/problem.ts";
import { sourceName } from "../transforms/source-name.ts";
import { formatValue } from "../transforms/text.ts";
import type { Table } from "./extract/table.ts";
import type { Hold, Ledger } from "./ledger/ledger.ts";
import { keyOf } from "./source-key.ts";
import type { Loss } from "./warehouse/warehouse.ts";

/** One reason to hold a file back until a person has looked at it. */
export interface Reason {
  problem: Problem;
  /** What accepting the file confirms for all that come after it; null where each file is a case of its own. */
  confirms: string | null;
}

/** As much of a table as says whether a person should look at it. */
type Looked = Pick<Table, "doubts" | "verified" | "format" | "stated">;

interface About {
  source: SourceDef;
  name: string;
  client: string;
  dropped: boolean;
  ledger: Pick<Ledger, "isConfirmed">;
}

/** Why these tables of a file should be looked at before they count. */
export function reasonsOf(tables: readonly Looked[], { source, name, client, dropped, ledger }: About): Reason[] {
  const doubts = tables
    .flatMap((table) => table.doubts)
    .filter(({ code }) => !((source.complete || source.bigquery) && vouchedBySource.has(code)))
    .map((each): Reason => ({ problem: each, confirms: null }));
  const unseen = tables
    .filter(({ verified }) => !verified)
    .map(({ format }): Reason => {
      const facts = { file: name, format };
      return { problem: problem("LOAD_FORMAT_UNSEEN", facts, { file: name }), confirms: confirmsFormat(format) };
    });
  const unsaid = dropped && tables.some(({ stated }) => stated === null) ? [ownerUnsaid(name, client, source)] : [];
  const open = [...doubts, ...unseen, ...unsaid].filter(
    ({ confirms }) => confirms === null || !ledger.isConfirmed(confirms),
  );
  return [...new Map(open.map((each) => [JSON.stringify(each), each])).values()];
}

/** The subject under which a person confirms that a format reads what its platform really exports. */
export const confirmsFormat = (format: string): string => `format ${format}`;

function ownerUnsaid(file: string, client: string, source: SourceDef): Reason {
  const facts = { file, source: `${source.channel} ${sourceName(source)}` };
  return { problem: problem("LOAD_OWNER_UNSAID", facts, { file }), confirms: `unnamed ${client} ${keyOf(source)}` };
}

/**
 * `complete: true` says that an export may hold less than its days: it says nothing about a broken file. What BigQuery
 * holds of which days was asked beside the figures.
 */
const vouchedBySource: ReadonlySet<string> = new Set(["FILE_DOUBT_DAYS"]);

/** A newer file that would take figures away, with the first of them. */
export function replacesLess(file: string, losses: readonly Loss[], currency: string): Reason {
  const what = (lang: keyof Text): string => {
    const said = losses.slice(0, shown).map((loss) => tellLoss(loss, currency, lang));
    const more = losses.length - said.length;
    return [...said, ...(more > 0 ? [others[lang](more)] : [])].join("; ");
  };
  const facts = { file, what_ko: what("ko"), what_en: what("en") };
  return { problem: problem("LOAD_REPLACES_LESS", facts, { file }), confirms: null };
}

const shown = 5;
const others = {
  ko: (more: number) => `외 ${more}건`,
  en: (more: number) => `and ${more} more`,
};

function tellLoss({ kind, what, metric, before, after, from, to }: Loss, currency: string, lang: keyof Text): string {
  const unit = metrics[metric].unit === "money" ? ("money" as const) : ("count" as const);
  const print = (value: string | null) =>
    formatValue(value ?? "0", { unit, currency, decimals: 2 }, lang === "ko" ? "ko-KR" : "en-US");
  const label = metrics[metric].label[lang];
  const days = from === to ? from : `${from} – ${to}`;
  if (kind === "day") return `${what}: ${label} ${print(before)} → ${print(after)}`;
  return lang === "ko"
    ? `‘${what}’ 없음 (${days} ${label} ${print(before)})`
    : `“${what}” is gone (${label} ${print(before)} on ${days})`;
}

/** The one problem that an AE reads about a held file: why, and the command that lets it in. */
export function heldProblem({ id, path, problems }: Pick<Hold, "id" | "path" | "problems">): Problem {
  const why = (lang: keyof Text) => problems.map((each) => sayProblem(each, lang)).join(" ");
  return problem("LOAD_HELD", { file: path, hold: id, why_ko: why("ko"), why_en: why("en") }, { file: path });
}
