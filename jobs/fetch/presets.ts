import { readStatement } from "../../config/statement.ts";
import type { BigQueryOrigin, Preset } from "../../transforms/definitions.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import type { Asking } from "./asking.ts";
import { ga4 } from "./ga4.ts";
import { googleAds } from "./google-ads.ts";
import { query } from "./query.ts";
import { searchConsole } from "./search-console.ts";

/** How a source asks: as its preset does, or with the statement that lies below its client's config folder. */
export function askingOf(origin: BigQueryOrigin, account: string, config: { root: string; client: string }): Asking {
  if (origin.preset) return presets[origin.preset](origin, account);
  const file = origin.query ?? "";
  const sql = readStatement(config.root, config.client, file);
  if (sql !== null) return query(origin, sql);
  const facts = { file, folder: `clients/${config.client}`, nearest: "–" };
  throw new BogoError([problem("CONFIG_STATEMENT_MISSING", facts, { client: config.client })]);
}

const presets: Readonly<Record<Preset, (origin: BigQueryOrigin, account: string) => Asking>> = {
  google_ads: googleAds,
  search_console: searchConsole,
  ga4,
};
