import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Big from "big.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { type InspectReport, inspect } from "../../jobs/extract/inspect.ts";
import { readTables } from "../../jobs/extract/read.ts";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { stage } from "../../jobs/warehouse/stage.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import type { ChannelId, MetricId } from "../../transforms/metrics.ts";

/** What stands beside a sample: worked out from the figures as they were written down, never from the program. */
interface Expected {
  /** Lines of the file; a quoted line break belongs to its record. */
  lines: number;
  tables: { rows: number; rejected: number; skipped: Record<string, number>; sums: Record<string, string> }[];
  problems: string[];
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

/** Every sample of these platforms that has an `.expected.json` is read to the last digit, and all its lines are told. */
export function describeSamples(
  title: string,
  platforms: readonly string[],
  { look }: Pick<ReturnType<typeof formatTests>, "look">,
): void {
  const files = platforms.flatMap((platform) =>
    readdirSync(join(samples, platform))
      .filter((name) => existsSync(join(samples, platform, `${name}.expected.json`)))
      .map((name) => ({ platform, name, path: sample(platform, name) })),
  );
  const cases = files.map((file, index) => ({ ...file, index }));

  describe(title, () => {
    let report: InspectReport;
    beforeAll(async () => {
      report = await look(...files.map(({ path }) => path));
    });

    it.each(cases)("$platform/$name is read to the last digit", ({ path, index }) => {
      const expected = expectedOf(path);
      const found = report.files[index];
      expect(found?.tables).toMatchObject(expected.tables);
      expect(found?.tables.map(({ sums }) => sums)).toEqual(expected.tables.map(({ sums }) => sums));
      expect(found?.problems.map(({ code }) => code)).toEqual(expected.problems);
    });

    it.each(cases)("every line of $platform/$name is accounted for", ({ path, index }) => {
      const held = report.files[index]?.tables.map(({ rows, rejected, skipped }) =>
        [rows, rejected, ...Object.values(skipped)].reduce((sum, each) => sum + each, 0),
      );
      expect(held?.reduce((sum, each) => sum + each, 0)).toBe(expectedOf(path).lines);
    });
  });
}

const expectedOf = (path: string) => JSON.parse(readFileSync(`${path}.expected.json`, "utf8")) as Expected;
