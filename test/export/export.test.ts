import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import Big from "big.js";
import { parse } from "csv-parse/sync";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeExport } from "../../jobs/export/write.ts";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { googleAds, home, meta } from "../cli/home.ts";
import { duckdbSubject, extraction } from "../warehouse/facts.ts";

type Line = Record<string, string>;

const csv = (path: string): Line[] => parse(readFileSync(path), { bom: true, columns: true });

const sum = (rows: readonly Line[], column: string): string =>
  rows.reduce((total, row) => total.plus(row[column] || 0), new Big(0)).toFixed();

async function parquet(path: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const found = await connection.runAndReadAll(sql.replace("FILE", `read_parquet('${path}')`));
  const rows = found.getRows().map((row) => row.map(String));
  connection.closeSync();
  instance.closeSync();
  return rows;
}

describe("bogo export", () => {
  it("writes one CSV and one Parquet file a cut, whose columns add up to the exports'", async () => {
    const at = home();
    const to = join(at.folder, "tableau");
    const ended = await at.bogo(`export acme --to ${to}`);
    expect(ended.code, ended.err).toBe(0);
    expect(readdirSync(to).toSorted()).toEqual([
      "columns.csv",
      "export.json",
      "ppc.campaign.csv",
      "ppc.campaign.parquet",
    ]);
    expect(readFileSync(join(to, "ppc.campaign.csv")).subarray(0, 3).toString("hex")).toBe("efbbbf");

    const rows = csv(join(to, "ppc.campaign.csv"));
    // Two weeks: two campaigns of Google's and one of Meta's a day.
    expect(rows).toHaveLength(42);
    const [google, facebook] = [
      rows.filter((row) => row.platform === "google_ads"),
      rows.filter((row) => row.platform === "meta_ads"),
    ];
    // 30.25 … 43.25 and 14 × 2.05; 20.5 … 33.5.
    expect(sum(google, "cost")).toBe(new Big("514.5").plus("28.7").toFixed());
    expect(sum(facebook, "cost")).toBe("378");
    // 1200, 1210 … 1330 and 300 … 313; 60 … 73 and 14 × 7.
    expect(sum(google, "impressions")).toBe(String(17_710 + 4_291));
    expect(sum(google, "clicks")).toBe(String(931 + 98));
    expect(facebook[0]).toMatchObject({ campaign_id: "120259583027653975", campaign: "Prospecting", currency: "USD" });

    // The types hold every digit: cost is a decimal, days are dates.
    const found = await parquet(
      join(to, "ppc.campaign.parquet"),
      "SELECT platform, COUNT(*), SUM(cost)::DECIMAL(18,2), MIN(day), typeof(ANY_VALUE(day)) FROM FILE GROUP BY platform ORDER BY platform",
    );
    expect(found).toEqual([
      ["google_ads", "28", "543.20", "2025-10-06", "DATE"],
      ["meta_ads", "14", "378.00", "2025-10-06", "DATE"],
    ]);

    const list = JSON.parse(readFileSync(join(to, "export.json"), "utf8"));
    expect(list).toMatchObject({
      client: "acme",
      files: [{ file: "ppc.campaign.csv", rows: 42, from: "2025-10-06", to: "2025-10-19" }, {}],
    });
    for (const { file, sha256 } of list.files)
      expect(
        createHash("sha256")
          .update(readFileSync(join(to, file)))
          .digest("hex"),
      ).toBe(sha256);
    expect(csv(join(to, "columns.csv"))).toContainEqual({
      column: "cost",
      label_ko: "광고비",
      label_en: "Cost",
      unit: "money",
      over_rows: "sum",
    });
  });

  it("replaces a restated day, keeps a formula a text, and takes away files of an earlier extract", async () => {
    const at = home();
    const to = join(at.folder, "tableau");
    await at.bogo(`export acme --to ${to}`);
    at.write(
      "inbox/acme/google-ads/Campaign report (1).csv",
      googleAds({ from: "2025-10-13", to: "2025-10-19", scale: 2 }).replaceAll("Display", "=cmd|calc"),
    );
    const later = await at.bogo(`export acme --to ${to}`);
    // Somebody has to look at an export without a campaign that was there before; until then the old figures stand.
    expect(later.err).toContain("Display");
    await at.bogo("accept --all --client acme --by lee");
    await at.bogo(`export acme --to ${to}`);
    const google = csv(join(to, "ppc.campaign.csv")).filter((row) => row.platform === "google_ads");
    const second = google.filter(({ day = "" }) => day >= "2025-10-13");
    expect(second).toHaveLength(14);
    // 2 × (30.25 … 36.25) and 2 × 7 × 2.05
    expect(sum(second, "cost")).toBe(new Big("465.5").plus("28.7").toFixed());
    expect(new Set(second.map(({ campaign }) => campaign))).toEqual(new Set(["Search - Brand", "'=cmd|calc"]));
    const [[text] = []] = await parquet(
      join(to, "ppc.campaign.parquet"),
      "SELECT DISTINCT campaign FROM FILE WHERE campaign LIKE '%cmd%'",
    );
    expect(text).toBe("=cmd|calc");
  });

  it("refuses a folder with another client's extract", async () => {
    const at = home();
    const to = join(at.folder, "tableau");
    await at.bogo(`export acme --to ${to}`);
    const before = readFileSync(join(to, "ppc.campaign.csv"), "utf8");
    const refused = await at.bogo(`export hanbit --to ${to}`);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("EXPORT_FOREIGN");
    expect(refused.err).toContain("Nothing was written");
    expect(readFileSync(join(to, "ppc.campaign.csv"), "utf8")).toBe(before);
  });

  it("leaves out an account that the config no longer has", async () => {
    const at = home();
    const to = join(at.folder, "tableau");
    at.write("inbox/acme/meta/more.csv", meta({ from: "2025-10-20", to: "2025-10-26" }));
    await at.bogo(`export acme --to ${to}`);
    const config = readFileSync(join(at.folder, "config/clients/acme/client.yaml"), "utf8");
    at.write("config/clients/acme/client.yaml", config.replace(/^.*meta\/\*.*\n/m, ""));
    await at.bogo(`export acme --to ${to}`);
    expect(new Set(csv(join(to, "ppc.campaign.csv")).map(({ platform }) => platform))).toEqual(new Set(["google_ads"]));
  });
});

