import { dimensions } from "../../transforms/metrics.ts";
import type { Report, Why } from "../../transforms/report/model.ts";
import { comparisonWord, formatDifference, languageOf, sectionHeading, sectionTitle, words } from "../text.ts";
import { type Cell, dash, differenceCell, gap, type Line, type Sheet, textCell, wide } from "./sheet.ts";

/** What each change is made of: the parts add up exactly to the change in the last line of each block. */
export function whySheet(report: Report): Sheet | null {
  const { why, locale } = report;
  if (why.length === 0) return null;
  const lines = [
    wide(sectionHeading("why", report), "title", 4),
    wide(`${report.title} · ${report.period.label}`, "aside", 4),
  ];
  for (const each of why) lines.push(gap, ...block(each, report));
  return { id: "why", name: sectionTitle("why", locale), kind: "detail", lines, head: null, frozen: 0, rules: [] };
}

function block(why: Why, { kpis, locale, cadence }: Report): Line[] {
  const said = words(locale);
  const kpi = kpis.find(({ id }) => id === why.kpi);
  const format = { unit: kpi?.unit ?? "count", currency: kpi?.currency, decimals: kpi?.decimals ?? 0 };
  const change = { ...format, locale, better: kpi?.better ?? ("neither" as const) };
  const parts = finer(format);
  const split = why.parts.some(({ rate, mix }) => rate !== null || mix !== null);
  const cell = (value: string | null): Cell =>
    value === null ? dash() : toned(differenceCell(value, { ...change, ...parts }), value, change.better);
  const sum = differenceCell(why.delta, { ...change, ...parts });
  return [
    wide(
      `${why.label} · ${comparisonWord(why.against, cadence, locale)} ${formatDifference(why.delta, format, locale)} · ${byWord(why.by, locale)}`,
      "heading",
      4,
    ),
    {
      cells: [
        textCell(said.factor, "head"),
        ...(split ? [textCell(said.rateEffect, "headNumber"), textCell(said.mixEffect, "headNumber")] : []),
        textCell(said.contribution, "headNumber"),
      ],
    },
    ...why.parts.map(({ name, rate, mix, total }) => ({
      cells: [textCell(name, "name"), ...(split ? [cell(rate), cell(mix)] : []), { ...cell(total), strong: true }],
    })),
    {
      cells: [
        textCell(said.total, "name", { strong: true, sum: true }),
        ...(split ? [textCell(null, "text", { sum: true }), textCell(null, "text", { sum: true })] : []),
        { ...sum, strong: true, sum: true },
      ],
    },
  ];
}

/** Parts are smaller than the whole: one digit more, so that a contribution does not round away. */
function finer<T extends { unit: string; decimals: number }>(format: T): { decimals: number } {
  return { decimals: format.unit === "ratio" ? format.decimals + 1 : format.decimals };
}

/** A contribution is coloured as the change it is part of; its sign says the same. */
function toned(cell: Cell, delta: string, better: "up" | "down" | "neither"): Cell {
  const rises = Number(delta) > 0;
  if (Number(delta) === 0) return cell;
  const tone = better === "neither" ? "neutral" : (better === "up") === rises ? "good" : "bad";
  return { ...cell, change: { arrow: rises ? "▲" : "▼", tone } };
}

function byWord(by: string, locale: Report["locale"]): string {
  const said = words(locale);
  if (by === "platform") return said.platform;
  if (by === "account") return said.account;
  return by in dimensions ? dimensions[by as keyof typeof dimensions].label[languageOf(locale)] : by;
}
