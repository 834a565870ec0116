import type { PlatformFormats } from "../../transforms/format/format.ts";
import { platformLabels, platformName } from "../../transforms/format/labels.ts";
import { type MetricId, metrics } from "../../transforms/metrics.ts";
import type { InspectedFile, InspectReport } from "../extract/inspect.ts";
import { harmless, shorten, widthOf, wrap } from "../line.ts";
import type { Combined } from "../warehouse/combine.ts";
import { tellBlock } from "./block.ts";
import { blocksOf } from "./blocks.ts";
import { figure } from "./figures.ts";
import { type Layout, marked, roomOf } from "./layout.ts";
import { tellStranger } from "./stranger.ts";
import { cutText, say, words } from "./words.ts";

/** What the program sees in some files, as people read it on a terminal. */
export function tellReport(
  { files, combined }: InspectReport,
  formats: readonly PlatformFormats[],
  how: Omit<Layout, "platforms">,
): string {
  const layout = { ...how, platforms: platformLabels(formats) };
  const tables = files.reduce((sum, { tables }) => sum + blocksOf(tables).length, 0);
  const rows = layout.all || tables <= 3 ? 10 : 3;
  const overlapping = combined.filter((held) => held.files > 1);
  return [...files.map((file) => tellFile(file, formats, rows, layout)), ...tellCombined(overlapping, layout)].join(
    "\n\n\n",
  );
}

function tellFile(file: InspectedFile, formats: readonly PlatformFormats[], rows: number, layout: Layout): string {
  const { lang } = layout;
  const name = harmless(file.file);
  const unknown = file.problems.find(({ code }) => code === "FILE_UNKNOWN");
  const unknownNext = file.problems.find(({ code }) => code === "FILE_COLUMNS_UNKNOWN")?.next ?? null;
  const problems = file.problems.filter(({ code, text }) => text === null && !toldElsewhere.has(code));
  const strange = file.tables.length > 0 ? file.strangers.map(({ part }) => harmless(part?.name ?? name)) : [];
  const blocks = blocksOf(file.tables);
  return [
    [shorten(name, layout.columns), "─".repeat(Math.min(layout.columns, Math.max(40, widthOf(name))))],
    ...(unknown ? [marked("✗", words.unknown[lang], layout)] : []),
    ...problems.map(({ code, severity, say: what, next }) => [
      ...marked(severity === "error" ? "✗" : "!", `${harmless(what)} (${code})`, layout),
      ...marked("→", harmless(next), layout, 4),
    ]),
    ...(strange.length > 0 ? [marked("!", say("strange", lang, { names: strange.join(", ") }), layout)] : []),
    ...blocks.map((block, at) =>
      tellBlock(
        block,
        {
          place: blocks.length > 1 ? `${at + 1}/${blocks.length}  ` : "",
          rows,
          unknownNext: unknownNext && harmless(unknownNext),
        },
        layout,
      ),
    ),
    ...(unknown ? file.strangers.slice(0, 3).map((each) => tellStranger(each, name, formats, layout)) : []),
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** Said where it belongs: beside the rejected lines, the columns, the unknown file. */
const toldElsewhere: ReadonlySet<string> = new Set(["FILE_ROWS_REJECTED", "FILE_COLUMNS_UNKNOWN", "FILE_UNKNOWN"]);

/** What the warehouse would hold of exports that speak about the same thing. */
function tellCombined(combined: readonly Combined[], layout: Layout): string[] {
  if (combined.length === 0) return [];
  const { lang } = layout;
  const title = `${words.combined[lang]}`;
  const held = combined.flatMap(({ platform, account, cut, files, rows, from, to, currency, sums }) => [
    "",
    `  ${[platformName(platform, layout.platforms, lang), cutText(cut, lang), ...(account ? [harmless(account)] : [])].join(" · ")}`,
    `    ${say("exports", lang, { count: files, rows: rows.toLocaleString("en-US") })}, ${from ?? "–"} ~ ${to ?? "–"}`,
    ...wrap(
      Object.entries(sums)
        .map(([id, sum]) => `${metrics[id as MetricId].label[lang]} ${figure(id as MetricId, sum, currency, lang)}`) // sums are keyed by metric
        .join(" · "),
      roomOf(layout),
    ).map((line) => `    ${line}`),
  ]);
  return [[title, "─".repeat(40), ...marked(" ", words.combinedHint[lang], layout, 0), ...held].join("\n")];
}
