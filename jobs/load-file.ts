import type { Client } from "../config/config.ts";
import type { SourceDef } from "../transforms/definitions.ts";
import { BogoError, type Problem, problem } from "../transforms/problem.ts";
import { sourceName } from "../transforms/source-name.ts";
import { readTables } from "./extract/read.ts";
import type { Declared, Table } from "./extract/table.ts";
import { type Reason, reasonsOf, replacesLess } from "./hold.ts";
import type { LoadOutside } from "./load.ts";
import { asBogoError } from "./unexpected.ts";
import { stage } from "./warehouse/stage.ts";
import type { ClientWarehouse } from "./warehouse/warehouse.ts";

/** One export of a client: where its bytes are kept, its name as people know it, and the source that it belongs to. */
export interface ExportFile {
  copy: string;
  sha256: string;
  name: string;
  source: SourceDef;
  client: Client;
  /** A person has looked at it, or it counted already: nothing holds it back. */
  vouched: boolean;
  /** Whether it lay unsorted, so that only what it says of itself tells whose it is. */
  dropped: boolean;
  /** When BigQuery was asked for it; null for what people brought. */
  asked: string | null;
}

/** What became of it. Where there are reasons to hold it, what they concern was not loaded. */
export interface FileOutcome {
  rows: number;
  problems: Problem[];
  reasons: Reason[];
}

/** Loads one file, all its tables or what can be read of them. */
export async function loadFile(
  file: ExportFile,
  warehouse: ClientWarehouse,
  work: string,
  outside: LoadOutside,
): Promise<FileOutcome> {
  try {
    return await loadTables(file, warehouse, work, outside);
  } catch (error) {
    // A file may turn out unreadable only while it is loaded; what the warehouse had stays.
    if (error instanceof BogoError) return { rows: 0, problems: [...error.problems], reasons: [] };
    throw asBogoError(error, { client: file.client.slug, file: file.name });
  }
}

async function loadTables(
  { copy, name, source, client, vouched, dropped, asked }: ExportFile,
  warehouse: ClientWarehouse,
  work: string,
  { formats, ledger }: LoadOutside,
): Promise<FileOutcome> {
  const read = await readTables(copy, {
    formats,
    work,
    source: { ...declaredBy(source), ...(asked !== null && { generated: asked }) },
    name,
  });
  const problems = [...read.problems];
  const whole: Table[] = [];
  for (const table of read.tables) {
    const line = table.doubts.find(({ code }) => code === "FILE_DOUBT_TORN")?.line;
    if (line === undefined) whole.push(table);
    else problems.push(problem("LOAD_CUT_OFF", { file: name, line }, { line }));
  }
  const reasons = vouched ? [] : reasonsOf(whole, { source, name, ledger, client: client.slug, dropped });
  if (reasons.length > 0) return { rows: 0, problems, reasons };

  let rows = 0;
  for (const table of whole) {
    const { account } = table;
    if (account === null) {
      problems.push(problem("LOAD_NO_ACCOUNT", { glob: sourceName(source) }));
      continue;
    }
    // What neither file nor source states is the client's own: its currency, and figures without a VAT of their own.
    const currency = table.currency ?? source.currency ?? client.currency;
    const { channel } = source;
    const extraction = { ...table, account, currency, vat: table.vat ?? source.vat, channel, file: name };
    const found: Problem[] = [];
    const loaded = await warehouse.load(
      extraction,
      async (id, into) => {
        const staged = await stage(warehouse.connection, table, { extraction: id, into });
        found.push(...staged.problems, ...staged.rejected.slice(0, explained).map(({ problem: why }) => why));
        return { rows: staged.rows, rejected: staged.rejectedTotal, skipped: { ...staged.skipped } };
      },
      vouched || source.complete ? undefined : { settled: table.settle.days },
    );
    problems.push(...found);
    if (loaded.outcome === "held") reasons.push(replacesLess(name, loaded.losses, currency));
    else rows += loaded.rows;
  }
  return { rows, problems, reasons };
}

/** How many lines that were left out are explained one by one; `bogo inspect` lists them all. */
const explained = 3;

/** A source's words as the reader takes them: what is not said is absent. */
export function declaredBy({ account, platform, currency, vat, timezone, period, channel }: SourceDef): Declared {
  const said = Object.entries({ account, platform, currency, vat, timezone, period, channel });
  return Object.fromEntries(said.filter(([, value]) => value !== null));
}
