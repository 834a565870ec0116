import { writeFileSync } from "node:fs";
import { renderWorkbook } from "../../templates/excel/render.ts";
import type { RawRow } from "../../transforms/records.ts";
import { englishMonthly } from "../fixtures/report.ts";

/** One measured round: `excel-child.ts <file> <rows>` writes a bare report with that many raw rows and prints what it took. */
const [file = "", count = "0"] = process.argv.slice(2);
const rows = Number(count);

/** Seeded arithmetic, the same in excel_child.py. */
async function* raw(): AsyncGenerator<RawRow> {
  for (let at = 0; at < rows; at += 1) {
    const impressions = (at * 7919) % 60_000;
    const clicks = (at * 104_729) % 1_000;
    yield {
      from: `2026-${String((at % 12) + 1).padStart(2, "0")}-${String((at % 28) + 1).padStart(2, "0")}`,
      platform: at % 3 === 0 ? "네이버 검색광고" : "Google Ads",
      account: "123-456-7890",
      campaign: `Brand campaign ${at % 40} 한빛커피`,
      ad_group: `Ad group ${at % 400} 원두 정기배송`,
      keyword: `콜드브루 원두 추천 keyword ${at}`,
      device: at % 2 === 0 ? "mobile" : "desktop",
      impressions: String(impressions),
      clicks: String(clicks),
      cost: `${clicks * 123}.45`,
      conversions: `${clicks % 50}.5`,
      conversion_value: `${clicks * 456}.78`,
    };
  }
}

const columns = [
  ...["from", "platform", "account", "campaign", "ad_group", "keyword", "device"],
  ...["impressions", "clicks", "cost", "conversions", "conversion_value"],
];
const bare = { ...englishMonthly, sections: [], breakdowns: [], tops: [], why: [], trend: { points: [], series: [] } };
await import("exceljs");
const began = performance.now();
writeFileSync(file, await renderWorkbook(bare, { rows: raw(), rowColumns: columns }));
const wall = performance.now() - began;
process.stdout.write(JSON.stringify({ wall, peak: process.resourceUsage().maxRSS / 1024 }));
