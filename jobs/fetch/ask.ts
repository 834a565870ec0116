import { createHash } from "node:crypto";
import { BogoError, problem } from "../../transforms/problem.ts";
import { type Access, type Connection, dial, type Statement } from "../bigquery/client.ts";
import { explain, isMissing, megabytes } from "../bigquery/retry.ts";
import type { Row } from "../warehouse/engine.ts";
import type { Ask } from "./asking.ts";

/** A way to BigQuery that only reads, and never more than it may. */
export interface Asker extends Ask {
  /** Rows of a statement. The same question of the same hour is one job, which who asks again after a crash joins. */
  figures(statement: Statement, question: object): Promise<Row[]>;
  billed(): number;
}

/** Opens it. Each statement is tried dry first: one that would write, or read more than the cap, is not run. */
export async function openAsker(access: Access, labels: NonNullable<Statement["labels"]>): Promise<Asker> {
  const connection = await dial(access);
  const named = Object.fromEntries(Object.entries(labels).map(([key, text]) => [key, labelOf(text)]));
  const run = async (statement: Statement, job: string): Promise<Row[]> => {
    await requireFit(statement, connection, access);
    const id = `bogo-${access.client}-source-${job}`;
    return Array.fromAsync(connection.rows(await connection.run({ ...statement, labels: named }, id)));
  };
  return {
    figures: (statement, question) => explained(() => run(statement, hashOf({ statement, question })), access),
    rows: (statement) => explained(() => run(statement, crypto.randomUUID()), access),
    tables: (project, dataset) => explained(() => connection.tables(project, dataset), access),
    billed: connection.billed,
  };
}

async function requireFit(statement: Statement, connection: Connection, access: Access): Promise<void> {
  const { dataset, client, maxBytes } = access;
  const { bytes, kind } = await connection.estimate(statement);
  if (kind !== "SELECT") throw new BogoError([problem("BIGQUERY_SOURCE_WRITES", { dataset, kind }, { client })]);
  if (bytes <= maxBytes) return;
  const facts = { dataset, cap: megabytes(maxBytes), why: `${megabytes(bytes)} MB` };
  throw new BogoError([problem("BIGQUERY_SOURCE_CAP", facts, { client })]);
}

/** A table that is not there is for the warehouse to make; here it is a problem like any other. */
async function explained<Result>(work: () => Promise<Result>, access: Access): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isMissing(error) && !(error instanceof BogoError) ? explain(error, access) : error;
  }
}

const hashOf = (question: object): string =>
  createHash("sha256").update(JSON.stringify(question)).digest("hex").slice(0, 32);

/** What a label's value may hold. */
const labelOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, "-")
    .slice(0, 63);
