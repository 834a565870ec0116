import { sameAccount } from "../../transforms/account.ts";
import { readFactDay } from "../../transforms/clean/date.ts";
import { cellCurrency, isCurrency } from "../../transforms/clean/text.ts";
import { columnsOf, type TableColumn } from "../../transforms/format/columns.ts";
import type { Format } from "../../transforms/format/format.ts";
import { type CleaningPlan, planTable } from "../../transforms/format/plan.ts";
import { declaredPeriod, filtersOf } from "../../transforms/format/recognise.ts";
import { dayIn } from "../../transforms/format/row.ts";
import { isDropped, isTotals, type Reject, type Sheet, type Skipped } from "../../transforms/format/sheet.ts";
import { type ChannelId, type DimensionId, metrics, type PlatformId } from "../../transforms/metrics.ts";
import { type Problem, problem } from "../../transforms/problem.ts";
import type { Extraction } from "../warehouse/warehouse.ts";
import type { Encoding } from "./decode.ts";
import { doubtsOf } from "./doubts.ts";

/** What a client's YAML says about a source of files. */
export interface Declared {
  account?: string;
  platform?: PlatformId;
  currency?: string;
  vat?: "included" | "excluded";
  timezone?: string;
  period?: { from: string; to: string };
  channel?: ChannelId;
  /** When it was made, where nobody but the program that asked for it knows. */
  generated?: string;
}

/** How the engine reads a table's rows. */
export interface Source {
  path: string;
  delimiter: string;
  /** Physical lines before the first row. */
  skip: number;
  width: number;
  /** Whether the first cell is the physical line. */
  numbered: boolean;
  /** For files read as they are: how many lines hold something, counted apart from the engine. */
  lines: number | null;
  /** For the same files: the cells of the last lines, where exports put their totals. */
  tail: readonly (readonly string[])[];
}

/** One table of a file: all that its extraction needs, and how its rows become facts. */
export interface Table extends Omit<Extraction, "account"> {
  account: string | null;
  /** The account as the file itself states it. */
  stated: string | null;
  level: DimensionId | "account";
  verified: boolean;
  encoding: Encoding;
  /** The member of a zip or the sheet of a workbook that it is; null where the file is the table. */
  part: TablePart | null;
  /** What each column of the file became. */
  columns: readonly TableColumn[];
  /** Whose days they are, in the platform's words or the source's; null where nobody says. */
  timezone: string | null;
  /** The attribution window that a header states. */
  window: string | null;
  settle: Format["settle"];
  /** Lines that were no rows already when the file was cut. */
  skipped: Skipped;
  rejected: Reject[];
  source: Source;
  plan: CleaningPlan;
  /** The first and last day on its rows; null where rows have none, or where only the head of a large file was read. */
  span: { from: string; to: string } | null;
  /** Why it may be less than the platform made: such a table is loaded only when a person says so. */
  doubts: readonly Problem[];
  /** Reads the file again the careful way, where the engine's own reading did not add up. */
  careful: (() => Promise<Table | null>) | null;
}

export interface TablePart {
  of: "zip" | "workbook";
  name: string;
}

export interface Making {
  file: string;
  sha256: string;
  declared: Declared;
  table: number;
  encoding: Encoding;
  part: TablePart | null;
  /** The whole text, for whether it ends as it should. */
  text: string;
  /** Days taken from a sibling where the table's own range is relative. */
  fallback: { from: string; to: string } | null;
  path: string;
  /** Whether the sheet holds the first rows only. */
  head?: boolean;
}

