import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import type { Report } from "../../transforms/report/model.ts";
import { ACME, daysFrom, type Home, home, WEEK } from "./home.ts";

const PINTEREST = `platform: pinterest
label: { ko: 핀터레스트 광고, en: Pinterest Ads }
about: |
  Pinterest Ads Manager: the performance table. Invented for a test.
channel: ppc
verified: true
settle: { days: 1 }
rank: { base: 10 }
columns:
  - { is: day, names: [Date] }
  - { is: campaign, names: [Campaign name] }
  - { is: impressions, names: [Impressions] }
  - { is: clicks, names: [Pin clicks] }
  - { is: cost, names: [Spend in account currency] }
formats:
  - id: performance
    requires: [day, campaign, cost]
`;

/** One campaign: from 2.50 on, a quarter more each day. */
const pinterest = ({ scale = 1 } = {}): string =>
  [
    "Date,Campaign name,Impressions,Pin clicks,Spend in account currency",
    ...daysFrom("2025-10-06", "2025-10-19").map(
      (day, at) =>
        `${day},Autumn pins,${(100 + at) * scale},${(5 + at) * scale},${((2.5 + at / 4) * scale).toFixed(2)}`,
    ),
    "",
  ].join("\n");

function reportOf({ folder }: Home, client: string): Report {
  return JSON.parse(readFileSync(join(folder, "out", client, "ppc.weekly.2025-10-13/report.json"), "utf8"));
}

/** The platforms that the workbook's sheet of raw rows names. */
async function dataPlatforms({ folder }: Home, client: string): Promise<string[]> {
  const out = join(folder, "out", client, "ppc.weekly.2025-10-13");
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(join(out, readdirSync(out).find((name) => name.endsWith(".xlsx")) ?? ""));
  const sheet = book.worksheets.at(-1)!;
  const names = sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? row.map(String) : []));
  return [...new Set(names)];
}

describe("a platform that only a file in the config home describes", () => {
  it("is read, added up and called by its name in Korean and English reports", async () => {
    const at = home();
    at.write("config/formats/pinterest.yaml", PINTEREST);
    const source = `      - { files: pinterest/*, account: "549755885175" }\n`;
    at.write("config/clients/acme/client.yaml", ACME.replace("    goals:\n", `${source}    goals:\n`));
    at.write("inbox/acme/pinterest/pins.csv", pinterest());
    const korean = readFileSync(join(at.folder, "config/clients/hanbit/client.yaml"), "utf8");
    at.write(
      "config/clients/hanbit/client.yaml",
      korean.replace(/sources: .*/, 'sources: [{ files: pinterest/*, account: "1", currency: KRW }]'),
    );
    at.write("inbox/hanbit/pinterest/pins.csv", pinterest({ scale: 1000 }));

    for (const [client, name, cost, others] of [
      // 13 to 19 October are the eighth to the fourteenth day: 4.25 + 4.50 + … + 5.75.
      ["acme", "Pinterest Ads", "35", ["Google Ads", "Meta Ads"]],
      ["hanbit", "핀터레스트 광고", "35000", []],
    ] as const) {
      const made = await at.bogo(`run ${client} ppc --cadence weekly --period ${WEEK} --dry-run`);
      expect(made).toMatchObject({ code: 0, err: expect.not.stringContaining("FILE_UNKNOWN") });
      const report = reportOf(at, client);
      const table = report.breakdowns.find(({ id }) => id === "platform");
      const column = table?.columns.findIndex(({ kpi }) => kpi === "cost") ?? -1;
      expect(table?.rows.map((row) => row.name).toSorted()).toEqual([...others, name].toSorted());
      expect(table?.rows.find((row) => row.name === name)?.values[column]).toBe(cost);
      expect(report.sources.map(({ platform }) => platform)).toContain(name);
      expect(await dataPlatforms(at, client)).toContain(name);
    }
  });
});

describe("`bogo formats`", () => {
  it("lists every format in a line, in both languages, with those of the config home", async () => {
    const at = home();
    at.write("config/formats/pinterest.yaml", PINTEREST);
    const english = await at.bogo("formats");
    expect(english).toMatchObject({ code: 0, err: "" });
    expect(english.out).toMatch(/^Platform +Format +Channel +Rows +Verified +Headers$/m);
    expect(english.out).toMatch(/^Pinterest Ads +pinterest\.performance +ppc +daily or one period +yes +en$/m);
    expect(english.out).toMatch(/^Stibee +stibee\.emails +email +snapshot +no +ko$/m);
    const korean = await at.bogo("--lang ko formats");
    expect(korean.out).toMatch(/^핀터레스트 광고 +pinterest\.performance +ppc +일별 또는 기간 전체 +원본 확인 +en$/m);
    const listed = JSON.parse((await at.bogo("formats --json")).out);
    expect(listed.find(({ platform }: { platform: string }) => platform === "pinterest")).toEqual({
      platform: "pinterest",
      label: { ko: "핀터레스트 광고", en: "Pinterest Ads" },
      formats: [
        {
          id: "pinterest.performance",
          channel: "ppc",
          shape: "table",
          kind: null,
          verified: true,
          refused: false,
          languages: ["en"],
        },
      ],
    });
  });

  it("tells one platform whole, and names the nearest to one that is not there", async () => {
    const at = home();
    at.write("config/formats/pinterest.yaml", PINTEREST);
    const { out } = await at.bogo("formats pinterest");
    expect(out).toContain("# Pinterest Ads (핀터레스트 광고)");
    expect(out).toContain("- `cost` Cost ← `Spend in account currency`");
    expect(out).toContain("- **Recognised by:** `day`; `campaign`; `cost`");
    const unknown = await at.bogo("formats pintrest");
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain("Did you mean `pinterest`?");
  });
});
