import iconv from "iconv-lite";
import { rawCells } from "./lines.ts";
import type { Random } from "./random.ts";
import type { SampleRecord, SampleText } from "./samples.ts";

/** A sample's text while it is changed. */
export interface Draft extends Omit<SampleText, "records"> {
  records: (SampleRecord & { touched: boolean })[];
  /** Whether a change speaks for all rows, so that none must be accepted. */
  whole: boolean;
  /** Line breaks that differ from `eol`, by record. */
  eols: Map<number, string>;
  /** The end of the text is left out from here, in characters; null keeps it. */
  cut: number | null;
}

/**
 * The structured changes, by name. What each touches:
 *
 * - One that changes a record touches that record, and nothing else: a quotation mark put anywhere may cost its own line
 *   only. In a head (see `SampleRecord`) it touches the whole file.
 * - One that deletes or moves records touches those it deletes; a record that only moves is untouched. Where a head is
 *   among them, the whole file.
 * - One that inserts a line touches nothing but that line; above the first row, the whole file.
 * - Changed line breaks and a byte order mark touch nothing.
 * - A cut touches the record it falls into and all behind it.
 *
 * Two rows that state different figures for the same thing contradict each other and are refused together, and what an
 * account or an encoding is told by most rows: `check.ts` says how these are judged.
 */
const mutations: Readonly<Record<string, (draft: Draft, random: Random) => void>> = {
  "junk cell": (draft, random) => inCell(draft, random, () => random.pick(junk)),
  "cell removed": (draft, random) => inCells(draft, random, (cells, at) => cells.toSpliced(at, 1)),
  "cell added": (draft, random) => inCells(draft, random, (cells, at) => cells.toSpliced(at, 0, random.pick(junk))),
  "quote at start": (draft, random) => inCell(draft, random, (cell) => `"${cell}`),
  "quote in the middle": (draft, random) =>
    inCell(draft, random, (cell) => {
      const at = random.int(cell.length + 1);
      return `${cell.slice(0, at)}"${cell.slice(at)}`;
    }),
  "quote at end": (draft, random) => inCell(draft, random, (cell) => `${cell}"`),
  "quote anywhere": (draft, random) =>
    inRecord(draft, random, (text) => {
      const at = random.int(text.length + 1);
      return `${text.slice(0, at)}"${text.slice(at)}`;
    }),
  "quote taken away": (draft, random) => inRecord(draft, random, (text) => text.replace('"', "")),
  "huge field": (draft, random) => inCell(draft, random, () => huge(random.pick(["x", '"', "가", ","]))),
  "control characters": (draft, random) => inCell(draft, random, (cell) => `${cell}${random.pick(controls)}`),
  "bad bytes": (draft, random) =>
    inRecord(draft, random, (text) => {
      const at = random.int(text.length + 1);
      return `${text.slice(0, at)}${badMark}${text.slice(at)}`;
    }),
  "line duplicated": (draft, random) => insert(draft, random, () => random.pick(draft.records).text),
  "lines swapped": (draft, random) => {
    const [one, other] = [random.int(draft.records.length), random.int(draft.records.length)];
    const [a, b] = [draft.records[one], draft.records[other]];
    if (!a || !b) return;
    draft.whole ||= a.kind === "head" || b.kind === "head";
    draft.records[one] = b;
    draft.records[other] = a;
  },
  "line deleted": (draft, random) => {
    const at = random.int(draft.records.length);
    draft.whole ||= draft.records[at]?.kind === "head";
    draft.records.splice(at, 1);
  },
  "blank line": (draft, random) => insert(draft, random, () => random.pick(["", " ", draft.delimiter, "\t"])),
  "junk line": (draft, random) => insert(draft, random, () => random.pick([...junk, ...controls])),
  "line breaks mixed": (draft, random) => {
    for (const at of draft.records.keys()) draft.eols.set(at, random.pick(["\n", "\r\n"]));
  },
  "byte order mark": (draft) => {
    if (draft.encoding === "utf-8") draft.mark = true;
  },
  "delimiter in quotes": (draft, random) =>
    inCell(draft, random, () => `"${random.pick(["a", "가", ""])}${draft.delimiter.repeat(1 + random.int(30))}b"`),
  "line break in quotes": (draft, random) => inCell(draft, random, () => `"a\nb${"\n".repeat(random.int(3))}"`),
  formula: (draft, random) => inCell(draft, random, () => random.pick(formulas)),
  "inherited name": (draft, random) => inCell(draft, random, () => random.pick(inherited)),
  "impossible number": (draft, random) => inCell(draft, random, () => random.pick(numbers)),
  "impossible date": (draft, random) => inCell(draft, random, () => random.pick(dates)),
  "totals in the middle": (draft, random) => {
    const below = draft.records.filter(({ kind, text }) => kind === "below" && text.trim() !== "");
    const width = Math.max(
      2,
      ...draft.records.filter(({ kind }) => kind === "row").map(({ text }) => rawCells(text, draft.delimiter).length),
    );
    const made = ["Total", ...Array<string>(width - 1).fill("1")].join(draft.delimiter);
    insert(draft, random, () => (below.length > 0 ? random.pick(below).text : made));
  },
  "header renamed": (draft, random) =>
    inHeader(draft, random, (cells, at) => cells.with(at, random.pick([...junk, ...inherited]))),
  "header doubled": (draft, random) => inHeader(draft, random, (cells, at) => cells.with(at, random.pick(cells))),
  "cut off": (draft, random) => {
    draft.cut = random.int(render(draft).length);
  },
};

