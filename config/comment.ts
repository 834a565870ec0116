import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cadence } from "../transforms/metrics.ts";
import { periodOf } from "../transforms/period.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import type { Client } from "./config.ts";

/** One part of a person's comment: `총평`, `이슈`, `차주 계획`. */
export interface CommentPart {
  heading: string;
  text: string;
}

/**
 * The comment on one report's period, from `comments/<report>.<cadence>.<first day>.md`; empty where nobody wrote one.
 * A part begins at a Markdown heading; text before the first heading is a part without one. The text stays plain:
 * whatever stands in it is printed, never interpreted as HTML.
 */
export function readComment(
  root: string,
  client: string,
  report: string,
  cadence: Cadence,
  from: string,
): CommentPart[] {
  const file = join(root, "clients", client, "comments", `${report}.${cadence}.${from}.md`);
  return existsSync(file) ? commentParts(readFileSync(file, "utf8")) : [];
}

/** Splits Markdown at its headings; empty parts are left out. */
function commentParts(text: string): CommentPart[] {
  const parts: CommentPart[] = [{ heading: "", text: "" }];
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line);
    const last = parts.at(-1);
    if (heading) parts.push({ heading: heading[1] ?? "", text: "" });
    else if (last) last.text += `${line}\n`;
  }
  return parts
    .map(({ heading, text: body }) => ({ heading, text: body.trim() }))
    .filter(({ text: body }) => body !== "");
}

/** Comments that no period of any report will ever show. */
export function judgeComments(root: string, client: Client): Problem[] {
  const folder = join(root, "clients", client.slug, "comments");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md") && !belongs(name, client))
    .map((found) => {
      const place = { client: client.slug, file: `clients/${client.slug}/comments/${found}` };
      return problem("CONFIG_COMMENT_STRAY", { found, nearest: example(found, client) }, place);
    });
}

function belongs(name: string, client: Client): boolean {
  const match = /^(.+)\.([a-z]+)\.(\d{4}-\d\d-\d\d)\.md$/.exec(name);
  if (!match) return false;
  const [, id, cadence, day = ""] = match;
  const report = client.reports.find((each) => each.id === id && each.cadence === cadence);
  return report !== undefined && isDay(day) && periodOf(report.cadence, day, rulesOf(report)).from === day;
}

/** What the writer may have meant: the same report and cadence where they exist, at the period its day lies in. */
function example(name: string, client: Client): string {
  const day = /\d{4}-\d\d-\d\d/.exec(name)?.[0] ?? "";
  const [first] = client.reports;
  const report =
    client.reports.find((each) => name.startsWith(`${each.id}.${each.cadence}.`)) ??
    client.reports.find((each) => name.startsWith(`${each.id}.`)) ??
    first;
  if (!report) return "";
  const from = isDay(day) ? periodOf(report.cadence, day, rulesOf(report)).from : "2026-01-01";
  return `${report.id}.${report.cadence}.${from}.md`;
}

const rulesOf = ({ week_starts, week_label }: Client["reports"][number]) => ({ week_starts, week_label });

function isDay(text: string): boolean {
  try {
    periodOf("daily", text);
    return periodOf("weekly", text).from !== "";
  } catch {
    return false;
  }
}
