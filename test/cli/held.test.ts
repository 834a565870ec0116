import { readFileSync } from "node:fs";
import { join } from "node:path";
import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { Report } from "../../transforms/report/model.ts";
import { ACME, googleAds, type Home, home, meta, WEEK } from "./home.ts";

const DRY = `run acme ppc --cadence weekly --period ${WEEK} --dry-run`;

function costOf({ folder }: Home): string | null | undefined {
  const path = join(folder, "out/acme/ppc.weekly.2025-10-13/report.json");
  const report: Report = JSON.parse(readFileSync(path, "utf8"));
  return report.kpis.find(({ id }) => id === "cost")?.value;
}

// 13 to 19 October: Search - Brand 37.25 … 43.25 and Display 7 × 2.05; Meta 27.5 … 33.5.
const brand = new Big("281.75");
const display = new Big("14.35");
const ads = new Big("213.5");

describe("a newer export that forgets a campaign", () => {
  it("is held until a person accepts it, and what was there before goes on counting", async () => {
    const at = home();
    expect((await at.bogo(DRY)).code).toBe(0);
    expect(costOf(at)).toBe(brand.plus(display).plus(ads).toFixed());

    const newer = googleAds({ from: "2025-10-06", to: "2025-10-20" });
    const lines = newer.split("\n").filter((line) => !line.includes("Display,2025-10"));
    at.write("inbox/acme/google-ads/Campaign report (1).csv", lines.join("\n"));
    const held = await at.bogo(DRY);
    expect(held.code).toBe(0);
    expect(held.err).toContain("LOAD_HELD  google-ads/Campaign report (1).csv");
    expect(held.err).toContain("“Display” is gone (Cost $28.70 on 2025-10-06 – 2025-10-19)");
    expect(held.err).toContain("2025-10-06: Cost $32.30 → $30.25");
    expect(held.err).toContain("say `bogo accept 1` and the next run loads it");
    expect(costOf(at)).toBe(brand.plus(display).plus(ads).toFixed());

    const listed = await at.bogo("--lang ko accept");
    expect(listed.code).toBe(3);
    expect(listed.out).toMatch(/^1 {2}acme {2}google-ads\/Campaign report \(1\)\.csv/);
    expect(listed.out).toContain("‘Display’ 없음 (2025-10-06 – 2025-10-19 광고비 $28.70)");
    const slip = await at.bogo("accept 7");
    expect(slip).toMatchObject({ code: 2, out: "" });
    expect(slip.err).toContain("Numbers that wait: 1.");

    expect((await at.bogo("accept 1 --by lee")).out).toContain("google-ads/Campaign report (1).csv  accepted.");
    const after = await at.bogo(DRY);
    expect(after).toMatchObject({ code: 0, err: expect.not.stringContaining("LOAD_HELD") });
    expect(costOf(at)).toBe(brand.plus(ads).toFixed());
    expect((await at.bogo("accept")).out).toBe("No file waits to be accepted.\n");

    // From the archive the same figures come again, in the order in which they came to count.
    expect((await at.bogo("rebuild acme")).code).toBe(0);
    expect((await at.bogo(DRY)).code).toBe(0);
    expect(costOf(at)).toBe(brand.plus(ads).toFixed());
  }, 120_000);

  it("counts at once where the source says that its exports may lack what older ones held", async () => {
    const at = home();
    at.write(
      "config/clients/acme/client.yaml",
      ACME.replace('account: "987-654-3210"', 'account: "987-654-3210", complete: true'),
    );
    await at.bogo(DRY);
    const newer = googleAds({ from: "2025-10-06", to: "2025-10-20" });
    const lines = newer.split("\n").filter((line) => !line.includes("Display,2025-10"));
    at.write("inbox/acme/google-ads/Campaign report (1).csv", lines.join("\n"));
    expect((await at.bogo(DRY)).err).not.toContain("LOAD_HELD");
    expect(costOf(at)).toBe(brand.plus(ads).toFixed());
  }, 60_000);

  it("no longer waits once a whole file stands in its place", async () => {
    const at = home();
    await at.bogo(DRY);
    const name = "inbox/acme/google-ads/Campaign report (1).csv";
    const newer = googleAds({ from: "2025-10-06", to: "2025-10-20" });
    at.write(name, newer.replace(/^Enabled,Display.*\n/gm, ""));
    expect((await at.bogo(DRY)).err).toContain("LOAD_HELD");
    at.write(name, newer);
    expect((await at.bogo(DRY)).err).not.toContain("LOAD_HELD");
    expect((await at.bogo("accept")).out).toBe("No file waits to be accepted.\n");
    expect(costOf(at)).toBe(brand.plus(display).plus(ads).toFixed());
  }, 60_000);
});

describe("a form that nobody has confirmed yet", () => {
  it("is asked about once; accepting one file lets every later one in", async () => {
    const at = home();
    at.write(
      "config/clients/acme/client.yaml",
      ACME.replace(
        "      - { files: meta/*",
        '      - { files: tiktok/*, account: "7001", vat: excluded }\n      - { files: meta/*',
      ),
    );
    const tiktok = (day: string, cost: string) =>
      `By Day,Campaign name,Currency,Cost,Impressions,Clicks (destination),Conversions\n${day},Spark,USD,${cost},100,5,1\n`;
    at.write("inbox/acme/tiktok/a.csv", tiktok("2025-10-13", "50.25"));
    at.write("inbox/acme/tiktok/b.csv", tiktok("2025-10-14", "10.00"));
    const first = await at.bogo(DRY);
    expect(first.err).toContain("LOAD_HELD  tiktok/a.csv");
    expect(first.err).toContain("Its form, tiktok_ads.report, is known from descriptions only");
    const whole = brand.plus(display).plus(ads);
    expect(costOf(at)).toBe(whole.toFixed());

    await at.bogo("accept 1");
    expect((await at.bogo(DRY)).err).not.toContain("LOAD_HELD");
    expect(costOf(at)).toBe(whole.plus("60.25").toFixed());
    expect((await at.bogo("accept")).out).toBe("No file waits to be accepted.\n");
    at.write("inbox/acme/tiktok/c.csv", tiktok("2025-10-15", "1.00"));
    expect((await at.bogo(DRY)).err).not.toContain("LOAD_HELD");
    expect(costOf(at)).toBe(whole.plus("61.25").toFixed());
  }, 120_000);
});

describe("an export of a broken download", () => {
  it("names the report's missing figures for as long as it waits", async () => {
    const at = home();
    const early = meta({ from: "2025-10-06", to: "2025-10-19", scale: 2 });
    at.write("inbox/acme/meta/Acme-Campaigns-Oct-6-2025-Oct-19-2025.csv", early);
    await at.bogo(DRY);
    at.write(
      "inbox/acme/meta/Acme-Campaigns-Oct-6-2025-Oct-20-2025.csv",
      meta({ from: "2025-10-06", to: "2025-10-20" }),
    );
    expect((await at.bogo(DRY)).err).toContain("Cost $41.00 → $20.50");
    const path = join(at.folder, "out/acme/ppc.weekly.2025-10-13/report.json");
    const { missing }: Report = JSON.parse(readFileSync(path, "utf8"));
    expect(missing).toEqual([
      {
        channel: "ppc",
        source: "meta/Acme-Campaigns-Oct-6-2025-Oct-20-2025.csv",
        reason: "this file waits to be looked at and is not counted yet.",
      },
    ]);
  }, 60_000);
});
