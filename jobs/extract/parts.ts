import { type Problem, problem } from "../../transforms/problem.ts";
import { type CsvRecord, delimiterOf, readRecords } from "./csv.ts";
import { decode, type Encoding, encodingOf, isDamaged } from "./decode.ts";
import { isSpreadsheet, readSpreadsheet } from "./spreadsheet.ts";
import type { Member } from "./unpack.ts";

/** A text, or a sheet of a workbook, whose cells are cut already. */
export interface Part {
  name: string;
  encoding: Encoding;
  text: string;
  records: CsvRecord[] | null;
}

/** Every text and sheet among a file's members, or why the file is not read. */
export async function partsOf(
  members: readonly Member[],
  file: string,
): Promise<{ parts: Part[]; problem: Problem | null }> {
  const parts: Part[] = [];
  for (const { name, bytes } of members) {
    if (isSpreadsheet(bytes)) {
      const { sheets, problem: refused } = await readSpreadsheet(bytes, file);
      if (refused) return { parts: [], problem: refused };
      parts.push(
        ...sheets.map((sheet): Part => ({ name: sheet.name, encoding: "utf-8", text: "\n", records: sheet.records })),
      );
    } else {
      const encoding = encodingOf(bytes);
      parts.push({ name, encoding, text: decode(bytes, encoding), records: null });
    }
  }
  const damaged = parts.some(({ text }) => isDamaged(text));
  return damaged ? { parts: [], problem: problem("FILE_ENCODING", { file }, { file }) } : { parts, problem: null };
}

export const recordsOf = ({ text, records }: Part): CsvRecord[] => records ?? readRecords(text, delimiterOf(text));
