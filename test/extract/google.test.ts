import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { type InspectedFile, inspect } from "../../jobs/extract/inspect.ts";
import { readTables } from "../../jobs/extract/read.ts";
import { resolveSource } from "../../jobs/extract/sources.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";

const samples = join(import.meta.dirname, "../samples");
let work = "";
let formats: PlatformFormats[] = [];
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "bogo-google-"));
  formats = (await formatsOf(projectConfig)).formats;
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const look = async (...paths: string[]) => inspect(paths, { formats, work });
const one = async (path: string): Promise<InspectedFile> => (await look(path)).files[0] as InspectedFile;
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(work, name);
  writeFileSync(path, content);
  return path;
};
const zip = (name: string, members: Record<string, string>): string =>
  write(name, zipSync(Object.fromEntries(Object.entries(members).map(([key, text]) => [key, strToU8(text)]))));

const accounted = ({ tables }: InspectedFile): number =>
  tables.reduce(
    (sum, { rows, rejected, skipped }) => sum + rows + rejected + Object.values(skipped).reduce((a, b) => a + b, 0),
    0,
  );

describe("a Search Console zip", () => {
  const member = (name: string) => readFileSync(join(samples, "search_console", name), "utf8");
  const members = () => ({
    "Chart.csv": member("Chart.csv"),
    "Queries.csv": member("Queries.csv"),
    "Filters.csv": "Filter,Value\nSearch type,Web\nDate,Last 3 months",
  });

  it("takes a relative range from the chart, and the account and the day of download from its name", async () => {
    const path = zip("shop.example-Performance-on-Search-2026-03-05.zip", members());
    const { tables } = await one(path);
    expect(tables).toMatchObject([
      {
        format: "search_console.chart",
        account: "shop.example",
        generated: "2026-03-05",
        rows: 2,
        from: "2026-03-01",
        to: "2026-03-02",
        sums: { clicks: "27", impressions: "810", position_weight: "8782" },
      },
      {
        format: "search_console.queries",
        level: "query",
        kind: "window",
        rows: 2,
        from: "2026-03-01",
        to: "2026-03-02",
        sums: { clicks: "11", impressions: "220", position_weight: "865" },
      },
    ]);
  });

  it("never lets a filtered export feed totals", async () => {
    const filtered = { ...members(), "필터.csv": "필터,값\n검색 유형,웹\n날짜,지난 3개월\n페이지,+/blog/" };
    const { "Filters.csv": _, ...korean } = filtered;
    const path = zip("filtered.example-Performance-on-Search-2026-03-05.zip", korean);
    const { tables } = await readTables(path, { formats, work });
    expect(tables.map(({ rank, filters }) => ({ rank, filters }))).toEqual([
      { rank: null, filters: { page: "+/blog/" } },
      { rank: null, filters: { page: "+/blog/" } },
    ]);
  });

  it("refuses a path that leaves the folder and a member that inflates a hundredfold", async () => {
    const slip = await one(zip("slip.zip", { "../Chart.csv": member("Chart.csv") }));
    const bomb = await one(zip("bomb.zip", { "Chart.csv": "0".repeat(3_000_000) }));
    expect([slip, bomb].map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ["FILE_ZIP_REFUSED"],
      ["FILE_ZIP_REFUSED"],
    ]);
  });
});

