import { beforeAll, describe, expect, it, vi } from "vitest";
import { server } from "./served.ts";
import { stage } from "./stage.ts";

vi.mock("../../jobs/access.ts", async (original) =>
  (await import("./served.ts")).throughServer(await original<typeof import("../../jobs/access.ts")>()),
);

beforeAll(() => {
  server.put({
    project: "client-project",
    dataset: "shop",
    id: "newsletter",
    fields: [
      { name: "id", type: "STRING" },
      { name: "subject", type: "STRING" },
      { name: "list", type: "STRING" },
      { name: "sent_on", type: "DATE" },
      { name: "recipients", type: "INTEGER" },
      { name: "revenue", type: "FLOAT" },
      { name: "tags", type: "STRING", mode: "REPEATED" },
    ],
    rows: [
      ["01HB", '가을 "원두"?', "autumn", "2026-10-05", "1000", "0.1", ["a"]],
      ["01HC", "Sale; -- today @to", "autumn", "2026-10-20", "900", "1234567.89", []],
      ["01HD", "Spring", "spring", "2026-10-06", "5", "1", []],
      ["01HE", "Old", "autumn", "2026-09-30", "7", "7", []],
    ],
  });
});

const source = `  email:
    cadence: { monthly: { day: 4, at: "10:00" } }
    sources:
      - bigquery: { query: queries/newsletter.sql, project: client-project, dataset: shop, params: { list: autumn } }
        platform: klaviyo
        account: newsletter
        currency: KRW
        timezone: Asia/Seoul`;
const statement = (columns: string) => `-- Is the list "autumn"? Ask @nobody.
SELECT id AS \`Campaign ID\`, subject AS \`Campaign Name\`, sent_on AS \`Send Time\`, recipients AS \`Total Recipients\`,
  recipients AS \`Successful Deliveries\`, ${columns}
FROM newsletter WHERE sent_on BETWEEN @from AND @to AND list = @list`;
const october = { from: "2026-10-01", to: "2026-10-31" };
const needs = { days: [october], periods: [october] };

describe("a statement of one's own", () => {
  it("is given the days and its parameters, and its answer is read like an export of its platform", async () => {
    const hanbit = stage(source, { "queries/newsletter.sql": statement("revenue AS Revenue") });
    server.asked.length = 0;
    expect(await hanbit.load(needs, "2026-11-02T01:00:00.000Z")).toMatchObject({ codes: [], read: 1 });
    expect(await hanbit.parts("email", "email", ["sent", "conversion_value"], october)).toEqual([
      "Sale; -- today @to sent=900 conversion_value=1234567.89",
      '가을 "원두"? sent=1000 conversion_value=0.1',
    ]);
    expect((await hanbit.noted()).files).toEqual(["newsletter 2026-10-01 – 2026-10-31.csv"]);
    expect(server.asked.filter(({ kind }) => kind === "query")).toMatchObject([
      { sql: statement("revenue AS Revenue"), labels: { client: "hanbit", source: "email-query" } },
    ]);
    server.asked.length = 0;
    expect(await hanbit.rebuild("2026-11-02T02:00:00.000Z")).toEqual([]);
    expect(server.asked).toEqual([]);
  });

  it("is asked anew once it says something else", async () => {
    const hanbit = stage(source, { "queries/newsletter.sql": statement("revenue AS Revenue") });
    const settled = "2027-03-01T01:00:00.000Z";
    expect(await hanbit.load(needs, settled)).toMatchObject({ read: 1 });
    expect(await hanbit.load(needs, "2027-03-02T01:00:00.000Z")).toMatchObject({ codes: [], read: 0 });
    hanbit.write("queries/newsletter.sql", statement("2 * revenue AS Revenue"));
    expect(await hanbit.load(needs, "2027-03-02T01:05:00.000Z")).toMatchObject({ codes: [], read: 1 });
    expect(await hanbit.parts("email", "email", ["conversion_value"], october)).toEqual([
      "Sale; -- today @to conversion_value=2469135.78",
      '가을 "원두"? conversion_value=0.2',
    ]);
  });

  it("that changes tables, gives lists, or is no SQL is refused before it can do anything", async () => {
    const codes = async (sql: string) =>
      (await stage(source, { "queries/newsletter.sql": sql }).load(needs, "2026-11-02T03:00:00.000Z")).codes;
    const days = "sent_on BETWEEN @from AND @to AND list = @list";
    server.asked.length = 0;
    expect(await codes(`DELETE FROM newsletter WHERE ${days}`)).toEqual(["BIGQUERY_SOURCE_WRITES"]);
    expect(server.asked.map(({ kind }) => kind)).toEqual(["dry run"]);
    expect(await codes(statement("tags AS Tags"))).toEqual(["BIGQUERY_SOURCE_NESTED"]);
    expect(await codes(`SELEKT 1 FROM newsletter WHERE ${days}`)).toEqual(["BIGQUERY_SOURCE_REFUSED"]);
    expect(server.tables.get("shop.newsletter")?.rows).toHaveLength(4);
  });

  it("whose columns no format knows is named like a file that none knows", async () => {
    const sql = "SELECT id AS one, subject AS two FROM newsletter WHERE sent_on BETWEEN @from AND @to AND list = @list";
    const { codes } = await stage(source, { "queries/newsletter.sql": sql }).load(needs, "2026-11-02T03:00:00.000Z");
    expect(codes).toEqual(["FILE_UNKNOWN"]);
  });
});