/** A megabyte of it. */
const huge = (text: string): string => text.repeat(2 ** 20 / Buffer.byteLength(text));

/** Stands for bytes that are no text in the file's encoding, until it is encoded. */
const badMark = "\uE000";
const badBytes: Readonly<Record<Draft["encoding"], readonly number[][]>> = {
  "utf-8": [[0xff], [0xc3, 0x28], [0x80], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xb0, 0xa1]],
  cp949: [[0xff], [0x80], [0xc9, 0x20], [0xfe, 0xfe]],
  "utf-16le": [
    [0x00, 0xd8],
    [0x00, 0xdc],
  ],
};

const inherited = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
const formulas = [
  "=1+1",
  '"=HYPERLINK(""http://x.example"",""y"")"',
  "@SUM(A1:A9)",
  "+cmd|' /C calc'!A0",
  "＝1+1",
  "-2+3",
];
const numbers = [
  "1e400",
  "1e-400",
  "9".repeat(60),
  "-0",
  "NaN",
  "Infinity",
  "0x1F",
  "1_000",
  "1.2.3",
  '"1,2,3"',
  "½",
  "١٢",
  "1.5e9",
  "--5",
  "9223372036854775808",
];
const dates = [
  "31/02/2026",
  "2026-02-30",
  "0000-00-00",
  "9999-12-31",
  "2026-13-01",
  "2026-3-2",
  "20260230",
  "Feb 30, 2026",
  "1e9-01-01",
];
const controls = [
  "\0",
  "\x01",
  "\x1b[31m",
  "\x7f",
  "\x85",
  "\u2028",
  "\u202e",
  "\u200b",
  "\uFEFF",
  "\v",
  "\f",
  "\uFFFD",
  "\uFFFF",
  "\r",
];
const junk = [
  "junk",
  "",
  " ",
  "?",
  "쓰레기",
  "'; DROP TABLE facts; --",
  "\\",
  "''",
  "<b>",
  "null",
  "%",
  "🙂",
  ...inherited,
  ...numbers,
  ...dates,
];

type Cells = (cells: string[], at: number) => string[];

function inCells(draft: Draft, random: Random, change: Cells): void {
  inRecord(draft, random, (text) => {
    const cells = rawCells(text, draft.delimiter);
    return change(cells, random.int(cells.length)).join(draft.delimiter);
  });
}

function inCell(draft: Draft, random: Random, change: (cell: string) => string): void {
  inCells(draft, random, (cells, at) => cells.with(at, change(cells[at] ?? "")));
}

/** Rows four times in five. */
function inRecord(draft: Draft, random: Random, change: (text: string) => string): void {
  const rows = draft.records.filter(({ kind }) => kind === "row");
  touch(draft, random.pick(random.chance(0.8) && rows.length > 0 ? rows : draft.records), change);
}

/** The line above the first row. */
function inHeader(draft: Draft, random: Random, change: Cells): void {
  const header = draft.records[draft.records.findIndex(({ kind }) => kind === "row") - 1];
  if (!header) return;
  const cells = rawCells(header.text, draft.delimiter);
  draft.whole = true;
  header.text = change(cells, random.int(cells.length)).join(draft.delimiter);
}

