import { type FileHandle, open } from "node:fs/promises";

/** A CSV file that is written row by row. */
export interface CsvFile {
  write(cells: readonly (string | null)[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens one for people and their tools: UTF-8 with a byte order mark, since Excel reads Korean as CP949 without it, and
 * lines that end as RFC 4180 says. With `safe`, a text that a spreadsheet would take for a formula gets an apostrophe.
 */
export async function openCsv(path: string, columns: readonly string[], { safe }: { safe: boolean }): Promise<CsvFile> {
  const file = await open(path, "w");
  let held = `${safe ? "\uFEFF" : ""}${columns.join(",")}\r\n`;
  return {
    async write(cells) {
      held += `${cells.map((cell) => quoted(safe ? plain(cell) : cell)).join(",")}\r\n`;
      if (held.length > flushAt) held = await flushed(file, held);
    },
    async close() {
      await flushed(file, held);
      await file.close();
    },
  };
}

const flushAt = 1 << 18;

async function flushed(file: FileHandle, text: string): Promise<string> {
  await file.appendFile(text);
  return "";
}

/** A negative number is no formula. */
function plain(cell: string | null): string | null {
  return cell !== null && /^([=@\t\r]|[+-].)/s.test(cell) && !/^-\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}

const quoted = (cell: string | null): string =>
  cell === null ? "" : /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
