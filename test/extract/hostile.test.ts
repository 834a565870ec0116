import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { type InspectedFile, inspect } from "../../jobs/extract/inspect.ts";
import { unzip } from "../../jobs/extract/unpack.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { catalogue, type ProblemCode } from "../../transforms/problem.ts";

let work = "";
let formats: PlatformFormats[] = [];
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "bogo-hostile-"));
  formats = (await formatsOf(projectConfig)).formats;
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const look = async (path: string): Promise<InspectedFile> =>
  (await inspect([path], { formats, work })).files[0] as InspectedFile;
const read = async (content: string | Uint8Array, name = "Campaign report.csv"): Promise<InspectedFile> => {
  const path = join(work, name);
  writeFileSync(path, content);
  return look(path);
};
const codes = ({ problems }: InspectedFile): string[] => problems.map(({ code }) => code);
const rejectedLines = ({ problems }: InspectedFile) =>
  problems.filter(({ text }) => text !== null).map(({ code, line }) => [code, line]);
const lines = ({ tables }: InspectedFile): number =>
  tables.reduce(
    (sum, { rows, rejected, skipped }) => sum + rows + rejected + Object.values(skipped).reduce((a, b) => a + b, 0),
    0,
  );

const head = 'Campaign report\n"March 2, 2026 - March 3, 2026"\nDay,Campaign,Currency code,Impr.,Cost\n';
const totals = " --,Total: Account,USD,1,1\n";
const table = (...rows: string[]): string => `${head}${rows.map((row) => `${row}\n`).join("")}${totals}`;
const first = "2026-03-02,A,USD,10,1.5";
const last = "2026-03-03,B,USD,20,2.25";

describe("a line that cannot be cut", () => {
  it.each([
    ["an opened quote", '2026-03-02,"X,USD,5,1'],
    ["a quote that closes within the cell", '2026-03-02,"X"y,USD,5,1'],
    ["a quote before a quoted cell", '2026-03-02,""1,204",USD,5,1'],
    ["an opened last cell", '2026-03-02,X,USD,5,"1'],
  ])("costs itself alone: %s", async (_, bad) => {
    const file = await read(table(first, bad, last, '2026-03-03,"C, east",USD,"1,000",4'));
    expect(file.tables).toMatchObject([{ rows: 3, rejected: 1, sums: { impressions: "1030", cost: "7.75" } }]);
    expect(rejectedLines(file)).toEqual([["FILE_ROW_QUOTE", 5]]);
    expect(lines(file)).toBe(8);
  });

  it("costs itself alone where a later line closes its quote by chance", async () => {
    const file = await read(table(first, '2026-03-02,X,USD,5,"1', last, '2026-03-03,C",USD,4,"4"'));
    expect(file.tables).toMatchObject([{ rows: 3, rejected: 1, sums: { impressions: "34", cost: "7.75" } }]);
  });

  it("keeps line breaks inside quoted cells, also beside a stray quote", async () => {
    const file = await read(table(first, '2026-03-02,"two\nlines",USD,5,1', '2026-03-02,"X,USD,5,1', last));
    expect(file.tables).toMatchObject([{ rows: 3, rejected: 1, sums: { impressions: "35", cost: "4.75" } }]);
  });

  it("with too few or too many cells is left out alone", async () => {
    const file = await read(table(first, "2026-03-02,X,USD,5", "2026-03-02,X,USD,5,1,9", last));
    expect(file.tables).toMatchObject([{ rows: 2, rejected: 2, sums: { cost: "3.75" } }]);
    expect(rejectedLines(file)).toEqual([
      ["FILE_ROW_CELLS", 5],
      ["FILE_ROW_CELLS", 6],
    ]);
  });

  it("of a megabyte is left out alone, and its text is not kept whole", async () => {
    const file = await read(table(first, `2026-03-02,${"x".repeat(1_000_000)},USD,5,1`, last));
    expect(file.tables).toMatchObject([{ rows: 2, rejected: 1 }]);
    expect(rejectedLines(file)).toEqual([["FILE_ROW_LONG", 5]]);
    expect(file.problems.find(({ text }) => text !== null)?.text?.length).toBeLessThan(1000);
  });

  it("full of other marks does not change what sets cells apart", async () => {
    const text = `Day,Campaign,Currency code,Impr.,Cost\n${first}\n${";\t|".repeat(30)}\n`;
    expect((await read(text, "few.csv")).tables).toMatchObject([{ rows: 1, rejected: 1 }]);
  });
});