function touch(draft: Draft, record: Draft["records"][number], change: (text: string) => string): void {
  record.text = change(record.text);
  record.touched = true;
  draft.whole ||= record.kind === "head";
}

function insert(draft: Draft, random: Random, line: () => string): void {
  const at = random.int(draft.records.length + 1);
  const before = draft.records.slice(0, at);
  // Between two tables of a file it may end the one above.
  draft.whole ||=
    !before.some(({ kind }) => kind === "row") || draft.records.slice(at).some(({ kind }) => kind === "head");
  draft.records.splice(at, 0, { text: line(), kind: "below", touched: true });
}

/** Changes a sample's text one to three times; says how. */
export function mutate(text: SampleText, random: Random): { draft: Draft; how: string[] } {
  const records = text.records.map((each) => ({ ...each, touched: false }));
  const draft: Draft = { ...text, records, whole: false, eols: new Map(), cut: null };
  const how: string[] = [];
  for (let left = random.pick([1, 1, 1, 2, 2, 3]); left > 0; left -= 1) {
    const name = random.pick(Object.keys(mutations));
    mutations[name]?.(draft, random);
    how.push(name);
    if (draft.records.length === 0) break;
  }
  return { draft, how };
}

/** The text as it is to be read, bad bytes still marked. */
function render({ records, eol, eols, lastNewline, cut }: Draft): string {
  const text = records.map((each, at) => {
    const end = at < records.length - 1 || lastNewline ? (eols.get(at) ?? eol) : "";
    return `${each.text.replaceAll("\n", eol)}${end}`;
  });
  return cut === null ? text.join("") : text.join("").slice(0, cut);
}

/** The texts of the rows that no change touched, line breaks in them as `\n`. */
export function untouched(draft: Draft): string[] {
  if (draft.whole) return [];
  const { cut, ...all } = draft;
  const end = cut ?? Number.POSITIVE_INFINITY;
  const rows: string[] = [];
  let at = 0;
  for (const [index, record] of draft.records.entries()) {
    const only = {
      ...all,
      records: [record],
      eols: new Map([[0, all.eols.get(index) ?? all.eol]]),
      lastNewline: true,
      cut: null,
    };
    at += render(only).length;
    // The line break itself may be cut away, but the last figure may not.
    if (record.kind === "row" && !record.touched && at <= end) rows.push(record.text);
  }
  return rows;
}

export function encode(draft: Draft, random: Random): Buffer {
  const parts = render(draft)
    .split(badMark)
    .map((part) => (draft.encoding === "utf-16le" ? Buffer.from(part, "utf16le") : iconv.encode(part, draft.encoding)));
  const bad = badBytes[draft.encoding];
  const mark = draft.mark
    ? [draft.encoding === "utf-16le" ? Buffer.from([0xff, 0xfe]) : Buffer.from([0xef, 0xbb, 0xbf])]
    : [];
  return Buffer.concat([
    ...mark,
    ...parts.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from(random.pick(bad)), part])),
  ]);
}

/** Changes bytes as a broken disk, a bad line or an attacker would. */
export function damage(bytes: Buffer, random: Random): { bytes: Buffer; how: string[] } {
  const how = random.pick(["bytes flipped", "cut off", "bytes inserted", "bytes deleted", "bytes zeroed"]);
  const at = random.int(bytes.length);
  const copy = Buffer.from(bytes);
  if (how === "cut off") return { bytes: copy.subarray(0, at), how: [how] };
  if (how === "bytes inserted") {
    const junk = Buffer.from(Array.from({ length: 1 + random.int(8) }, () => random.int(256)));
    return { bytes: Buffer.concat([copy.subarray(0, at), junk, copy.subarray(at)]), how: [how] };
  }
  const length = 1 + random.int(16);
  if (how === "bytes deleted")
    return { bytes: Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]), how: [how] };
  if (how === "bytes zeroed") return { bytes: copy.fill(0, at, Math.min(at + length, copy.length)), how: [how] };
  for (let left = 1 + random.int(4); left > 0; left -= 1) {
    const place = random.int(copy.length);
    copy[place] = (copy[place] ?? 0) ^ (1 + random.int(255));
  }
  return { bytes: copy, how: [how] };
}
