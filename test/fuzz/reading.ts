import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { readTables } from "../../jobs/extract/read.ts";
import { openScratch } from "../../jobs/warehouse/scratch.ts";
import { stage } from "../../jobs/warehouse/stage.ts";

/** What the program says became of a file's lines. */
export interface Reading {
  encoding: string | null;
  formats: string[];
  /** Codes of all problems. */
  problems: string[];
  /** The lines whose rows are facts. */
  accepted: number[];
  rejected: { line: number; text: string; code: string; found: string }[];
  skipped: number;
}

export type Reader = (path: string) => Promise<Reading>;

/** The real reading and cleaning, into a database in memory that is emptied in between. */
export async function openReader(): Promise<{ read: Reader; work: string; close: () => void }> {
  const { formats } = await formatsOf(projectConfig);
  const work = mkdtempSync(join(tmpdir(), "bogo-fuzz-"));
  let scratch = await openDatabase();
  let files = 0;
  const read: Reader = async (path) => {
    files += 1;
    // A database that lives on keeps a little of each file, and a real run reads hundreds of them, not thousands.
    if (files % filesEach === 0) {
      scratch.close();
      scratch = await openDatabase();
    }
    const db = scratch.connection;
    const { tables, problems, encoding } = await readTables(path, { formats, work: join(work, "tables") });
    const accepted = new Set<number>();
    const rejected: Reading["rejected"] = [];
    let skipped = 0;
    const codes = problems.map(({ code }) => code as string);
    for (const [extraction, table] of tables.entries()) {
      const staged = await stage(db, table, { extraction, into: "facts" });
      const rows = await db.runAndReadAll(`SELECT DISTINCT line FROM facts WHERE extraction = ${extraction}`);
      for (const { line } of rows.getRowObjectsJson()) accepted.add(Number(line));
      for (const { line, text, problem } of staged.rejected)
        rejected.push({ line, text, code: problem.code, found: problem.facts.found ?? "" });
      skipped += Object.values(staged.skipped).reduce((sum, each) => sum + each, 0);
      codes.push(...staged.problems.map(({ code }) => code), ...table.doubts.map(({ code }) => code));
    }
    if (tables.length > 0) await db.run("TRUNCATE facts");
    rmSync(join(work, "tables"), { recursive: true, force: true });
    return {
      encoding,
      formats: [...new Set(tables.map(({ format }) => format))],
      problems: [...new Set(codes)],
      accepted: [...accepted].sort((a, b) => a - b),
      rejected,
      skipped,
    };
  };
  const close = () => {
    scratch.close();
    rmSync(work, { recursive: true, force: true });
  };
  return { read, work, close };
}

const filesEach = 100;

/** As a production load of small files has it; and memory is measured. */
async function openDatabase() {
  const scratch = await openScratch();
  await scratch.connection.run("SET threads = 1; SET memory_limit = '100MB'");
  return scratch;
}
