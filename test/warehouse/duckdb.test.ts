import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { describesWarehouse } from "./contract.ts";
import { subjectOf } from "./facts.ts";

const folder = mkdtempSync(join(tmpdir(), "warehouse-"));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

describe("DuckDB on disk", () => {
  describesWarehouse(async () => {
    count += 1;
    return subjectOf(await openDuckDb(join(folder, `${count}.duckdb`)));
  });
});
