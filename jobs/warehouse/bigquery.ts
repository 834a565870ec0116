import { join } from "node:path";
import { literal } from "../../transforms/clean/text.ts";
import type { Access } from "../bigquery/client.ts";
import { type Head, restore, save, shapesOf } from "./bigquery/catalogue.ts";
import { dialect, factsIn } from "./bigquery/dialect.ts";
import {
  cutName,
  factsLayout,
  layoutMark,
  liveLayout,
  parquetType,
  tallyLayout,
  tallyTable,
} from "./bigquery/layout.ts";
import { connect, type Question, type Remote } from "./bigquery/remote.ts";
import { foreign, openDuckDb, statementsOf, transaction } from "./duckdb.ts";
import { type Engine, integer, type Row, type Statements } from "./engine.ts";
import { identifier } from "./facts.ts";
import { brought, coverage, files, known } from "./held.ts";
import { loadExtraction } from "./load.ts";
import { parts } from "./parts.ts";
import { rows } from "./rows.ts";
import { columnsOf, createFactsTable, factsTable, type Shape } from "./store.ts";
import { sums } from "./sums.ts";
import { tidy } from "./tidy.ts";
import { trace } from "./trace.ts";
import type { ClientWarehouse, Extraction, Fill, Guard, Loaded } from "./warehouse.ts";

export interface BigQueryOptions {
  access: Access;
  /** Folders whose files may be read while they are cleaned. */
  read: readonly string[];
  /** Where files are written that are sent on. */
  work: string;
  /** Starts from nothing beside what is there, until `switchOver`. */
  anew?: boolean;
}

/** A warehouse in BigQuery: a data set per client. One process opens it at a time. */
export interface BigQueryWarehouse extends ClientWarehouse {
  /** Whether nothing was ever loaded into it. */
  isNew: boolean;
  /** Lets what was loaded anew count from now on, in one step, and takes the old facts away. */
  switchOver(): Promise<void>;
  /** Takes away what was loaded anew. */
  abandon(): Promise<void>;
  /** What its questions were billed for so far, in bytes. */
  billed(): number;
}

/**
 * Files are cleaned by DuckDB in memory and loaded as Parquet; questions about figures are answered by BigQuery. The
 * catalogue (what is loaded, who owns which day) is read when the warehouse is opened, kept in memory, and replaced as
 * a whole by each load, which is the one step that makes the load count.
 */
export async function openBigQuery({ access, read, work, anew = false }: BigQueryOptions): Promise<BigQueryWarehouse> {
  const remote = await connect(access);
  const cleaner = await openDuckDb(":memory:", { read: [...read, work] });
  try {
    const catalogue = statementsOf(cleaner.connection);
    const live = await remote.read("live");
    const before = live ? await restore(anew ? nowhere : catalogue, live) : null;
    if (before && before.client !== access.client) throw foreign(before.client, access.client);
    const head = before && !anew ? before : { client: access.client, facts: newTable(), mark: "" };
    if (before && !anew && head.mark !== layoutMark) await remote.ensure(head.facts, factsLayout);
    for (const shape of await shapesOf(catalogue)) await catalogue.run(createFactsTable(shape));

    const publish = async (table: string) => {
      const file = await save(catalogue, head, work);
      const job = `bogo-${access.client}-${table}-${file.sha256.slice(0, 32)}`;
      await remote.load(table, file.path, { job, replace: true, rows: file.rows });
    };
    const own = anew ? `live_${head.facts}` : "live";
    let isThere = before !== null && !anew;
    /** Tables are made with the first load: whoever only looks leaves nothing behind. */
    const prepare = async () => {
      if (isThere) return;
      await remote.ensure(head.facts, factsLayout);
      await remote.ensure(tallyTable(head.facts), tallyLayout);
      for (const table of new Set(["live", own])) await remote.ensure(table, liveLayout);
      isThere = true;
    };
    const engine = engineOver(remote, catalogue, { access, head, own, work, prepare, publish: () => publish(own) });
    let last: Promise<unknown> = Promise.resolve();
    return {
      owner: head.client,
      connection: cleaner.connection,
      isNew: before === null,
      load(extraction: Extraction, fill: Fill, guard?: Guard): Promise<Loaded> {
        const mine = last.then(() => loadExtraction(engine, extraction, fill, guard));
        last = mine.catch(() => undefined);
        return mine;
      },
      sums: (ask) => sums(engine, ask),
      parts: (ask) => parts(engine, ask),
      trace: (ask) => trace(engine, ask),
      coverage: (ask) => coverage(engine, ask),
      files: (ask) => files(engine, ask),
      brought: () => brought(engine),
      rows: (ask) => rows(engine, ask),
      tidy: (ask) => tidy(engine, ask),
      known: () => known(engine),
      async switchOver() {
        await prepare();
        await publish("live");
        const old = before && before.facts !== head.facts ? [before.facts, tallyTable(before.facts)] : [];
        for (const table of own === "live" ? old : [...old, own]) await remote.discard(table);
      },
      async abandon() {
        for (const table of anew ? [head.facts, tallyTable(head.facts), own] : []) await remote.discard(table);
      },
      billed: () => remote.billed(),
      async close() {
        await last;
        await cleaner.close();
      },
    };
  } catch (error) {
    await cleaner.close();
    throw error;
  }
}

