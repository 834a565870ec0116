import { readFileSync } from "node:fs";
import { afterAll, describe } from "vitest";
import { connect } from "../../jobs/warehouse/bigquery/remote.ts";
import { describesWarehouse } from "../warehouse/contract.ts";
import { describesLaws } from "../warehouse/contract-laws.ts";
import { subjectOf } from "../warehouse/facts.ts";
import { accessTo, openOn } from "./subject.ts";

/**
 * The contract against a real project: BOGO_BIGQUERY_PROJECT, and BOGO_BIGQUERY_KEY with the path of a key where the
 * machine has no identity of its own. It creates data sets `bogo_contract_…` and deletes them.
 */
const { BOGO_BIGQUERY_PROJECT: project, BOGO_BIGQUERY_KEY: path } = process.env;
const run = crypto.randomUUID().slice(0, 8);
const real = {
  project: project ?? "",
  key: path === undefined ? null : readFileSync(path, "utf8"),
  endpoint: undefined,
  auth: undefined,
  patience: undefined,
  maxBytes: 2 ** 30,
};
const datasets: string[] = [];

async function open() {
  const dataset = `bogo_contract_${run}_${datasets.length}`;
  datasets.push(dataset);
  return subjectOf(await openOn({ endpoint: "" }, { ...real, dataset }));
}

afterAll(async () => {
  for (const dataset of project ? datasets : [])
    await (await connect(accessTo({ endpoint: "" }, { ...real, dataset }))).erase();
}, 600_000);

describe.skipIf(!project)("BigQuery itself", { timeout: 600_000 }, () => describesWarehouse(open));
describe.skipIf(!project)("the laws of the warehouse, in BigQuery itself", { timeout: 3_600_000 }, () =>
  describesLaws(open, { runs: 4 }),
);
