import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { cp949ToUtf8 } from "../../jobs/extract/cp949.ts";
import { inspect } from "../../jobs/extract/inspect.ts";
import { readTables } from "../../jobs/extract/read.ts";
import { scanFile } from "../../jobs/extract/scan.ts";
import { openScratch } from "../../jobs/warehouse/scratch.ts";
import { stage } from "../../jobs/warehouse/stage.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";

let work = "";
let formats: PlatformFormats[] = [];
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "bogo-large-"));
  formats = (await formatsOf(projectConfig)).formats;
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe("a large file", () => {
  it.each(["cp949", "utf-16le", "utf-16be"] as const)(
    "is read as its text is, whatever its encoding: %s",
    async (encoding) => {
      const rows = Array.from(
        { length: 400 },
        (_, index) => `2026-03-02,똠방각하 뷁 펲시 ${index},USD,"1,${100 + index}",${index}.25\r\n`,
      );
      const text = `Campaign report\r\n"March 2, 2026 - March 3, 2026"\r\nDay,Campaign,Currency code,Impr.,Cost\r\n${rows.join("")}\r\n --,Total: Account,USD,9,9`;
      const bytes = iconv.encode(text, encoding, { addBOM: encoding !== "cp949" });
      const path = join(work, `${encoding}.csv`);
      writeFileSync(path, bytes);
      const scratch = await openScratch();
      const results = [];
      for (const [index, directFrom] of [0, 1e9].entries()) {
        const read = await readTables(path, { formats, work, directFrom });
        expect(read).toMatchObject({ encoding, sha256: createHash("sha256").update(bytes).digest("hex") });
        expect(read.tables[0]?.source.numbered).toBe(index === 1);
        if (read.tables[0])
          results.push(await stage(scratch.connection, read.tables[0], { extraction: index, into: "facts" }));
      }
      expect(results[0]).toEqual(results[1]);
      expect(results[0]).toMatchObject({ rows: 400, rejectedTotal: 0, skipped: { preamble: 3, blank: 1, totals: 1 } });
      const names = await scratch.connection.runAndReadAll(
        "SELECT count(DISTINCT campaign) FROM facts WHERE campaign LIKE '똠방각하 뷁 펲시 %'",
      );
      expect(Number(names.getRows()[0]?.[0])).toBe(400);
      scratch.close();
    },
  );

  it.each([
    ["half a letter", Buffer.from([0xc7, 0x0a])],
    ["a letter that is none", Buffer.from([0xc9, 0xfe, 0x41, 0x0a])],
    ["NUL", Buffer.from([0x00, 0x0a])],
  ])("goes the careful way where a byte is damaged: %s", async (_, damage) => {
    const head = iconv.encode(
      "캠페인 보고서\nDay,Campaign,Currency code,Impr.,Cost\n2026-03-02,한빛,USD,1,1.25\n",
      "cp949",
    );
    const path = join(work, "damaged.csv");
    writeFileSync(path, Buffer.concat([head, damage, Buffer.from("2026-03-02,B,USD,1,1.25\n")]));
    const read = await readTables(path, { formats, work, directFrom: 0 });
    expect(read.tables.filter(({ source }) => !source.numbered)).toEqual([]);
  });

  it("is refused where it is larger than any export", async () => {
    const path = join(work, "endless.csv");
    writeFileSync(path, "Day,Campaign\n");
    truncateSync(path, 2 * 2 ** 30 + 1);
    const read = await readTables(path, { formats, work });
    expect(read).toMatchObject({
      tables: [],
      problems: [{ code: "FILE_TOO_LARGE", facts: { size: "2049", limit: "2048" } }],
    });
  });

  it("is refused where it is no plain table and too large to be read record by record", async () => {
    const path = join(work, "irregular.csv");
    writeFileSync(path, "Day,Campaign,Currency code,Impr.,Cost\n2026-03-02,A,USD,10,1\n");
    truncateSync(path, 101 * 2 ** 20);
    const read = await readTables(path, { formats, work });
    expect(read).toMatchObject({ tables: [], problems: [{ code: "FILE_TOO_LARGE_IRREGULAR" }] });
  });

  it("too large to be read record by record is refused where a line cannot be cut, and read where one is wrong or stands twice", async () => {
    const name = "긴 캠페인 이름 ".repeat(60);
    const rows = Array.from({ length: 90_000 }, (_, index) => `2026-03-02,${name}${index},USD,10,1\n`).join("");
    const text = `Day,Campaign,Currency code,Impr.,Cost\n${rows}`;
    expect(Buffer.byteLength(text)).toBeGreaterThan(100 * 2 ** 20);
    const [broken, edited, twice] = [join(work, "broken.csv"), join(work, "edited.csv"), join(work, "twice.csv")];
    writeFileSync(broken, `${text}2026-03-02,A,USD,10\n`);
    writeFileSync(edited, `${text}\n2026-03-02,A,USD,many,1\n`);
    writeFileSync(twice, `${text}2026-03-02,${name}7,USD,10,1\n`);
    const { files } = await inspect([broken, edited, twice], { formats, work });
    expect(files).toMatchObject([
      { tables: [], problems: [{ code: "FILE_TOO_LARGE_IRREGULAR" }] },
      {
        tables: [{ rows: 90_000, rejected: 1, skipped: { blank: 1 } }],
        problems: [
          { code: "FILE_ROWS_REJECTED" },
          { code: "FILE_ROW_NUMBER", line: 90_003, text: "2026-03-02,A,USD,many,1" },
          { code: "FILE_DOUBT_TOTALS" },
        ],
      },
      {
        tables: [{ rows: 90_000, rejected: 0, skipped: { duplicates: 1 }, sums: { impressions: "900000" } }],
        problems: [{ code: "FILE_ROWS_REPEATED" }, { code: "FILE_DOUBT_TOTALS" }],
      },
    ]);
  });
});

