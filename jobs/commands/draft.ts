import { open, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { formatsOf } from "../../config/formats.ts";
import { Platform } from "../../config/schema/words.ts";
import { type Draft, draftOf } from "../../transforms/format/draft/draft.ts";
import { draftYaml } from "../../transforms/format/draft/write.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import type { Context } from "../context.ts";
import { type Part, partsOf, recordsOf } from "../extract/parts.ts";
import { readTables } from "../extract/read.ts";
import { isSpreadsheet } from "../extract/spreadsheet.ts";
import { isZip, unzip } from "../extract/unpack.ts";
import { withWorkFolder } from "../open.ts";

/** Prints a first format file for an export, guessed from what is known of other platforms. */
export async function draftCommand(
  context: Context,
  path: string,
  { platform = slugOf(path) }: { platform?: string },
): Promise<number> {
  const { lang, roots } = context;
  if (!Platform.safeParse(platform).success)
    throw new BogoError([problem("RUN_PLATFORM_NAME", { found: platform, nearest: slugOf(platform) })]);
  const file = basename(path);
  const { parts, cut } = await readParts(path, file);
  const { formats } = await formatsOf(roots.config);
  const known = await withWorkFolder((work) => readTables(path, { formats, work }));
  const [best, ...others] = draftsOf(parts, formats);
  if (!best) throw new BogoError([problem("FILE_NO_TABLE", { file }, { file })]);
  context.print(
    draftYaml(best.draft, {
      file,
      platform,
      lang,
      others: others.map(({ part }) => part.name),
      known: known.tables[0]?.format ?? null,
      cut,
    }).trimEnd(),
  );
  return 0;
}

/** The tables of a file, the one with the most lines first. */
function draftsOf(parts: readonly Part[], formats: readonly PlatformFormats[]): { part: Part; draft: Draft }[] {
  const read = parts.map((part) => ({ part, records: recordsOf(part).map(({ cells }) => cells) }));
  return read
    .toSorted((a, b) => b.records.length - a.records.length)
    .flatMap(({ part, records }) => {
      const draft = draftOf(records, formats);
      return draft ? [{ part, draft }] : [];
    });
}

/** The texts and sheets of a file; of a large plain one, its beginning. */
async function readParts(path: string, file: string): Promise<{ parts: Part[]; cut: boolean }> {
  const bytes = await beginning(path).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new BogoError([problem("FILE_UNREADABLE", { file, why }, { file })]);
  });
  if (bytes.length === 0) throw new BogoError([problem("FILE_EMPTY", { file }, { file })]);
  const packed = isZip(bytes) && !isSpreadsheet(bytes);
  const { members, problem: locked } = packed
    ? unzip(bytes, file)
    : { members: [{ name: file, bytes }], problem: null };
  const { parts, problem: damaged } = await partsOf(members, file);
  const refused = locked ?? damaged;
  if (refused) throw new BogoError([refused]);
  return { parts, cut: bytes.length < (await stat(path)).size };
}

/** A plain file's first whole lines. What is packed cannot be read in part. */
async function beginning(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(most), 0, most, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytesRead < most) return bytes;
    return isZip(bytes) || isSpreadsheet(bytes)
      ? await readFile(path)
      : bytes.subarray(0, bytes.lastIndexOf("\n") & ~1);
  } finally {
    await file.close();
  }
}

const most = 4 * 2 ** 20;

/** `Pinterest-Report 2026-10-26.csv` as `pinterest_report`. */
function slugOf(path: string): string {
  const name = basename(path)
    .replace(/\.[^.]*$/u, "")
    .toLowerCase()
    .replace(/[^a-z]+/gu, "_")
    .replace(/^_+|_+$/gu, "");
  return name || "new_platform";
}
