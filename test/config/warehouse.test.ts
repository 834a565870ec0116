import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../config/load.ts";
import { accessOf } from "../../jobs/access.ts";
import { BogoError } from "../../transforms/problem.ts";
import { AGENCY, CLIENT, home, judged, short } from "./home.ts";

const reference = (name: string) => `$${"{"}file:${name}}`;
const key = reference("/run/secrets/bigquery.json");
const agency = `${AGENCY}warehouse: { bigquery: { project: agency-project, credentials: "${key}" } }\n`;
const withClient = (text: string) => `${CLIENT}warehouse: ${text}\n`;

describe("warehouse", () => {
  it("is a file on the machine where nobody says otherwise", async () => {
    expect((await judged(CLIENT)).client?.warehouse).toBeNull();
  });

  it("is BigQuery for every client of an agency that says so, each in a data set of its own", async () => {
    expect((await judged(CLIENT, { agency })).client?.warehouse).toEqual({
      project: "agency-project",
      dataset: "bogo_hanbit",
      location: "asia-northeast3",
      credentials: key,
      max_bytes_billed: 10 * 2 ** 30,
    });
    expect((await judged(withClient("duckdb"), { agency })).client?.warehouse).toBeNull();
    const own = withClient("{ bigquery: { dataset: hanbit_eu, location: EU, max_bytes_billed: 500 MB } }");
    expect((await judged(own, { agency })).client?.warehouse).toMatchObject({
      project: "agency-project",
      dataset: "hanbit_eu",
      location: "EU",
      max_bytes_billed: 500 * 2 ** 20,
    });
  });

  it("is refused without a project, with a key typed into the file, and with what is no amount of data", async () => {
    const said = async (text: string) => (await judged(withClient(text))).said;
    expect(await said("{ bigquery: {} }")).toEqual([expect.stringMatching(/^CONFIG_MISSING_KEY .*client.yaml:14:/)]);
    expect(await said("{ bigquery: { project: my-project, credentials: canary } }")).toEqual([
      expect.stringMatching(/^CONFIG_SECRET_LITERAL /),
    ]);
    expect(await said("{ bigquery: { project: my-project, max_bytes_billed: lots } }")).toEqual([
      expect.stringMatching(/^CONFIG_NOT_BYTES /),
    ]);
    expect(await said("{ bigquery: { project: my-project, datset: x } }")).toEqual([
      expect.stringMatching(/^CONFIG_UNKNOWN_KEY /),
    ]);
  });

  it("stops two clients that name one data set", async () => {
    const shared = withClient("{ bigquery: { project: my-project, dataset: shared } }");
    const other = shared.replace('account: "1"', 'account: "2"').replace("ceo@hanbit", "cmo@hanbit");
    const domains = AGENCY.replace("domains: {", "domains: { other: [hanbit.example],");
    const files = { "agency.yaml": domains, "clients/hanbit/client.yaml": shared, "clients/other/client.yaml": other };
    const config = await loadConfig(home(files));
    expect(config.problems.map(short).filter((each) => each.startsWith("CONFIG_SAME_DATASET"))).toHaveLength(2);
    expect([...config.clients.values()].every(({ ok }) => !ok)).toBe(true);
  });
});

describe("the key of BigQuery's service account", () => {
  const place = { project: "p", dataset: "d", location: "EU", max_bytes_billed: 1 };
  const said = (content: string | null): string => {
    const path = join(home({}), "key.json");
    if (content !== null) writeFileSync(path, content);
    try {
      accessOf("hanbit", { ...place, credentials: reference(path) }, {});
      return "none";
    } catch (error) {
      return error instanceof BogoError ? error.message : String(error);
    }
  };

  it("is what the console gives, and never repeated where it is not", () => {
    expect(said(JSON.stringify({ client_email: "a@b.iam", private_key: "key" }))).toBe("none");
    expect(said(null)).toMatch(/^BIGQUERY_KEY: .*ENOENT/);
    expect(said("canary")).toMatch(/^BIGQUERY_KEY: .* holds no JSON/);
    expect(said(JSON.stringify({ client_email: "canary" }))).toMatch(/lacks private_key/);
    for (const content of ["canary", JSON.stringify({ client_email: "canary" })])
      expect(said(content)).not.toMatch(/canary/);
  });
});
