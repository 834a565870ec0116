import type { Row } from "../warehouse/engine.ts";
import type { Access } from "./client.ts";
import { explain } from "./retry.ts";

/** What the client gives of a page: its rows, what to ask for next, and what BigQuery said beside. */
export type Page = [Row[], object | null, { totalRows?: string }];

/** The rows of all pages. A page that leads nowhere, or fewer rows than there are, is an error, never a short answer. */
export async function* paged(
  fetch: (options: object) => Promise<{ rows: Row[]; next: object | null; total: string | undefined }>,
  access: Access,
): AsyncIterable<Row> {
  const seen = new Set<unknown>();
  let count = 0;
  let options: object = { autoPaginate: false, wrapIntegers: true, maxResults: pageSize };
  for (;;) {
    const { rows, next, total = "0" } = await fetch(options);
    count += rows.length;
    yield* rows.map(plainRow);
    const token = next && "pageToken" in next ? next.pageToken : null;
    const leadsNowhere = token !== null && (seen.has(token) || rows.length === 0);
    if (leadsNowhere || (!next && count !== Number(total)) || seen.size > most) {
      throw explain({ message: `${count} of ${total} rows came, and no more` }, access);
    }
    if (!next) return;
    seen.add(token ?? seen.size);
    options = next;
  }
}

/** How many rows travel at a time. */
const pageSize = 10_000;

/** More pages than any answer has. */
const most = 10_000;

/** Cells as text: whole numbers and decimals keep every digit, a day is its ISO date. */
function plainRow(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, plain(cell)]));
}

function plain(cell: unknown): unknown {
  if (cell === null || typeof cell !== "object") return cell;
  if ("value" in cell) return (cell as { value: string }).value;
  return "toFixed" in cell ? (cell as { toFixed(): string }).toFixed() : cell;
}
