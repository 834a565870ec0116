import type { BigQueryPlace } from "../config/config.ts";
import { type Environment, secret } from "../config/secret.ts";
import type { BigQueryOrigin } from "../transforms/definitions.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import type { Access } from "./bigquery/client.ts";
import { ofSource, ofWarehouse } from "./bigquery/failures.ts";

/** What BigQuery is reached with: a client's place there, with the key read now, so that a new one counts at once. */
export function accessOf(client: string, place: BigQueryPlace, env: Environment = process.env): Access {
  const { project, dataset } = place;
  return { ...shared(client, place, env), project, dataset, failures: ofWarehouse };
}

/** The same for a source that is asked there. */
export function sourceAccess(client: string, origin: BigQueryOrigin, env: Environment = process.env): Access {
  const { billed_to: project, query } = origin;
  return { ...shared(client, origin, env), project, dataset: origin.dataset ?? query ?? "", failures: ofSource };
}

function shared(
  client: string,
  { location, credentials, max_bytes_billed: maxBytes }: BigQueryPlace | BigQueryOrigin,
  env: Environment,
): Pick<Access, "client" | "location" | "maxBytes" | "key"> {
  return { client, location, maxBytes, key: serviceKey(client, credentials, env) };
}

/** The key's text, which must be what the console gives for a service account; null for the machine's own identity. */
export function serviceKey(client: string, reference: string | null, env: Environment): string | null {
  if (reference === null) return null;
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
