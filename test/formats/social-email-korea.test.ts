import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { type InspectReport, inspect } from "../../jobs/extract/inspect.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";

/** What stands beside a sample: worked out from the figures as they were written down, never from the program. */
interface Expected {
  /** Lines of the file; a quoted line break belongs to its record. */
  lines: number;
  tables: { rows: number; rejected: number; skipped: Record<string, number>; sums: Record<string, string> }[];
  problems: string[];
}

const samples = join(import.meta.dirname, "..", "samples");
const platforms = ["naver_searchad", "meta_ads", "x", "facebook_page", "instagram", "mailchimp", "manual"];
const files = platforms.flatMap((platform) =>
  readdirSync(join(samples, platform))
    .filter((name) => existsSync(join(samples, platform, `${name}.expected.json`)))
    .map((name) => ({ platform, name, path: join(samples, platform, name) })),
);

let formats: PlatformFormats[];
let work: string;
let report: InspectReport;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "bogo-formats-"));
  formats = (await formatsOf(projectConfig)).formats;
  report = await inspect(
    files.map(({ path }) => path),
    { formats, work },
  );
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const sample = (platform: string, name: string) => join(samples, platform, name);
const look = (...paths: string[]) => inspect(paths, { formats, work, inOrder: true });

describe("exports of Naver, Meta, X, Facebook, Instagram, Mailchimp and by hand", () => {
  it.each(files.map((file, index) => ({ ...file, index })))("$platform/$name is read to the last digit", ({ path, index }) => {
    const expected = JSON.parse(readFileSync(`${path}.expected.json`, "utf8")) as Expected;
    const found = report.files[index];
    expect(found?.tables).toMatchObject(expected.tables);
    expect(found?.tables.map(({ sums }) => sums)).toEqual(expected.tables.map(({ sums }) => sums));
    expect(found?.problems.map(({ code }) => code)).toEqual(expected.problems);
  });

  it.each(files.map((file, index) => ({ ...file, index })))("every line of $platform/$name is accounted for", ({ path, index }) => {
    const { lines } = JSON.parse(readFileSync(`${path}.expected.json`, "utf8")) as Expected;
    const held = report.files[index]?.tables.map(({ rows, rejected, skipped }) =>
      [rows, rejected, ...Object.values(skipped)].reduce((sum, each) => sum + each, 0),
    );
    expect(held?.reduce((sum, each) => sum + each, 0)).toBe(lines);
  });
});