const nowhere: Statements = { run: async () => {}, all: async () => [] };

/** A name that no table has had before, since jobs of the same name would be taken for done. */
const newTable = (): string => `facts_${crypto.randomUUID().slice(0, 8)}`;

interface Place {
  access: Access;
  head: Head;
  /** The table that the catalogue is kept in. */
  own: string;
  work: string;
  /** Makes sure that the tables are there. */
  prepare(): Promise<void>;
  /** Makes the catalogue count as it is. */
  publish(): Promise<void>;
}

function engineOver(remote: Remote, memory: Statements, { access, head, own, work, prepare, publish }: Place): Engine {
  const { facts } = head;
  const shapes = new Map<number, Shape>();
  let changed = false;
  let filled = 0;
  let drops: Question[] = [];
  const name = (what: string) => `bogo-${access.client}-${facts}-${what}`;
  const catalogue: Statements = {
    async run(sql, values) {
      changed = true;
      await memory.run(sql, values);
    },
    all: memory.all,
  };
  /** Appends the rows of an extraction to a table. Rows under its number are of a load that never came to count. */
  async function append(table: string, extraction: number, path: string, rows: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const job = `bogo-${access.client}-${table}-load-${extraction}${attempt === 1 ? "" : `-again-${attempt}`}`;
      if ((await remote.load(table, path, { job, replace: false, rows })) === "now") return;
      const leftover = { sql: `DELETE FROM ${table} WHERE extraction = ?`, values: [extraction] };
      await remote.remove(leftover, name(`clear-${crypto.randomUUID()}`));
    }
  }

  async function publishTally(): Promise<void> {
    const [found] = await memory.all("SELECT MAX(extraction) AS extraction, COUNT(*) AS n FROM tally");
    const rows = integer(found?.n);
    if (rows === 0) return;
    const path = join(work, "tally.parquet");
    await memory.run(`COPY (SELECT * FROM tally ORDER BY ALL) TO ${literal(path)} (FORMAT parquet)`);
    await append(tallyTable(facts), integer(found?.extraction), path, rows);
    await memory.run("DELETE FROM tally");
  }

  return {
    dialect,
    catalogue,
    extractions: `(SELECT id, stream, as_of, newness FROM ${own} WHERE record = 'extraction')`,
    tally: tallyTable(facts),
    async addStream(shape) {
      await memory.run(createFactsTable(shape));
    },
    table: factsTable,
    stored: () => facts,
    facts: (of, dims, ids, within) => factsIn(facts, of, dims, ids, within),
    async all(sql, values = []) {
      const found: Row[] = [];
      for await (const row of remote.query({ sql, values })) found.push(row);
      return found;
    },
    stream: (sql, values = []) => remote.query({ sql, values }),
    async transaction(work, keeps) {
      [changed, filled, drops] = [false, 0, []];
      const all = async () => {
        const result = await work();
        if (keeps(result) && changed) {
          await prepare();
          await publishTally();
          await publish();
        }
        return result;
      };
      const result = await transaction(memory, all, keeps);
      if (filled > 0) await memory.run(`DELETE FROM ${factsTable(filled)}`);
      if (keeps(result)) for (const drop of drops) await remote.remove(drop, name(`drop-${crypto.randomUUID()}`));
      return result;
    },
    async publish(stream, extraction) {
      filled = stream;
      const shape = shapes.get(stream) ?? (await shapesOf(memory)).find((each) => each.stream === stream);
      if (!shape) throw new Error(`no stream ${stream}`);
      shapes.set(stream, shape);
      await prepare();
      const path = join(work, "facts.parquet");
      const rows = await exportFacts(memory, shape, extraction, path);
      await append(facts, extraction, path, rows);
    },
    async drop(sql, values) {
      drops.push({ sql, values });
    },
  };
}

/** Writes the rows of an extraction into a Parquet file with the types and columns of BigQuery's table. */
async function exportFacts(memory: Statements, shape: Shape, extraction: number, path: string): Promise<number> {
  if (shape.platform === undefined) throw new Error(`stream ${shape.stream} has no platform`);
  const cells = columnsOf(shape).map(({ name }) => {
    const type = parquetType(name);
    return type ? `CAST(${identifier(name)} AS ${type}) AS ${identifier(name)}` : identifier(name);
  });
  const named = `${literal(shape.platform)} AS platform, ${literal(cutName(shape.cut))} AS cut`;
  const from = `${factsTable(shape.stream)} WHERE extraction = ${Math.trunc(extraction)}`;
  await memory.run(`COPY (SELECT ${cells.join(", ")}, ${named} FROM ${from}) TO ${literal(path)} (FORMAT parquet)`);
  const [found] = await memory.all(`SELECT COUNT(*) AS n FROM ${from}`);
  return integer(found?.n);
}
