import { describe } from "vitest";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { describesLaws } from "./contract-laws.ts";
import { subjectOf } from "./facts.ts";

describe("the laws of the warehouse, in DuckDB", () => {
  describesLaws(async () => subjectOf(await openDuckDb(":memory:")));
});
