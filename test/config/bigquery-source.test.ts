import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../config/load.ts";
import type { MetricId } from "../../transforms/metrics.ts";
import { parametersIn } from "../../transforms/sql-parameters.ts";
import { AGENCY, CLIENT, home, judged, short } from "./home.ts";

const withSource = (text: string) => CLIENT.replace('{ files: google-ads/*, account: "1" }', text);
const ads = "preset: google_ads, project: client-project, dataset: ads_transfer";
const said = async (text: string) =>
  (await judged(withSource(text))).config.problems.map(({ code, facts }) => ({ code, ...facts }));

describe("a source in BigQuery", () => {
  it("is complete with what its kind needs; the rest is the agency's", async () => {
    const agency = `${AGENCY}warehouse: { bigquery: { project: agency-project, location: EU, max_bytes_billed: 2 GB } }\n`;
    const text = '{ bigquery: { preset: google_ads, dataset: ads, customer: "1234567890" }, currency: KRW }';
    const { client, said: problems } = await judged(withSource(text), { agency });
    expect(problems).toEqual([]);
    expect(client?.sources).toEqual([
      expect.objectContaining({
        channel: "ppc",
        platform: "google_ads",
        account: "123-456-7890",
        currency: "KRW",
        bigquery: {
          preset: "google_ads",
          query: null,
          project: "agency-project",
          dataset: "ads",
          customer: "1234567890",
          manager: null,
          params: {},
          billed_to: "agency-project",
          location: "EU",
          credentials: null,
          max_bytes_billed: 2 * 2 ** 30,
        },
      }),
    ]);
    expect(client?.sources[0]).not.toHaveProperty("files");
  });

  it("is either files or BigQuery, and either a preset or a statement", async () => {
    expect(await said('{ account: "1" }')).toMatchObject([{ code: "CONFIG_SOURCE_ORIGIN" }]);
    expect(await said(`{ files: a/*, bigquery: { ${ads}, customer: "1234567890" } }`)).toMatchObject([
      { code: "CONFIG_SOURCE_ORIGIN" },
    ]);
    expect(await said("{ bigquery: { project: client-project, dataset: d } }")).toMatchObject([
      { code: "CONFIG_SOURCE_PRESET" },
    ]);
    expect(
      await said("{ bigquery: { preset: ga4, query: a.sql, project: client-project, dataset: d } }"),
    ).toMatchObject([{ code: "CONFIG_SOURCE_PRESET" }]);
  });

  it("names what is missing and what belongs elsewhere, with the nearest name that would do", async () => {
    expect(await said(`{ bigquery: { ${ads} } }`)).toMatchObject([{ code: "CONFIG_MISSING_KEY", key: "customer" }]);
    expect(await said('{ bigquery: { preset: google_ads, dataset: d, customer: "1234567890" } }')).toMatchObject([
      { code: "CONFIG_MISSING_KEY", key: "project" },
    ]);
    expect(await said("{ bigquery: { preset: search_console, project: client-project, dataset: d } }")).toMatchObject([
      { code: "CONFIG_MISSING_KEY", key: "account" },
    ]);
    expect(await said("{ bigquery: { preset: ga4, project: client-project, dataset: copied } }")).toMatchObject([
      { code: "CONFIG_MISSING_KEY", key: "account" },
    ]);
    expect(
      await said(`{ bigquery: { preset: ga4, project: client-project, dataset: analytics_1, params: {} } }`),
    ).toMatchObject([{ code: "CONFIG_UNKNOWN_KEY", found: "params" }]);
    expect(await said("{ bigquery: { preset: google_adds, project: client-project } }")).toMatchObject([
      { code: "CONFIG_NOT_ONE_OF", nearest: "google_ads" },
    ]);
    expect(await said(`{ bigquery: { ${ads}, custmer: "1234567890" } }`)).toMatchObject([
      { code: "CONFIG_UNKNOWN_KEY", found: "custmer", nearest: "customer" },
    ]);
  });

  it("supplies what its tables hold, which is less than the platform's exports may", async () => {
    const source = "{ bigquery: { preset: ga4, project: client-project, dataset: analytics_1 } }";
    const web = (kpi: string) =>
      withSource(source)
        .replace("  ppc:", `  web:\n    kpis: [${kpi}]`)
        .replace(/ {4}goals:\n.*\n/, "");
    const platforms = new Map<string, MetricId[]>([["ga4", ["sessions", "conversions", "active_users"]]]);
    expect((await judged(web("sessions"), { platforms })).said).toEqual([]);
    expect((await judged(web("conversions"), { platforms })).said).toEqual([
      expect.stringMatching(/^CONFIG_KPI_INPUT /),
    ]);
    expect(await said(`{ bigquery: { ${ads}, customer: "1234567890" }, platform: ga4 }`)).toMatchObject([
      { code: "CONFIG_NOT_ONE_OF", found: "ga4", known: "google_ads" },
    ]);
  });

  it.each([
    ['project: "a`; DROP"', "CONFIG_NOT_NAME"],
    ['dataset: "d`.x"', "CONFIG_NOT_NAME"],
    ['customer: "123"', "CONFIG_NOT_CUSTOMER"],
    ['manager: "1 OR 1=1"', "CONFIG_NOT_CUSTOMER"],
    ['location: "EU; x"', "CONFIG_NOT_NAME"],
    ["max_bytes_billed: lots", "CONFIG_NOT_BYTES"],
    ["credentials: canary", "CONFIG_SECRET_LITERAL"],
  ])("refuses %s", async (wrong, code) => {
    const [key = ""] = wrong.split(":");
    const keys = { project: "p-project", dataset: "d", customer: '"1234567890"', [key]: wrong.slice(key.length + 1) };
    const text = Object.entries(keys).map(([name, value]) => `${name}: ${value}`);
    const problems = await said(`{ bigquery: { preset: google_ads, ${text.join(", ")} } }`);
    expect(problems.map((each) => each.code)).toEqual([code]);
    expect(JSON.stringify(problems)).not.toContain("canary");
  });

  const query = (more = "") =>
    withSource(`{ bigquery: { query: queries/news.sql, project: client-project${more} }, account: a }`);
  const statement = async (sql: string | null, more = "") => {
    const files = {
      "agency.yaml": AGENCY,
      "clients/hanbit/client.yaml": query(more),
      ...(sql === null ? {} : { "clients/hanbit/queries/news.sql": sql }),
    };
    return (await loadConfig(home(files))).problems.map(({ code, facts }) => ({ code, ...facts }));
  };

  it("of a statement needs its file, its days and the values of its parameters", async () => {
    const days = "SELECT 1 WHERE day BETWEEN @from AND @to";
    expect(await statement(days)).toEqual([]);
    expect(await statement(`${days} AND list = @list`, ", params: { list: autumn }")).toEqual([]);
    expect(await statement(null)).toMatchObject([{ code: "CONFIG_STATEMENT_MISSING", file: "queries/news.sql" }]);
    expect(await statement("SELECT 1 WHERE day > @from")).toMatchObject([
      { code: "CONFIG_STATEMENT_DAYS", name: "to" },
    ]);
    expect(await statement(`${days} AND list = @lst`, ", params: { list: autumn }")).toMatchObject([
      { code: "CONFIG_PARAMETER_UNKNOWN", found: "lst", nearest: "list" },
      { code: "CONFIG_PARAMETER_UNUSED", found: "list", nearest: "lst" },
    ]);
  });

  it.each(["../other/a.sql", "/etc/a.sql", "a/../../b.sql", "a.txt", "C:\\\\a.sql"])(
    "of a statement refuses the path %s",
    async (path) => {
      expect(await said(`{ bigquery: { query: "${path}", project: client-project } }`)).toMatchObject([
        { code: "CONFIG_NOT_STATEMENT" },
      ]);
    },
  );

  it("of a statement follows no link out of the client's folder", async () => {
    const root = home({ "agency.yaml": AGENCY, "clients/hanbit/client.yaml": query().replace("queries/", "") });
    writeFileSync(join(root, "secret.sql"), "SELECT 1 WHERE day BETWEEN @from AND @to");
    symlinkSync(join(root, "secret.sql"), join(root, "clients/hanbit/news.sql"));
    expect((await loadConfig(root)).problems.map(({ code }) => code)).toEqual(["CONFIG_STATEMENT_MISSING"]);
  });

  it("is one client's: neither of two that read the same tables runs", async () => {
    const other = (text: string) => withSource(text).replace("ceo@hanbit", "cmo@hanbit");
    const both = async (text: string, again = text) => {
      const files = {
        "agency.yaml": AGENCY.replace("domains: {", "domains: { other: [hanbit.example],"),
        "clients/hanbit/client.yaml": withSource(text),
        "clients/other/client.yaml": other(again),
      };
      const { problems, clients } = await loadConfig(home(files));
      return { said: problems.map(short), running: [...clients.values()].filter(({ ok }) => ok).length };
    };
    const ga4 = "{ bigquery: { preset: ga4, project: client-project, dataset: analytics_1 } }";
    expect(await both(ga4)).toEqual({
      said: [
        expect.stringMatching(/^CONFIG_SAME_TABLES clients\/hanbit\/client.yaml:9:/),
        expect.stringMatching(/^CONFIG_SAME_TABLES clients\/other\/client.yaml:9:/),
      ],
      running: 0,
    });
    const one = (customer: string) => `{ bigquery: { ${ads}, customer: "${customer}", manager: "9999999999" } }`;
    expect((await both(one("1111111111"), one("111-111-1111"))).running).toBe(0);
    expect(await both(one("1111111111"), one("2222222222"))).toEqual({ said: [], running: 2 });
    const site = (url: string) =>
      `{ bigquery: { preset: search_console, project: client-project, dataset: sc }, account: "${url}" }`;
    expect((await both(site("https://a.example/"))).running).toBe(0);
    expect((await both(site("https://a.example/"), site("https://b.example/"))).running).toBe(2);
    const files = '{ files: google-ads/*, account: "111-111-1111" }';
    const asked = `{ bigquery: { ${ads}, customer: "1111111111" } }`;
    expect((await both(files, asked)).running).toBe(0);
  });
});

describe("the parameters of a statement", () => {
  it("are found outside of texts, names and comments", () => {
    const sql = `SELECT '@a', "@b", \`@c\`, '''it's @d''', @From, @@session -- @e
      # @f
      /* @g
         @h */ WHERE x = 'it\\'s @i' AND y = @to AND z = @from`;
    expect(parametersIn(sql)).toEqual(["from", "to"]);
  });
});
