import { readFile } from "node:fs/promises";
import { decode } from "./extract/decode.ts";
import type { Table } from "./extract/table.ts";

/**
 * The line in which a file breaks off, or null where it is whole: its last line has no end and too few cells.
 *
 * Such a file says that it covers days whose rows it has lost, so it must not take over from a whole one.
 */
export async function tornLine(path: string, { rejected, encoding }: Table): Promise<number | null> {
  const last = rejected.findLast(({ code }) => code === "cells" || code === "quote");
  if (!last) return null;
  const text = decode(await readFile(path), encoding);
  if (text.endsWith("\n")) return null;
  return last.code === "quote" || last.line === text.split("\n").length ? last.line : null;
}
