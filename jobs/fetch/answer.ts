import { createHash } from "node:crypto";
import { Big } from "big.js";
import { hourOf } from "../../transforms/asking.ts";
import type { Run } from "../../transforms/ownership.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import { csvText } from "../extract/csv.ts";
import type { Row } from "../warehouse/engine.ts";
import type { HeldDays, Part } from "./asking.ts";

/** An answer as an export: its name, its text, and a hash of its figures, whenever they were asked for. */
export interface Answer {
  name: string;
  text: string;
  figures: string;
}

interface About {
  part: Part;
  span: Run;
  held: HeldDays;
  /** What was asked, as people know it. */
  source: string;
  /** What begins a line that is no row, where the platform's exports have such a mark. */
  mark: string;
  at: string;
  client: string;
}

/**
 * Writes an answer as CSV: a few lines on what it is, a header, and its rows in an order that does not depend on
 * BigQuery's. Numbers are written with every digit.
 */
export function answerOf(rows: readonly Row[], { part, span, held, source, mark, at, client }: About): Answer {
  const columns = part.columns ?? Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => textOf(row[column], column, { source, client })));
  const kept = columns.flatMap((column, index) =>
    part.optional?.includes(column) && cells.every((row) => row[index] === "") ? [] : [index],
  );
  const table = [columns, ...cells.toSorted(byCells)].map((row) => kept.map((index) => row[index] ?? ""));
  const days = `${span.from} – ${span.to}`;
  const provisional = [...held.provisional].filter((day) => span.from <= day && day <= span.to).toSorted();
  // A statement of one's own need not have a row for each day, so it says nothing of days without one.
  const stated = part.columns === null ? [] : [[`${mark}Days: ${days}`]];
  const open = provisional.length > 0 ? [[`${mark}Provisional: ${provisional.join(" ")}`]] : [];
  const body = [...stated, ...open, ...table];
  return {
    name: `${part.name} ${days}.csv`,
    text: csvText([[`${mark}${source}, ${hourOf(at)}h UTC`], ...body]),
    figures: createHash("sha256").update(csvText(body)).digest("hex"),
  };
}

function byCells(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((cell, at) => cell !== b[at]);
  if (index < 0) return 0;
  return (a[index] ?? "") < (b[index] ?? "") ? -1 : 1;
}

function textOf(cell: unknown, column: string, { source, client }: Pick<About, "source" | "client">): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "object")
    throw new BogoError([problem("BIGQUERY_SOURCE_NESTED", { source, column }, { client, file: source })]);
  return typeof cell === "number" && Number.isFinite(cell) ? new Big(cell).toFixed() : String(cell);
}