describe("damaged characters", () => {
  const korean = (...rows: string[]) =>
    `캠페인 보고서\n"2026년 3월 2일 - 2026년 3월 3일"\n일,캠페인,통화 코드,노출수,비용\n${rows.map((row) => `${row}\n`).join("")}전체: 계정,--,KRW,1,1\n`;
  const rows = ["2026-03-02,검색_브랜드,KRW,10,100", "2026-03-02,둘째,KRW,20,200", "2026-03-03,똠뷁펲,KRW,30,300"];

  it("cost their own line in a UTF-8 file", async () => {
    const bytes = Buffer.from(korean(...rows));
    bytes[bytes.indexOf("둘째") + 1] = 0xff;
    const file = await read(bytes);
    expect(file.tables).toMatchObject([{ encoding: "utf-8", rows: 2, rejected: 1, sums: { cost: "400" } }]);
    expect(rejectedLines(file)).toEqual([["FILE_ROW_ENCODING", 5]]);
  });

  it("cost their own line in a CP949 file", async () => {
    const bytes = iconv.encode(korean(...rows), "cp949");
    bytes[bytes.indexOf(iconv.encode("둘째", "cp949"))] = 0xff;
    const file = await read(bytes);
    expect(file.tables).toMatchObject([{ encoding: "cp949", rows: 2, rejected: 1, sums: { cost: "400" } }]);
    expect(rejectedLines(file)).toEqual([["FILE_ROW_ENCODING", 5]]);
  });

  it("cost their own line where they are NUL, or half of a pair in UTF-16", async () => {
    const nul = await read(table(first, "2026-03-02,X\0,USD,5,1", last));
    const wide = Buffer.from(`\uFEFF${table(first, "2026-03-02,X\uD800,USD,5,1", last)}`, "utf16le");
    for (const file of [nul, await read(wide)]) {
      expect(file.tables).toMatchObject([{ rows: 2, rejected: 1, sums: { cost: "3.75" } }]);
      expect(rejectedLines(file)).toEqual([["FILE_ROW_ENCODING", 5]]);
    }
  });

  it("refuse the file where they are in its header or in most of its lines", async () => {
    const header = Buffer.from(korean(...rows));
    header[header.indexOf("노출수") + 1] = 0xff;
    const most = Buffer.from(korean(...rows));
    for (const name of ["검색", "둘째"]) most[most.indexOf(name)] = 0xff;
    for (const bytes of [header, most])
      expect(await read(bytes)).toMatchObject({ tables: [], problems: [{ code: "FILE_ENCODING" }] });
  });
});

