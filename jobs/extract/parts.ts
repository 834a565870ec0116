import { type Problem, problem } from "../../transforms/problem.ts";
import { type CsvRecord, delimiterOf, readRecords } from "./csv.ts";
import { decode, type Encoding, encodingOf, isDamaged } from "./decode.ts";
import { isSpreadsheet, readSpreadsheet } from "./spreadsheet.ts";
import type { TablePart } from "./table.ts";
import type { Member } from "./unpack.ts";

/** A text, or a sheet of a workbook, whose cells are cut already. */
export interface Part {
  name: string;
  /** What it is a member of; null where the file is the text. */
  of: TablePart["of"] | null;
  encoding: Encoding;
  text: string;
  records: CsvRecord[] | null;
}

/** Every text and sheet among a file's members, or why the file is not read. */
export async function partsOf(
  members: readonly Member[],
  file: string,
): Promise<{ parts: Part[]; encoding: Encoding | null; problem: Problem | null }> {
  const parts: Part[] = [];
  for (const { name, bytes } of members) {
    if (isSpreadsheet(bytes)) {
      const { sheets, problem: refused } = await readSpreadsheet(bytes, file);
      if (refused) return { parts: [], encoding: null, problem: refused };
      parts.push(
        ...sheets.map(
          (sheet): Part => ({
            name: sheet.name,
            of: "workbook",
            encoding: "utf-8",
            text: "\n",
            records: sheet.records,
          }),
        ),
      );
    } else {
      const encoding = encodingOf(bytes);
      parts.push({ name, of: name === file ? null : "zip", encoding, text: decode(bytes, encoding), records: null });
    }
  }
  const damaged = parts.find(({ text }) => isDamaged(text));
  if (damaged) return { parts: [], encoding: damaged.encoding, problem: problem("FILE_ENCODING", { file }, { file }) };
  return { parts, encoding: parts[0]?.encoding ?? null, problem: null };
}

export const recordsOf = ({ text, records }: Part): CsvRecord[] => records ?? readRecords(text, delimiterOf(text));
