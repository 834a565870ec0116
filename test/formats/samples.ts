import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Big from "big.js";
import { afterAll, beforeAll } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { inspect } from "../../jobs/extract/inspect.ts";
import { readTables } from "../../jobs/extract/read.ts";
import type { Declared } from "../../jobs/extract/table.ts";
import { cutOf } from "../../jobs/warehouse/combine.ts";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { openScratch } from "../../jobs/warehouse/scratch.ts";
import { stage } from "../../jobs/warehouse/stage.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import type { ChannelId, MetricId } from "../../transforms/metrics.ts";

/** What stands beside a sample: worked out from the figures as they were written down, never from the program. */
interface Expected {
  /** Of the headers, as a BCP 47 tag. */
  language: string;
  /** Lines of the file; a quoted line break belongs to its record. */
  lines: number;
  /** What a client's YAML would say of it, where the file itself does not. */
  source?: Declared;
  /** The format that refuses the whole file. */
  refuses?: string;
  tables: ExpectedTable[];
  problems: string[];
}

interface ExpectedTable {
  format: string;
  rows: number;
  rejected: number;
  skipped: Record<string, number>;
  sums: Record<string, string>;
}

export interface Sample {
  platform: string;
  name: string;
  path: string;
  expected: Expected | null;
}

/** Every file in a folder that is named after a platform. */
export function sampleFiles(): Sample[] {
  const folders = readdirSync(samples, { withFileTypes: true }).filter((each) => each.isDirectory());
  return folders
    .filter(({ name }) => name !== "generate" && name !== "truth")
    .flatMap(({ name: platform }) => readdirSync(join(samples, platform)).map((name) => ({ platform, name })))
    .filter(({ name }) => !name.endsWith(suffix))
    .map(({ platform, name }) => ({
      platform,
      name,
      path: sample(platform, name),
      expected: expectedOf(platform, name),
    }))
    .toSorted((a, b) => (`${a.platform}/${a.name}` < `${b.platform}/${b.name}` ? -1 : 1));
}

export type SampleRead = Awaited<ReturnType<typeof readSamples>>[number];

/** Reads samples as `inspect` does, each with what its client would say of it. */
export async function readSamples(given: readonly Sample[], formats: readonly PlatformFormats[], work: string) {
  const scratch = await openScratch();
  try {
    const reads = [];
    let extraction = 0;
    for (const { path, expected } of given) {
      const read = await readTables(path, { formats, work, source: expected?.source });
      const tables = [];
      const problems = [...read.problems];
      for (const table of read.tables) {
        extraction += 1;
        const staged = await stage(scratch.connection, table, { extraction, into: "facts" });
        problems.push(...staged.problems, ...staged.rejected.map((each) => each.problem));
        const { rows, rejectedTotal: rejected, skipped, from, to, sums } = staged;
        tables.push({
          ...table,
          cut: cutOf(table),
          generated: table.generatedAt,
          rows,
          rejected,
          skipped,
          from,
          to,
          sums,
        });
      }
      reads.push({ tables, problems });
    }
    return reads;
  } finally {
    scratch.close();
  }
}

const suffix = ".expected.json";

function expectedOf(platform: string, name: string): Expected | null {
  try {
    return JSON.parse(readFileSync(`${sample(platform, name)}${suffix}`, "utf8")) as Expected;
  } catch {
    return null;
  }
}

const samples = join(import.meta.dirname, "..", "samples");

export const sample = (platform: string, name: string) => join(samples, platform, name);

/** The formats and a temporary folder for the tests of one file; `look` reads files in the order given. */
export function formatTests() {
  const held: { formats: PlatformFormats[]; work: string } = { formats: [], work: "" };
  beforeAll(async () => {
    held.work = mkdtempSync(join(tmpdir(), "bogo-formats-"));
    held.formats = (await formatsOf(projectConfig)).formats;
  });
  afterAll(() => rmSync(held.work, { recursive: true, force: true }));
  const look = (...paths: string[]) => inspect(paths, { formats: held.formats, work: held.work, inOrder: true });
  /** What a report's total would be from these files, each loaded in turn. */
  const totals = async (channel: ChannelId, metric: MetricId, from: string, to: string, ...paths: string[]) => {
    const warehouse = await openDuckDb(":memory:", { read: [held.work] });
    try {
      for (const path of paths) {
        for (const table of (await readTables(path, { ...held, source: { account: "one" } })).tables) {
          const account = table.account ?? "one";
          await warehouse.load({ ...table, account }, async (extraction, into) => {
            const {
              rows,
              rejectedTotal: rejected,
              skipped,
            } = await stage(warehouse.connection, table, { extraction, into });
            return { rows, rejected, skipped: { ...skipped } };
          });
        }
      }
      const rows = await warehouse.sums({ from, to, channels: [channel], metrics: [metric] });
      return rows
        .filter(({ latest }) => latest)
        .reduce((sum, { values }) => sum.plus(values[metric] ?? 0), new Big(0))
        .toFixed();
    } finally {
      await warehouse.close();
    }
  };
  return { held, look, totals };
}
