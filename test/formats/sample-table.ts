import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { table, WRITTEN } from "../../jobs/docs/table.ts";
import { projectRoot } from "../../jobs/roots.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { readSamples, type Sample, type SampleRead, sampleFiles } from "./samples.ts";

/** The page that shows how each sample is read. It reads samples, so it lives with the tests and not in the product. */
export function sampleTable(
  samples: readonly Sample[],
  reads: readonly SampleRead[],
  known: readonly PlatformFormats[],
): string {
  const labels = new Map(known.map(({ platform, label }) => [platform, label.en]));
  const formats = new Map(known.flatMap((each) => each.formats.map((format) => [format.id, format])));
  const lines = samples.map((sample, index) => lineOf(sample, reads[index] ?? { tables: [], problems: [] }));
  const rows = lines.map((line) => [
    `[${labels.get(line.platform)}](formats/${line.platform}.md)`,
    line.formats.map((id) => `\`${id.split(".")[1]}\``).join(", "),
    line.language,
    line.formats.every((id) => formats.get(id)?.verified) ? "yes" : "no",
    line.name,
    String(line.lines),
    String(line.accepted),
    line.refused ? `${line.rejected} (refused)` : String(line.rejected),
    skippedText(line.skipped),
    line.exact,
  ]);
  const sum = (of: (line: Line) => number) => String(lines.reduce((all, line) => all + of(line), 0));
  const total = [
    "**Total**",
    `${new Set(lines.flatMap((each) => each.formats)).size} formats`,
    `${new Set(lines.map((each) => each.language)).size} languages`,
    "",
    `${lines.length} files`,
    sum((each) => each.lines),
    sum((each) => each.accepted),
    sum((each) => each.rejected),
    sum((each) => count(each.skipped)),
    `${lines.filter(({ exact }) => exact === "yes").length} yes, ${lines.filter(({ exact }) => exact === "no").length} no`,
  ];
  return `${[
    WRITTEN,
    "# Samples",
    introduction,
    table(
      [
        "Platform",
        "Format",
        "Language",
        "Verified",
        "Sample",
        "Lines",
        "Accepted",
        "Rejected",
        "Skipped",
        "Sums exact",
      ],
      [...rows, total],
    ),
  ].join("\n\n")}\n`;
}

const introduction = `Every format in every language, each with a file that was written for it: \`test/samples/<platform>/\`, with what a reader must find in it beside it.

- *Lines* are those of the file, or of all files and sheets in it; a line break inside quotes belongs to its line. Accepted, rejected and skipped lines add up to them. A file that is refused as a whole rejects all its lines.
- *Sums exact*: each sum of each metric is, to the last digit, what was worked out from the figures as they were written down. – where nothing may be added: people, estimates, files without rows.
- *Verified* means that a real file of the format was seen.`;

interface Line {
  platform: string;
  name: string;
  formats: string[];
  language: string;
  lines: number;
  accepted: number;
  rejected: number;
  refused: boolean;
  skipped: Record<string, number>;
  exact: "yes" | "no" | "–";
}

function lineOf({ platform, name, expected }: Sample, { tables }: SampleRead): Line {
  const refused = expected?.refuses !== undefined;
  const skipped: Record<string, number> = {};
  for (const table of tables)
    for (const [kind, lines] of Object.entries(table.skipped)) skipped[kind] = (skipped[kind] ?? 0) + lines;
  const wanted = expected?.tables.map(({ sums }) => sums) ?? [];
  const found = tables.map(({ sums }) => sums);
  const isSame = wanted.length === found.length && wanted.every((sums, index) => sameSums(sums, found[index] ?? {}));
  const lines = expected?.lines ?? 0;
  return {
    platform,
    name,
    formats: refused ? [expected?.refuses ?? ""] : [...new Set(tables.map(({ format }) => format))],
    language: expected?.language ?? "",
    lines,
    accepted: tables.reduce((sum, { rows }) => sum + rows, 0),
    rejected: refused ? lines : tables.reduce((sum, { rejected }) => sum + rejected, 0),
    refused,
    skipped,
    exact: !isSame ? "no" : wanted.some((sums) => Object.keys(sums).length > 0) ? "yes" : "–",
  };
}

function sameSums(
  wanted: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string | undefined>>,
): boolean {
  const names = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  return [...names].every((name) => wanted[name] === found[name]);
}

const count = (skipped: Readonly<Record<string, number>>): number => Object.values(skipped).reduce((a, b) => a + b, 0);

const skippedText = (skipped: Readonly<Record<string, number>>): string =>
  Object.entries(skipped)
    .filter(([, lines]) => lines > 0)
    .map(([kind, lines]) => `${kind} ${lines}`)
    .join(", ") || "0";

if (import.meta.main) {
  const work = mkdtempSync(join(tmpdir(), "bogo-samples-"));
  const { formats } = await formatsOf(projectConfig);
  const samples = sampleFiles();
  const reads = await readSamples(samples, formats, work);
  writeFileSync(join(projectRoot, "docs/samples.md"), sampleTable(samples, reads, formats));
  rmSync(work, { recursive: true, force: true });
}
