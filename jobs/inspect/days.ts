import type { Block } from "./blocks.ts";
import { coverageOf, runText } from "./coverage.ts";
import type { Layout } from "./layout.ts";
import { say, words } from "./words.ts";

/** Which days a block speaks of, where it has no rows, and what that means. */
export function daysText({ table, tables }: Block, { lang, all }: Layout): string[] {
  const { kind, days, declared, generated } = table;
  const spans = tables.flatMap(({ from, to }) => (from && to ? [{ from, to }] : []));
  const from = spans.map((each) => each.from).toSorted()[0] ?? table.from;
  const to =
    spans
      .map((each) => each.to)
      .toSorted()
      .at(-1) ?? table.to;
  if (!from || !to) return [words.noDays[lang]];
  const range = from === to ? from : `${from} ~ ${to}`;
  if (kind === "snapshot") return [say("published", lang, { range })];
  if (kind === "window") {
    const count = new Set(spans.map((each) => `${each.from} ${each.to}`)).size;
    return [say(count > 1 ? "windows" : "window", lang, { range, count })];
  }
  const found = coverageOf({ days, declared, generated });
  if (!found) return [range];
  const { zero, unknown } = found;
  const runs = (list: typeof zero) =>
    runText(all ? list : list.slice(0, mostRuns), found.range) +
    (all || list.length <= mostRuns ? "" : say("and", lang, { count: list.length - mostRuns }));
  const rows =
    days.length === 0
      ? words.noRowsAtAll[lang]
      : zero.length > 0
        ? say("noRows", lang, { runs: runs(zero) })
        : words.everyDay[lang];
  const whole = found.range.from === found.range.to ? found.range.from : `${found.range.from} ~ ${found.range.to}`;
  return [
    `${whole} (${declared ? words.stated[lang] : words.fromRows[lang]}), ${rows}`,
    ...(zero.length > 0 ? [declared ? words.zeroStated[lang] : words.zeroBetween[lang]] : []),
    ...(zero.length > 0 && tables.some(({ rejected }) => rejected > 0) ? [words.zeroRejected[lang]] : []),
    ...(unknown.length > 0 ? [say("unknownDays", lang, { runs: runs(unknown) })] : []),
  ];
}

const mostRuns = 8;
