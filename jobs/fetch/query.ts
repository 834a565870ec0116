import { createHash } from "node:crypto";
import type { BigQueryOrigin } from "../../transforms/definitions.ts";
import { daysOf } from "../../transforms/period.ts";
import type { Asking } from "./asking.ts";

/** A statement of the agency's own: it is given the days, and its answer is read like an export of its platform. */
export function query({ project, dataset, query: file, params }: BigQueryOrigin, sql: string): Asking {
  const own = Object.entries(params).map(([name, value]) => [name, { type: typeOf(value), value }] as const);
  const name = (file ?? "").replace(/^.*\/|\.sql$/g, "");
  return {
    // Only its author knows what days there are.
    async held(span) {
      return { days: new Set(daysOf(span)), provisional: new Set() };
    },
    parts: [
      {
        name,
        spans: "days",
        edition: createHash("sha256").update(sql).digest("hex"),
        columns: null,
        statement: ({ from, to }) => ({
          sql,
          parameters: {
            ...Object.fromEntries(own),
            from: { type: "DATE", value: from },
            to: { type: "DATE", value: to },
          },
          ...(dataset !== null && { dataset: { project, dataset } }),
        }),
      },
    ],
  };
}

const typeOf = (value: string | number | boolean) =>
  typeof value === "number" ? ("INT64" as const) : typeof value === "boolean" ? ("BOOL" as const) : ("STRING" as const);
