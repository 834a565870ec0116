import { afterAll, beforeAll, describe } from "vitest";
import { startBigQuery, stopEngine, type TestBigQuery } from "../bigquery/server.ts";
import { openOn } from "../bigquery/subject.ts";
import { describesWarehouse } from "./contract.ts";
import { describesLaws } from "./contract-laws.ts";
import { subjectOf } from "./facts.ts";

let server: TestBigQuery;
let count = 0;
beforeAll(async () => {
  server = await startBigQuery({ page: 3 });
});
afterAll(async () => {
  await server.close();
  await stopEngine();
});

describe("BigQuery", () => {
  describesWarehouse(async () => {
    count += 1;
    return subjectOf(await openOn(server, { dataset: `contract_${count}` }));
  });
});

describe("the laws of the warehouse, in BigQuery", () => {
  describesLaws(async () => subjectOf(await openOn(server, { dataset: "laws" })), { runs: 4 });
});
