import type { BigQueryPlace } from "../config/config.ts";
import { type Environment, secret } from "../config/secret.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import type { Access } from "./warehouse/bigquery/client.ts";

/** What BigQuery is reached with: a client's place there, with the key read now, so that a new one counts at once. */
export function accessOf(client: string, place: BigQueryPlace, env: Environment = process.env): Access {
  const { credentials, max_bytes_billed: maxBytes, ...where } = place;
  return { ...where, client, maxBytes, key: credentials === null ? null : keyOf(client, credentials, env) };
}

/** The key's text, which must be what the console gives for a service account. */
function keyOf(client: string, reference: string, env: Environment): string {
  const unfit = (why: string) => new BogoError([problem("BIGQUERY_KEY", { why }, { client })]);
  let text: string;
  try {
    text = secret(reference, env).reveal();
  } catch (error) {
    throw unfit(error instanceof Error ? error.message : String(error));
  }
  const fields = fieldsOf(text);
  if (!fields) throw unfit(`${reference} holds no JSON`);
  const lacking = ["client_email", "private_key"].filter((name) => typeof fields[name] !== "string");
  if (lacking.length > 0) throw unfit(`${reference} lacks ${lacking.join(", ")}`);
  return text;
}

/** A parser's own words would repeat the key. */
function fieldsOf(text: string): Record<string, unknown> | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