describe("damaged input", () => {
  const head = 'Campaign report\n"March 2, 2026 - March 3, 2026"\nDay,Campaign ID,Campaign,Currency code,Impr.,Cost\n';

  it("leaves out the one line that is wrong, with its number, text and reason, and keeps the others", async () => {
    const text = `${head}2026-03-02,1,A,USD,10,1.50\n2026-03-02,2,B,USD,ten,1.50\n2026-02-30,3,C,USD,1,1\n2026-03-02,4,"D,USD,5,1\n2026-03-02,5,E,USD,5,0.25\n`;
    const file = await one(write("Campaign report.csv", text));
    expect(file.tables).toMatchObject([{ rows: 2, rejected: 3, sums: { impressions: "15", cost: "1.75" } }]);
    expect(file.problems.filter(({ text: line }) => line !== null).map(({ code, line }) => [code, line])).toEqual([
      ["FILE_ROW_NUMBER", 5],
      ["FILE_ROW_DATE", 6],
      ["FILE_ROW_QUOTE", 7],
    ]);
    expect(accounted(file)).toBe(8);
  });

  it("shows both lines where an id stands twice on a day with other figures", async () => {
    const file = await one(
      write("twice.csv", `${head}2026-03-02,1,A,USD,10,1\n2026-03-02,1,A,USD,11,1\n2026-03-02,2,B,USD,7,2\n`),
    );
    expect(file.tables).toMatchObject([{ rows: 1, rejected: 2, sums: { impressions: "7" } }]);
    expect(file.problems.some(({ code }) => code === "FILE_ROWS_CONTRADICT")).toBe(true);
  });

  it("does not load a file of two currencies, or of another account than its source's", async () => {
    const two = await one(write("two.csv", `${head}2026-03-02,1,A,USD,10,1\n2026-03-02,2,B,KRW,11,1\n`));
    expect(two).toMatchObject({ tables: [], problems: [{ code: "FILE_CURRENCIES" }] });
    const path = zip("other.example-Performance-on-Search-2026-03-05.zip", {
      "Chart.csv": readFileSync(join(samples, "search_console/Chart.csv"), "utf8"),
    });
    const read = await readTables(path, { formats, work, source: { account: "sc-domain:mine.example" } });
    expect(read.tables).toEqual([]);
    expect(read.problems.map(({ code }) => code)).toEqual(["FILE_ACCOUNT_DIFFERS"]);
  });

  it("names the nearest format of a file that it does not know", async () => {
    const file = await one(write("unknown.csv", "Top queries,Clicks,Something\nboots,1,2\n"));
    expect(file).toMatchObject({ tables: [], problems: [{ code: "FILE_UNKNOWN" }] });
    expect(file.problems[0]?.say).toContain("search_console.queries");
  });
});

describe("a file large enough to be read as it lies there", () => {
  const tailOfRows = Array.from({ length: 299 }, (_, index) => `2026-03-03,D${index},USD,5,0.5\n`).join("");
  it.each([
    ["clean", ""],
    ["with a line twice", "2026-03-02,C1,USD,11,1.25\n"],
    ["with a bad line", "2026-03-02,C9,USD,many,1.25\n"],
    [
      "with bad lines, one of them twice",
      '2026-03-02,"C""9",USD,many,1.25\n2026-02-30,C9,USD,1,1\n2026-02-30,C9,USD,1,1\n',
    ],
    ["with a bad line that runs over two", '2026-03-02,"C\n9",USD,many,1.25\n'],
    ["with a day that is none", "2026-02-30,C9,USD,1,1.25\n"],
    ["with totals in the middle", "\n --,Total: Search,USD,9,9\n2026-03-02,C91,USD,,--\n", 42],
    ["with more digits than money has", "2026-03-03,C92,USD,2,12345678901234.00000000000000017\n", 42],
    ["with such digits far from the end", `2026-03-03,C92,USD,2,0.00000000000000017\n${tailOfRows}`, 341],
  ])("gives the same figures and lines as read record by record: %s", async (_, extra, expected = 41) => {
    const rows = Array.from(
      { length: 40 },
      (_, index) => `2026-03-02,C${index},USD,"1,${100 + index}",${index}.25\n`,
    ).join("");
    const text = `Campaign report\n"March 2, 2026 - March 3, 2026"\nDay,Campaign,Currency code,Impr.,Cost\n2026-03-02,C1,USD,11,1.25\n${rows}${extra}\n --,Total: Account,USD,9,9\n`;
    const path = write("large.csv", text);
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const { createFacts, stage } = await import("../../jobs/warehouse/stage.ts");
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    await createFacts(db, "facts");
    const results = [];
    for (const [index, directFrom] of [0, 1e9].entries()) {
      const { tables } = await readTables(path, { formats, work, directFrom });
      expect(tables[0]?.source.numbered).toBe(index === 1);
      if (tables[0]) results.push(await stage(db, tables[0], { extraction: index, into: "facts" }));
    }
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.rows).toBe(expected);
  });
});

describe("a source's glob", () => {
  it("finds regular files below the inbox, sorted, and refuses to leave it", async () => {
    const inbox = join(work, "inbox");
    mkdirSync(join(inbox, "google-ads"), { recursive: true });
    for (const name of ["b.csv", "a.csv", ".hidden"]) writeFileSync(join(inbox, "google-ads", name), "x");
    const found = await resolveSource(inbox, "google-ads/*");
    expect(found.map((path) => path.split("/").at(-1))).toEqual(["a.csv", "b.csv"]);
    for (const glob of ["../*", "/etc/passwd", "a/../../b"])
      await expect(resolveSource(inbox, glob)).rejects.toThrow("FILE_PATH_REFUSED");
  });
});