describe("what may not be added", () => {
  it("stands in files of its own, as windows do, and no window is there twice", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bogo-export-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { warehouse, load } = duckdbSubject(await openDuckDb(":memory:"));
    onTestFinished(() => warehouse.close());
    const web = { channel: "web", platform: "ga4", account: "p", currency: null, vat: null } as const;
    const facts = [
      { day: "2026-03-01", sessions: 10, users: 7 },
      { day: "2026-03-02", sessions: 20, users: 9 },
    ];
    await load(extraction({ ...web, cut: [], metrics: ["sessions", "users"] }), facts);
    for (const [from, to, users] of [
      ["2026-03-01", "2026-03-31", 70],
      ["2026-02-01", "2026-02-28", 60],
    ] as const) {
      const window = { kind: "window", declared: { from, to }, metrics: ["pageviews", "users"] } as const;
      await load(extraction({ ...web, cut: ["page"], ...window }), [{ page: "/", pageviews: 100, users }]);
    }
    const client = {
      slug: "acme",
      channels: ["web"],
      sources: [{ channel: "web", platform: null, account: null }],
    } as const;
    const to = join(folder, "to");
    mkdirSync(join(folder, "work"));
    const options = { work: join(folder, "work"), madeAt: "2026-04-01T00:00:00Z" };
    const made = await writeExport(client, warehouse, to, options);
    expect(made.map(({ file }) => file).filter((file) => file.endsWith(".csv"))).toEqual([
      "web.page.windows.csv",
      "web.page.windows.not-additive.csv",
      "web.total.csv",
      "web.total.not-additive.csv",
    ]);
    const read = (file: string) =>
      readFileSync(join(to, file), "utf8").replace("\uFEFF", "").split("\r\n").slice(0, -1);
    expect(read("web.total.csv")).toEqual([
      "day,platform,account,currency,vat,sessions",
      "2026-03-01,ga4,p,,,10",
      "2026-03-02,ga4,p,,,20",
    ]);
    expect(read("web.total.not-additive.csv")).toEqual([
      "day,platform,account,currency,vat,users",
      "2026-03-01,ga4,p,,,7",
      "2026-03-02,ga4,p,,,9",
    ]);
    expect(read("web.page.windows.not-additive.csv")).toEqual([
      "from,to,platform,account,currency,vat,page,users",
      "2026-02-01,2026-02-28,ga4,p,,,/,60",
      "2026-03-01,2026-03-31,ga4,p,,,/,70",
    ]);
  });
});
