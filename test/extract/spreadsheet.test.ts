import { utils, write } from "@e965/xlsx";
import ExcelJS from "exceljs";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { isSpreadsheet, readSpreadsheet } from "../../jobs/extract/spreadsheet.ts";
import { judgeZip } from "../../jobs/extract/unpack.ts";

const cellsOf = async (bytes: Buffer) => {
  const { sheets, problem } = await readSpreadsheet(bytes, "book.xlsx");
  expect(problem).toBeNull();
  return sheets.map(({ name, records }) => ({ name, rows: records.map(({ cells }) => cells) }));
};
const whyOf = async (bytes: Buffer) => {
  const { sheets, problem } = await readSpreadsheet(bytes, "book.xlsx");
  expect(sheets).toEqual([]);
  expect(problem?.code).toBe("FILE_SPREADSHEET");
  return problem?.facts.why_en;
};
const written = async (fill: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet("Data"));
  return Buffer.from(await book.xlsx.writeBuffer());
};
const old = (rows: unknown[][]): Buffer => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), "Metrics");
  return Buffer.from(write(book, { type: "buffer", bookType: "biff8" }));
};

describe("a workbook", () => {
  it("becomes cells of text: days as ISO, percents and durations as they are shown, masked counts as they stand", async () => {
    const bytes = await written((sheet) => {
      sheet.addRow([
        new Date(Date.UTC(2026, 9, 1)),
        new Date(Date.UTC(2026, 9, 1, 9, 30)),
        12.5,
        0.0123,
        0.011,
        "<5",
        true,
      ]);
      sheet.getCell("D1").numFmt = "0.00%";
      sheet.getCell("E1").numFmt = "h:mm:ss";
    });
    expect(await cellsOf(bytes)).toEqual([
      { name: "Data", rows: [["2026-10-01", "2026-10-01 09:30:00", "12.5", "1.23%", "0:15:50", "<5", "TRUE"]] },
    ]);
  });

  it("keeps ids that are text, and shows numbers that lost their last digits as destroyed", async () => {
    const bytes = await written((sheet) => {
      sheet.addRow(["1820000000000000017", Number("1820000000000000017")]);
    });
    expect(await cellsOf(bytes)).toEqual([{ name: "Data", rows: [["1820000000000000017", "1.82E+18"]] }]);
  });

  it("computes no formula: a stored result counts, none is unknown, an error is no number", async () => {
    const bytes = await written((sheet) => {
      sheet.addRow(["a", { formula: "1+1", result: 2 }, { formula: "1+1" }, { error: "#DIV/0!" }, "=1+1"]);
    });
    expect(await cellsOf(bytes)).toEqual([{ name: "Data", rows: [["a", "2", "", "#ERROR!", "=1+1"]] }]);
  });

  it("keeps the number of each row, with blank rows between and lines of text above the table", async () => {
    const bytes = await written((sheet) => {
      sheet.getCell("A1").value = "Report, October";
      sheet.getCell("A3").value = "Day";
      sheet.getCell("B3").value = "Cost";
      sheet.getCell("A4").value = "2026-10-01";
    });
    const { sheets } = await readSpreadsheet(bytes, "book.xlsx");
    expect(sheets[0]?.records).toEqual([
      { line: 1, cells: ["Report, October"], broken: null },
      { line: 2, cells: [""], broken: null },
      { line: 3, cells: ["Day", "Cost"], broken: null },
      { line: 4, cells: ["2026-10-01", ""], broken: null },
    ]);
  });

  it("may be the old .xls", async () => {
    expect(await cellsOf(old([["Page metrics"], ["Date", "Clicks"], ["10/26/2026", 5]]))).toEqual([
      { name: "Metrics", rows: [["Page metrics"], ["Date", "Clicks"], ["10/26/2026", "5"]] },
    ]);
  });

  it("is told from a zip of CSV files by its list of contents", async () => {
    const bytes = await written((sheet) => {
      sheet.addRow(["a"]);
    });
    expect(isSpreadsheet(bytes)).toBe(true);
    expect(isSpreadsheet(Buffer.from(zipSync({ "Table data.csv": strToU8("[Content_Types].xml") })))).toBe(false);
  });
});