/** Settles what a sheet is: its account, currency, days, kind and plan; or the problems that keep it out. */
export function tableOf(sheet: Sheet, making: Making): { table: Table | null; problems: Problem[] } {
  const { header, facts } = sheet;
  const { format, matches } = header;
  const { file, declared } = making;
  const place = { file };
  const problems: Problem[] = [];
  const fail = (found: Problem) => {
    problems.push(found);
  };

  const stated = accountOf(sheet);
  if (stated && declared.account && !sameAccount(stated, declared.account)) {
    fail(problem("FILE_ACCOUNT_DIFFERS", { file, found: stated, declared: declared.account }, place));
  }
  const currencies = currenciesOf(sheet);
  if (currencies.length > 1) fail(problem("FILE_CURRENCIES", { file, found: currencies.join(", ") }, place));
  const currency = currencies[0] ?? null;
  if (currency && declared.currency && currency !== declared.currency) {
    fail(problem("FILE_CURRENCY_DIFFERS", { file, found: currency, declared: declared.currency }, place));
  }
  const window = typeof sheet.window === "object" ? sheet.window : null;
  const said = window ?? declaredPeriod(facts, format.dates);
  // Rows with a day tell their days themselves; only rows without one need somebody else's word.
  const hasDay = sheet.window === "day" || matches.some(({ column }) => column.is === "day");
  const period = said ?? (hasDay ? null : (making.fallback ?? declared.period ?? null));
  const plan = planTable(header, {
    width: sheet.width,
    from: period?.from ?? null,
    currency: matches.some(({ column }) => column.is === "currency") ? currency : null,
    account: matches.some(({ column }) => column.is === "account") ? rawAccount(sheet) : null,
    fromIsDay: sheet.window === "day",
    alone: format.alone.filter((id) => isAlone(id, sheet)),
  });
  if (plan.kind === "window" && !period) fail(problem("FILE_PERIOD_UNKNOWN", { file }, place));
  if (problems.length > 0) return { table: null, problems };

  const unknown = header.unknown.map(({ name }) => name);
  if (unknown.length > 0)
    problems.push(
      problem("FILE_COLUMNS_UNKNOWN", { file, columns: unknown.join(", "), platform: format.platform }, place),
    );
  if (facts.incomplete) problems.push(problem("FILE_INCOMPLETE", { file }, place));
  const span = making.head ? null : spanOf(sheet);
  const generatedAt = facts.generated ? instant(facts.generated) : (declared.generated ?? null);
  const filters = filtersOf(facts);
  const money = plan.metrics.some((id) => metrics[id].unit === "money");
  const vat =
    matches.find(({ column }) => column.vat)?.column.vat ?? declared.vat ?? (format.set.vat as Table["vat"]) ?? null;
  const table: Table = {
    channel: declared.channel ?? format.channel,
    platform: format.platform,
    stated: stated ?? format.set.account ?? null,
    account: declared.account ?? stated ?? format.set.account ?? null,
    format: format.id,
    cut: plan.cut,
    metrics: plan.metrics,
    filters,
    kind: plan.kind,
    rank: Object.keys(filters).length > 0 ? null : rankOf(format, plan.cut),
    currency: currency ?? declared.currency ?? (money ? (format.set.currency ?? null) : null),
    vat: money ? vat : null,
    declared: period,
    generatedAt,
    sha256: making.sha256,
    file,
    table: making.table,
    level: levelOf(plan.cut),
    verified: format.verified,
    encoding: making.encoding,
    timezone: format.set.timezone ?? facts.timezone ?? declared.timezone ?? null,
    window: matches.find(({ column }) => column.window)?.column.window ?? null,
    part: making.part,
    columns: columnsOf(sheet.written, plan),
    settle: format.settle,
    skipped: sheet.skipped,
    rejected: sheet.rejected,
    source: { path: making.path, delimiter: ",", skip: 0, width: sheet.width, numbered: true, lines: null, tail: [] },
    plan: sheet.strict ? { ...plan, hasId: true } : plan,
    span,
    doubts: doubtsOf(sheet, { file, text: making.text, kind: plan.kind, declared: said, span, generatedAt }),
    careful: null,
  };
  return { table, problems };
}

/** The first and last day that stand on the rows of a sheet. */
export function spanOf({ header, rows, window }: Sheet): { from: string; to: string } | null {
  const day = header.matches.find(({ column }) => column.is === (window === "day" ? "from" : "day"));
  if (!day) return null;
  const texts = new Set(rows.map(({ cells }) => cells[day.index] ?? ""));
  const days = [...texts].map((text) => dayIn(text, day, header.format));
  const known = days.filter((each) => each !== null).toSorted();
  const [from, to] = [known[0], known.at(-1)];
  return from && to ? { from, to } : null;
}

/** The place of a cut among its platform's, by the weights of its format; null where one of them rules it out. */
function rankOf({ rank }: Format, cut: readonly DimensionId[]): number | null {
  if (!rank) return null;
  let sum = rank.base;
  for (const id of cut) {
    const weight = rank[id];
    if (weight === null) return null;
    sum += weight ?? 100;
  }
  return sum;
}

/** Whether all rows hold the same value of a dimension, so that it divides nothing and adding them counts nothing twice. */
function isAlone(id: DimensionId, { header, rows }: Sheet): boolean {
  const index = header.matches.find(({ column }) => column.is === id)?.index;
  if (index === undefined) return false;
  const ours = rows.filter(({ cells }) => !isTotals(cells, header) && !isDropped(cells, header));
  return new Set(ours.map(({ cells }) => (cells[index] ?? "").trim())).size <= 1;
}

/** From the coarsest to the finest; the last that a cut holds is its level. */
const levels: readonly DimensionId[] = [
  "campaign",
  "ad_group",
  "ad",
  "keyword",
  "search_term",
  "query",
  "page",
  "post",
  "email",
];

function levelOf(cut: readonly DimensionId[]): Table["level"] {
  return levels.findLast((id) => cut.includes(id)) ?? "account";
}

function accountOf(sheet: Sheet): string | null {
  return rawAccount(sheet) ?? sheet.facts.account ?? null;
}

/** What most rows say; one line that was tampered with speaks for no other. */
function rawAccount({ header, rows }: Sheet): string | null {
  const match = header.matches.find(({ column }) => column.is === "account");
  if (!match) return null;
  const counts = new Map<string, number>();
  for (const { cells } of rows) {
    const text = (cells[match.index] ?? "").trim();
    if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? null;
}

/**
 * Every currency that the table names: in its headers, its currency column, its cells' signs, its facts. A text in the
 * column that is no currency is left to its row.
 */
function currenciesOf({ header, rows, facts }: Sheet): string[] {
  const found = new Set<string>();
  if (facts.currency) found.add(facts.currency);
  for (const { column, index, currency } of header.matches) {
    if (currency) found.add(currency);
    if (column.is === "currency") {
      for (const { cells } of rows) {
        const text = (cells[index] ?? "").trim();
        if (isCurrency(text)) found.add(text);
      }
    }
    if (!(column.is in metrics) || metrics[column.is as keyof typeof metrics].unit !== "money") continue;
    for (const { cells } of rows) {
      const sign = cellCurrency(cells[index] ?? "");
      if (sign) found.add(sign);
    }
  }
  const set = header.format.set.currency;
  if (found.size === 0 && set) found.add(set);
  return [...found];
}

/** A time of generation as ISO: a day, or what the file states where that is an instant already. */
function instant(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}T/u.test(text) ? text : readFactDay(text);
}