describe("text that means something elsewhere", () => {
  const words = ["__proto__", "constructor", "toString", "hasOwnProperty"];

  it.each(words)("%s is a name like any other, and an unknown column", async (word) => {
    const text = `Campaign report\n${word}\nDay,Campaign,Currency code,Impr.,Cost,${word}\n2026-03-02,${word},USD,10,1.5,${word}\n${word},x,${word},${word},${word},${word}\n --,Total: Account,USD,1,1,\n`;
    const file = await read(text, `${word}.csv`);
    expect(file.tables).toMatchObject([{ rows: 1, rejected: 1, sums: { impressions: "10", cost: "1.5" } }]);
    expect(file.problems[0]).toMatchObject({ code: "FILE_COLUMNS_UNKNOWN", say: expect.stringContaining(word) });
  });

  it.each(words)("%s is no metric, no date and no filter of a sibling", async (word) => {
    const long = await read(`metric,from,to,value\n${word},2026-03-02,2026-03-02,1\norders,${word},,1\n`, "shop.csv");
    expect(long.tables).toMatchObject([{ rows: 0, rejected: 2 }]);
    const zip = zipSync({
      "Chart.csv": strToU8("Date,Clicks,Impressions,CTR,Position\n2026-03-01,1,10,10%,2"),
      "Filters.csv": strToU8(`Filter,Value\nSearch type,Web\n${word},${word}\n`),
    });
    const file = await read(zip, "shop.example-Performance-on-Search-2026-03-05.zip");
    expect(file.tables).toMatchObject([{ rows: 1, filters: { [word.toLowerCase()]: word } }]);
  });

  it("stays text where it looks like a formula", async () => {
    const file = await read(table(first, '2026-03-02,"=HYPERLINK(""http://x.example"")",USD,5,=1+1', last));
    expect(file.tables).toMatchObject([{ rows: 2, rejected: 1 }]);
    expect(file.problems.find(({ text }) => text !== null)?.text).toContain('=HYPERLINK("http://x.example")');
  });
});

describe("a number beyond all that an export holds", () => {
  it("costs its own line, also where only its product with another does not fit", async () => {
    const huge = ["900000000000000000000", "123,456,789,012,345,678.00", "9".repeat(40)];
    const file = await read(table(first, ...huge.map((cost) => `2026-03-02,X,USD,5,"${cost}"`), last));
    expect(file.tables).toMatchObject([{ rows: 2, rejected: 3, sums: { cost: "3.75" } }]);
    const text =
      "Date,Clicks,Impressions,CTR,Position\n2026-03-01,1,9223372036854775807,10%,999999999999999\n2026-03-02,1,10,10%,2";
    const chart = await read(zipSync({ "Chart.csv": strToU8(text) }), "a.example-Performance-on-Search-2026-03-05.zip");
    expect(chart.tables).toMatchObject([{ rows: 1, rejected: 1, sums: { position_weight: "20" } }]);
  });
});

describe("a header", () => {
  it("that stands twice is refused with both columns, unless they say the same", async () => {
    const twice = (second: string) =>
      `Day,Campaign,Currency code,Cost,Impr.,Cost\n2026-03-02,A,USD,1,10,1\n2026-03-02,B,USD,2,10,${second}\n`;
    const differ = await read(twice("3"), "twice.csv");
    expect(differ).toMatchObject({ tables: [], problems: [{ code: "FILE_HEADER_TWICE" }] });
    expect(differ.problems[0]?.say).toContain("`Cost`, 4 and 6");
    expect((await read(twice("2"), "same.csv")).tables).toMatchObject([{ rows: 2, sums: { cost: "3" } }]);
  });

  it("of a file by day that names a day twice is refused", async () => {
    const text = '"\tSessions"\n\n"\tTotal Sessions"\n\n"\tSegment","\t2026-10-26","\t2026-10-26"\n"\tAll","1","1"\n';
    expect(codes(await read(text, "Sessions.csv"))).toEqual(["FILE_HEADER_TWICE"]);
  });

  it("has at most so many columns", async () => {
    const many = Array.from({ length: 1300 }, (_, at) => `Column ${at}`).join(",");
    expect(codes(await read(`Day,Cost,${many}\n`, "many.csv"))).toEqual(["FILE_COLUMNS_MANY"]);
  });

  it("is followed by rows of one account and one currency; a line that says nonsense is left out alone", async () => {
    const text = `Day,Account ID,Campaign,Currency code,Cost\n2026-03-02,junk,A,USD,1\n2026-03-02,7,B,???,2\n2026-03-02,7,C,USD,3\n2026-03-02,7,D,USD,4\n`;
    const file = await read(text, "accounts.csv");
    expect(file.tables).toMatchObject([{ account: "7", currency: "USD", rows: 2, rejected: 2, sums: { cost: "7" } }]);
    expect(rejectedLines(file)).toEqual([
      ["FILE_ROW_ACCOUNT", 2],
      ["FILE_ROW_CURRENCY", 3],
    ]);
  });
});

