import { execFile } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../jobs/roots.ts";

const rooms = ["config", "transforms", "templates", "jobs"];

/** Each breaks one rule of .dependency-cruiser.mjs; of a circle, one end is reported. */
const planted: Readonly<Record<string, [source: string, rule: string | null]>> = {
  "transforms/planted.ts": ['export { readFileSync } from "node:fs";', "pure-rooms-touch-nothing"],
  "transforms/planted-inward.ts": ['export { loadConfig } from "../config/load.ts";', "transforms-imports-inward"],
  "config/planted.ts": ['export { clean } from "../templates/clean.ts";', "config-imports-inward"],
  "templates/planted.ts": ['export { systemClock } from "../jobs/clock.ts";', "templates-imports-inward"],
  "jobs/planted.ts": ['export { home } from "../test/cli/home.ts";', "jobs-imports-inward"],
  "jobs/planted-library.ts": [
    'import PDFDocument from "pdfkit";\nexport { PDFDocument };',
    "only-one-place-knows-pdfkit",
  ],
  "jobs/planted-circle.ts": ['import "./planted-circle-back.ts";', null],
  "jobs/planted-circle-back.ts": ['import "./planted-circle.ts";', "no-circles"],
};

describe("the import rules", () => {
  const copy = mkdtempSync(join(tmpdir(), "bogo-rules-"));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it("fail for each planted violation by its own name, and pass without them", async () => {
    for (const name of [...rooms, "test/cli/home.ts", ".dependency-cruiser.mjs", "tsconfig.json", "package.json"])
      cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
    symlinkSync(join(projectRoot, "node_modules"), join(copy, "node_modules"));
    for (const [path, [source]] of Object.entries(planted)) writeFileSync(join(copy, path), `${source}\n`);

    const broken = await cruise(copy, Object.keys(planted));
    expect(broken.code).not.toBe(0);
    for (const [path, [, rule]] of Object.entries(planted))
      expect(broken.out).toContain(rule ? `${rule}: ${path}` : "");

    for (const path of Object.keys(planted)) rmSync(join(copy, path));
    const sound = await cruise(copy, ["transforms", "config"]);
    expect(sound.out).toContain("no dependency violations found");
    expect(sound.code).toBe(0);
  });
});

function cruise(cwd: string, targets: readonly string[]): Promise<{ code: number; out: string }> {
  const program = join(projectRoot, "node_modules", ".bin", "depcruise");
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" };
    execFile(process.execPath, [program, ...targets], { cwd, env }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, out: `${out}${err}` }),
    );
  });
}

/** Whoever reads the clock elsewhere needs a reason here. */
const mayReadTheClock: Readonly<Record<string, string>> = {
  "jobs/clock.ts": "the one place that reads the computer's clock",
};

describe("the clock", () => {
  it("is read in one place; everything else takes the date as an argument", () => {
    const found = globSync(`{${rooms.join(",")}}/**/*.ts`, { cwd: projectRoot }).filter((path) =>
      reads(readFileSync(join(projectRoot, path), "utf8")),
    );
    expect(found.toSorted()).toEqual(Object.keys(mayReadTheClock));
  });

  it("is found by the pattern of this test, and pure conversions are not", () => {
    expect(["x = new Date()", "Date.now()", "const t = new Date( );"].map(reads)).toEqual([true, true, true]);
    expect(['new Date("2026-01-01")', "Date.UTC(2026, 0)", "// new Date()", "/** `Date.now()` */"].map(reads)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

const clockReads =
  /\bnew Date\s*(?:\(\s*\)|;)|(?<!new )\bDate\(\)|\bDate\.now\b|\bTemporal\.Now\b|\bperformance\.now\b|\bhrtime\b/;

const reads = (text: string): boolean => clockReads.test(withoutComments(text));

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
