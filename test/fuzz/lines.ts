/**
 * Lines and records as this folder understands them, apart from the program: nothing here is shared with its reader, so
 * that the two can be held against each other.
 */

/** Physical lines, whatever ends them; a last line break begins no further one. */
export function physicalLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/u);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** How many lines a record takes that begins on line `from`: more than one where a quoted cell holds line breaks. */
export function extentAt(lines: readonly string[], from: number, delimiter: string): number {
  let state: "start" | "bare" | "quoted" | "closed" = "start";
  for (let at = from; at < lines.length; at += 1) {
    for (const each of lines[at] ?? "") {
      if (state === "quoted") {
        if (each === '"') state = "closed";
      } else if (each === delimiter) state = "start";
      else if (state === "closed") {
        if (each !== '"') return 1;
        state = "quoted";
      } else state = each === '"' && state === "start" ? "quoted" : "bare";
    }
    if (state !== "quoted") return at - from + 1;
  }
  return 1;
}

/** A line's cells as they are written, quotes and all. */
export function rawCells(record: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const each of record) {
    if (each === '"') quoted = !quoted;
    if (each === delimiter && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += each;
  }
  return [...cells, cell];
}