describe("a file scanned in parts", () => {
  it("tells its lines, blank lines, hash and ends as if it were held whole, though a letter lies on a part's border", async () => {
    const line = `${"뷁".repeat(50_000)}\r\n`;
    const text = `\n\r\n${line.repeat(60)}\r\n\nlast`;
    const path = join(work, "parts.csv");
    writeFileSync(path, text);
    expect(Buffer.byteLength(text)).toBeGreaterThan(8 * 2 ** 20);
    const scan = await scanFile(path, join(work, "unused"));
    expect(scan).toMatchObject({
      encoding: "utf-8",
      damaged: false,
      path,
      size: Buffer.byteLength(text),
      lines: 65,
      blank: 4,
    });
    expect(scan.sha256).toBe(createHash("sha256").update(text).digest("hex"));
    expect(scan.tail.equals(Buffer.from(text).subarray(-4096))).toBe(true);
  });

  it("is CP949 where the first Korean letter comes after the first part", async () => {
    const path = join(work, "late.csv");
    writeFileSync(path, Buffer.concat([Buffer.from("a,b\n".repeat(1_500_000)), iconv.encode("한빛,똠\n", "cp949")]));
    const scan = await scanFile(path, join(work, "late.utf-8"));
    expect(scan).toMatchObject({ encoding: "cp949", damaged: false, lines: 1_500_001 });
    expect(scan.tail.toString().endsWith("b\n한빛,똠\n")).toBe(true);
  });
});

describe("CP949 in parts", () => {
  const inParts = (bytes: Buffer, size: number): string => {
    const convert = cp949ToUtf8();
    let text = "";
    for (let at = 0; at < bytes.length; at += size) text += convert(bytes.subarray(at, at + size)).toString();
    return text + convert(Buffer.alloc(0)).toString();
  };

  it("reads every letter as iconv does, wherever a part ends", () => {
    const letters = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .join("");
    const known = iconv.decode(iconv.encode(letters, "cp949"), "cp949").replaceAll("?", "");
    const bytes = iconv.encode(known, "cp949");
    expect([...known].length).toBeGreaterThan(17_000);
    for (const size of [1, 7, 4096, bytes.length]) expect(inParts(bytes, size)).toBe(known);
  });

  it("marks what no letter is, just where iconv does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (raw, size) => {
        const bytes = Buffer.from(raw);
        expect(inParts(bytes, size).includes("\uFFFD")).toBe(iconv.decode(bytes, "cp949").includes("\uFFFD"));
      }),
      { numRuns: 2000 },
    );
  });
});
