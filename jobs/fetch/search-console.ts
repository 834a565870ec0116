import type { BigQueryOrigin } from "../../transforms/definitions.ts";
import { type Asking, between, type Part, tableName } from "./asking.ts";

/**
 * The tables of Search Console's bulk export. An impression of two pages is one of the site and one of each page, so the
 * two tables are never added. Rows are not consolidated: every figure is a sum.
 */
export function searchConsole({ project, dataset }: BigQueryOrigin, site: string): Asking {
  const table = (name: string) => tableName(project, dataset ?? "", name);
  const parameters = { site: { type: "STRING", value: site } } as const;
  const part = (name: string, from: string, position: string, by: string | null, only = ""): Part => ({
    name: `search_console ${name}`,
    spans: "days",
    edition: "",
    columns: ["data_date", "site_url", ...(by === null ? [] : [by]), "clicks", "impressions", "position_weight"],
    statement: (span) => ({
      // Positions count from 0 in the tables.
      sql: `SELECT data_date, site_url, ${by === null ? "" : `${by}, `}SUM(clicks) AS clicks, SUM(impressions) AS impressions,
  SUM(${position}) + SUM(impressions) AS position_weight
FROM ${table(from)}
WHERE ${between("data_date", span)} AND site_url = @site AND search_type = 'WEB'${only}
GROUP BY data_date, site_url${by === null ? "" : `, ${by}`}`,
      parameters,
    }),
  });
  return {
    // A day without a search has no row, but the export is logged all the same.
    async held(span, ask) {
      const sql = `SELECT DISTINCT data_date AS day FROM ${table("ExportLog")}
WHERE ${between("data_date", span)} AND namespace = 'SEARCHDATA_SITE_IMPRESSION'`;
      const rows = await ask.rows({ sql, parameters: {} });
      return { days: new Set(rows.map(({ day }) => String(day))), provisional: new Set() };
    },
    parts: [
      part("site", "searchdata_site_impression", "sum_top_position", null),
      // Anonymised queries are part of the site's totals and no query of their own.
      part(
        "queries",
        "searchdata_site_impression",
        "sum_top_position",
        "query",
        "\n  AND NOT is_anonymized_query AND query <> ''",
      ),
      part("pages", "searchdata_url_impression", "sum_position", "url"),
    ],
  };
}