describe("a zip that would do harm", () => {
  const chart = "Date,Clicks,Impressions,CTR,Position\n2026-03-01,1,10,10%,2";
  const whole = () =>
    Buffer.from(zipSync({ "Chart.csv": strToU8(chart), "Queries.csv": strToU8(chart) }, { level: 0 }));
  const directoryAt = (zip: Buffer) => zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  const second = (zip: Buffer) => zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]), directoryAt(zip) + 4);
  const changed = (change: (zip: Buffer, at: number) => void): Buffer => {
    const zip = whole();
    change(zip, directoryAt(zip));
    return zip;
  };
  const named = (name: string) => Buffer.from(zipSync({ [name]: strToU8(chart) }));

  it.each<[string, () => Buffer, string]>([
    ["that unpacks a hundredfold", () => Buffer.from(zipSync({ "a.csv": new Uint8Array(3e6) })), "more than 100 times"],
    [
      "with two entries in one place",
      () => changed((zip, at) => zip.copy(zip, second(zip) + 42, at + 42, at + 46)),
      "lie over each other",
    ],
    ["that is locked", () => changed((zip, at) => zip.writeUInt16LE(1, at + 8)), "locked with a password"],
    ["packed in another way", () => changed((zip, at) => zip.writeUInt16LE(12, at + 10)), "(method 12)"],
    ["in zip64", () => changed((zip, at) => zip.writeUInt32LE(0xffffffff, at + 24)), "zip64"],
    ["with a link", () => changed((zip, at) => zip.writeUInt32LE(0xa1ff0000, at + 38)), "link to another place"],
    ["whose member leaves the folder", () => named("../Chart.csv"), "leaves the folder"],
    ["whose member has a drive", () => named("C:Chart.csv"), "leaves the folder"],
    ["whose member's name has a line break", () => named("Chart\n.csv"), "leaves the folder"],
    ["with a changed byte", () => changed((zip) => zip.write("2025", zip.indexOf("2026"))), "is damaged"],
    [
      "with too many members",
      () =>
        Buffer.from(
          zipSync(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`${at}.csv`, new Uint8Array(1)]))),
        ),
      "1001 files",
    ],
  ])("is refused by name: %s", async (_, make, why) => {
    const file = await read(make(), "shop.example-Performance-on-Search-2026-03-05.zip");
    expect(file).toMatchObject({ tables: [], problems: [{ code: "FILE_ZIP_REFUSED" }] });
    expect(file.problems[0]?.say).toContain(why);
  });

  it("is refused where an archive lies inside it, which is named", async () => {
    const file = await read(zipSync({ "inner.zip": zipSync({ "Chart.csv": strToU8(chart) }) }), "outer.zip");
    expect(file).toMatchObject({ tables: [], problems: [{ code: "FILE_ZIP_NESTED" }] });
    expect(file.problems[0]?.say).toContain("inner.zip");
  });

  it("is refused wherever it is cut, to the byte", () => {
    const zip = whole();
    const kept = Array.from(zip.keys()).filter((end) => unzip(zip.subarray(0, end), "cut.zip").problem === null);
    expect(kept).toEqual([]);
  });
});

describe("the catalogue", () => {
  it("says every refusal and doubt of a file in both languages", () => {
    const told = readFileSync(join(import.meta.dirname, "../../docs/problems.md"), "utf8");
    for (const code of Object.keys(catalogue).filter((each) => each.startsWith("FILE_")) as ProblemCode[]) {
      expect(catalogue[code].say.ko).toMatch(/[가-힣]/u);
      expect(told).toContain(code);
    }
  });
});
