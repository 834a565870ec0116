import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { extentAt, physicalLines, rawCells } from "./lines.ts";
import type { Reader } from "./reading.ts";

/** A sample export with what the fuzzer must know of it. */
export interface Sample {
  /** `google_ads/Campaign report.csv` */
  name: string;
  path: string;
  bytes: Buffer;
  /** Null for zips and workbooks, whose bytes alone are changed. */
  text: SampleText | null;
}

export interface SampleText {
  records: SampleRecord[];
  delimiter: string;
  eol: "\n" | "\r\n";
  mark: boolean;
  encoding: "utf-8" | "utf-16le" | "cp949";
  lastNewline: boolean;
}

/**
 * A record as it is written, without its line break. A `row` is one that the program accepts from the sample as it is;
 * what is `below` the first row and none of them (totals, blank lines, a footer) speaks for itself alone; what is the
 * `head` (a preamble, a header; all that is no row where tables alternate with comments, and all of a file whose every
 * line is a label and a value of one row) speaks for the whole file.
 */
export interface SampleRecord {
  text: string;
  kind: "head" | "row" | "below";
}

const root = join(import.meta.dirname, "..", "samples");

/** Paths of all sample exports. */
export function samplePaths(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((each) => each.isDirectory() && !["generate", "truth"].includes(each.name))
    .flatMap(({ name }) => readdirSync(join(root, name)).map((file) => join(root, name, file)))
    .filter((path) => /\.(csv|tsv|zip|xlsx|xls)$/u.test(path))
    .toSorted();
}

/** Reads the samples once as they are, for which of their lines are rows. */
export async function loadSamples(read: Reader): Promise<Sample[]> {
  const { formats } = await formatsOf(projectConfig);
  const shapes = new Map(formats.flatMap((each) => each.formats.map(({ id, shape }) => [id, shape])));
  const samples: Sample[] = [];
  for (const path of samplePaths()) {
    const bytes = readFileSync(path);
    const name = path.slice(root.length + 1);
    const { accepted, formats: found, encoding } = await read(path);
    const of = found.map((id) => shapes.get(id));
    const shape = of.includes("vertical") ? "vertical" : of.includes("blocks") ? "blocks" : "table";
    const isText = /\.(csv|tsv)$/u.test(path) && accepted.length > 0;
    samples.push({ name, path, bytes, text: isText ? textOf(bytes, encoding ?? "", new Set(accepted), shape) : null });
  }
  return samples;
}

function textOf(bytes: Buffer, encoding: string, accepted: ReadonlySet<number>, shape: string): SampleText {
  const known = encoding === "utf-16le" || encoding === "cp949" ? encoding : "utf-8";
  const text = iconv.decode(bytes, known, { stripBOM: false });
  const mark = text.startsWith("\uFEFF");
  const bare = mark ? text.slice(1) : text;
  const lines = physicalLines(bare);
  const firstRow = Math.min(...accepted);
  const row = lines[firstRow - 1] ?? "";
  const delimiter = [",", "\t", ";", "|"].reduce((best, each) =>
    rawCells(row, each).length > rawCells(row, best).length ? each : best,
  );
  const records: SampleRecord[] = [];
  for (let at = 0; at < lines.length; ) {
    const extent = extentAt(lines, at, delimiter);
    const below = at + 1 > firstRow && shape === "table" ? "below" : "head";
    const kind = accepted.has(at + 1) && shape !== "vertical" ? "row" : below;
    records.push({ text: lines.slice(at, at + extent).join("\n"), kind });
    at += extent;
  }
  const eol = bare.includes("\r\n") ? "\r\n" : "\n";
  return { records, delimiter, eol, mark, encoding: known, lastNewline: /[\r\n]$/u.test(bare) };
}