describe("a workbook that would do harm", () => {
  const bytes = () =>
    written((sheet) => {
      sheet.addRow(["Day", "Cost"]);
      sheet.addRow(["2026-10-01", 5]);
    });
  const sheetName = "xl/worksheets/sheet1.xml";
  const schema = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const withSheet = async (xml: string) =>
    Buffer.from(zipSync({ ...unzipSync(await bytes()), [sheetName]: strToU8(xml) }, { level: 1 }));

  it("is refused by what it says it unpacks to, before a byte is inflated", async () => {
    expect(await whyOf(await withSheet(" ".repeat(3 * 2 ** 20)))).toContain(
      `${sheetName} is packed more than 100 times`,
    );
  });

  it("is refused where it unpacks to more than it says", async () => {
    const bomb = await withSheet(" ".repeat(3 * 2 ** 20));
    const real = Buffer.alloc(4);
    real.writeUInt32LE(3 * 2 ** 20);
    const lie = Buffer.alloc(4);
    lie.writeUInt32LE(1000);
    for (let at = bomb.indexOf(real); at >= 0; at = bomb.indexOf(real)) lie.copy(bomb, at);
    expect(await whyOf(bomb)).toBe(`${sheetName} holds more than it says`);
  });

  it("is refused where one far cell would make a table of billions", async () => {
    const rows = Array.from({ length: 400 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`).join(
      "",
    );
    const far = `<row r="500"><c r="XFD500"><v>1</v></c></row>`;
    const xml = `<worksheet xmlns="${schema}"><sheetData>${rows}${far}</sheetData></worksheet>`;
    expect(await whyOf(await withSheet(xml))).toBe("it has more than 500000 cells");
  });

  it("is refused for its number of cells before they are parsed", async () => {
    const cells = Array.from({ length: 500_001 }, (_, at) => `<c r="A1"><v>${at}</v></c>`).join("");
    const xml = `<worksheet xmlns="${schema}"><sheetData><row r="1">${cells}</row></sheetData></worksheet>`;
    expect(await whyOf(await withSheet(xml))).toBe("it has more than 500000 cells");
  });

  it("is refused where a byte of its figures was changed", async () => {
    const whole = Buffer.from(zipSync(unzipSync(await bytes()), { level: 0 }));
    whole[whole.indexOf("<v>5</v>") + 3] = "6".charCodeAt(0);
    expect(await whyOf(whole)).toBe(`${sheetName} is damaged`);
  });

  it("is refused wherever it is cut, to the byte", async () => {
    const whole = await bytes();
    for (let end = 5; end < whole.length; end += 1) expect(judgeZip(whole.subarray(0, end)).refused).not.toBeNull();
  });

  it("is refused wherever an old one is cut, to the byte", async () => {
    const whole = old([
      ["Page metrics"],
      ["Date", "Clicks"],
      ...Array.from({ length: 60 }, (_, at) => [`10/${at}/2026`, at]),
    ]);
    const kept: number[] = [];
    for (let end = 8; end < whole.length; end += 1) {
      const { problem } = await readSpreadsheet(whole.subarray(0, end), "book.xls");
      if (problem?.code !== "FILE_SPREADSHEET") kept.push(end);
    }
    expect(kept).toEqual([]);
  });

  it("is refused where it holds no workbook", async () => {
    const other = utils.book_new();
    utils.book_append_sheet(other, utils.aoa_to_sheet([["a", "b"]]), "Sheet1");
    const bytes = Buffer.from(write(other, { type: "buffer", bookType: "biff8" }));
    for (let at = bytes.indexOf("W\0o\0r\0k\0b\0o\0o\0k\0"); at >= 0; at = bytes.indexOf("W\0o\0r\0k\0b\0o\0o\0k\0"))
      bytes.write("V\0", at);
    expect(await whyOf(bytes)).toBeTruthy();
  });
});
