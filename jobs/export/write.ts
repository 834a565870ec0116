import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../../config/config.ts";
import { type MetricId, metricIds, metrics } from "../../transforms/metrics.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import { hashOf } from "../archive.ts";
import { writeParquet } from "../warehouse/parquet.ts";
import type { Bringer, RawRow, Warehouse } from "../warehouse/warehouse.ts";
import { openCsv } from "./csv.ts";
import { columnsOf, isAdditive, type TidyTable, tableName, tablesOf } from "./tables.ts";

/** Whose figures, and which of them: an account that the config no longer has is nobody's. */
export interface Owner extends Pick<Client, "slug" | "channels"> {
  sources: readonly Bringer[];
}

/** One file of the extract, as `export.json` lists it. */
export interface ExportedFile {
  file: string;
  rows: number;
  from: string | null;
  to: string | null;
  sha256: string;
}

/**
 * Writes a client's live figures as tidy tables, each as CSV and as Parquet, with a dictionary of the columns and a list
 * of the files. Files get their names only when all are whole; those of an earlier extract that are no more go.
 *
 * A folder that holds another client's extract is refused.
 */
export async function writeExport(
  client: Owner,
  warehouse: Warehouse,
  folder: string,
  { work, madeAt }: { work: string; madeAt: string },
): Promise<ExportedFile[]> {
  const before = await listed(folder);
  if (before && before.client !== client.slug)
    throw new BogoError([problem("EXPORT_FOREIGN", { folder, owner: before.client, client: client.slug })]);
  const made: ExportedFile[] = [];
  const tables = await tablesHeld(client, warehouse);
  for (const table of tables) made.push(...(await writeTable(table, client, warehouse, work)));
  await writeFile(join(work, dictionary), columnTable(tables));
  const files = made.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  await writeFile(join(work, list), `${JSON.stringify({ client: client.slug, made_at: madeAt, files }, null, 2)}\n`);
  await mkdir(folder, { recursive: true });
  for (const { file } of files) await moveTo(join(work, file), join(folder, file));
  for (const name of [dictionary, list]) await moveTo(join(work, name), join(folder, name));
  const kept = new Set(files.map(({ file }) => file));
  for (const { file } of before?.files ?? [])
    if (!kept.has(file) && isOurs(file)) await rm(join(folder, file), { force: true });
  return files;
}

const list = "export.json";
const dictionary = "columns.csv";

/** All days that a calendar can name: what is asked of the warehouse is everything that is live. */
const always = { from: "0001-01-01", to: "9999-12-31" };

async function tablesHeld({ channels, sources }: Owner, warehouse: Warehouse): Promise<TidyTable[]> {
  const tables = [];
  for (const channel of channels)
    tables.push(...tablesOf(channel, await warehouse.coverage({ ...always, channels: [channel], sources })));
  return tables;
}

async function writeTable(
  table: TidyTable,
  { sources }: Owner,
  warehouse: Warehouse,
  work: string,
): Promise<ExportedFile[]> {
  const name = tableName(table);
  const parts = [];
  for (const [additive, suffix] of [
    [true, ""],
    [false, ".not-additive"],
  ] as const) {
    const columns = columnsOf(table, additive);
    if (columns.length > 0) parts.push(await openPart(work, `${name}${suffix}`, columns));
  }
  for await (const row of rowsOf(table, sources, warehouse)) for (const part of parts) await part.write(row);
  const made = [];
  for (const part of parts) made.push(...(await part.finish()));
  return made;
}

/** One table's two files, CSV for people and Parquet; a row without any of its figures is no part of it. */
async function openPart(work: string, name: string, columns: readonly string[]) {
  const figures = columns.filter((column) => Object.hasOwn(metrics, column));
  const base = join(work, name);
  const people = await openCsv(`${base}.csv`, columns, { safe: true });
  const machine = await openCsv(`${base}.raw`, columns, { safe: false });
  const span = { rows: 0, from: null as string | null, to: null as string | null };
  return {
    async write(row: RawRow): Promise<void> {
      if (figures.every((column) => (row[column] ?? null) === null)) return;
      const cells = columns.map((column) => row[column] ?? null);
      await people.write(cells);
      await machine.write(cells);
      span.rows++;
      const [from, to] = [row.day ?? row.from ?? null, row.day ?? row.to ?? null];
      if (from !== null && (span.from === null || from < span.from)) span.from = from;
      if (to !== null && (span.to === null || to > span.to)) span.to = to;
    },
    async finish(): Promise<ExportedFile[]> {
      await people.close();
      await machine.close();
      if (span.rows === 0) return [];
      await writeParquet(`${base}.raw`, `${base}.parquet`, columns);
      const made = [];
      for (const ending of ["csv", "parquet"])
        made.push({ file: `${name}.${ending}`, ...span, sha256: await hashOf(`${base}.${ending}`) });
      return made;
    },
  };
}

async function* rowsOf(
  { channel, kind, cut, ranges }: TidyTable,
  sources: readonly Bringer[],
  warehouse: Warehouse,
): AsyncIterable<RawRow> {
  for (const range of ranges) yield* warehouse.tidy({ ...range, kind, cut, channels: [channel], sources });
}

/** What each column of figures means and how it may be summed, so that the tables explain themselves. */
function columnTable(tables: readonly TidyTable[]): string {
  const ids = metricIds.filter((id) => tables.some((table) => table.metrics.has(id)));
  const adds = (id: MetricId) => (isAdditive(id) ? "sum" : metrics[id].over === "last" ? "last value" : "do not add");
  const lines = ids.map((id) => [id, metrics[id].label.ko, metrics[id].label.en, metrics[id].unit, adds(id)].join(","));
  return `\uFEFF${["column,label_ko,label_en,unit,over_rows", ...lines].join("\r\n")}\r\n`;
}

async function listed(folder: string): Promise<{ client: string; files: { file: string }[] } | null> {
  const text = await readFile(join(folder, list), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    const said = JSON.parse(text);
    return typeof said.client === "string" && Array.isArray(said.files) ? said : null;
  } catch {
    return null;
  }
}

/** Only a plain name of an export's kind is ever removed, whatever the list says. */
const isOurs = (file: unknown): file is string => typeof file === "string" && /^[\w.-]+\.(csv|parquet)$/.test(file);

/** The work folder may lie on another disk, where a rename is a copy. */
async function moveTo(from: string, to: string): Promise<void> {
  const beside = `${to}.part`;
  await copyFile(from, beside);
  await rename(beside, to);
}
