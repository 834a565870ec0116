import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import iconv from "iconv-lite";

export interface Written {
  rows: number;
  impressions: bigint;
  /** In hundredths. */
  cost: bigint;
}

/**
 * Writes a Google Ads keyword table as people download it (preamble, totals, thousands separators, quoted commas,
 * Korean), the same in CP949, and the same rows clean: ISO days, plain numbers, no preamble. Seeded: two runs write the
 * same.
 */
export async function writeExports(paths: Record<"messy" | "cp949" | "clean", string>, rows: number): Promise<Written> {
  const messy = createWriteStream(paths.messy);
  const cp949 = createWriteStream(paths.cp949);
  const clean = createWriteStream(paths.clean);
  let left = 'Search keyword report\n"January 1, 2025 - December 31, 2025"\n';
  left += "Day,Campaign,Ad group,Keyword,Match type,Currency code,Impr.,Clicks,Cost,Conversions,Conv. value\n";
  const random = generator(20260302);
  const sum: Written = { rows, impressions: 0n, cost: 0n };
  let right = "";
  for (let row = 0; row < rows; row += 1) {
    const day = dayOfYear(row % 365);
    const names = namesOf(Math.floor(row / 365));
    const impressions = Math.floor(random() ** 4 * 60_000);
    const clicks = Math.floor(impressions * random() * 0.1);
    const cents = clicks * (20 + Math.floor(random() * 300));
    const conversions = `${Math.floor(clicks * random() * 0.1)}.${Math.floor(random() * 90 + 10)}`;
    const value = Math.floor(cents * random() * 4);
    const text = `${day},${names},USD`;
    left += `${text},${grouped(impressions)},${grouped(clicks)},${money(cents)},${conversions},${grouped(Math.floor(value / 100), `.${String(value % 100).padStart(2, "0")}`)}\n`;
    right += `${text},${impressions},${clicks},${money(cents)},${conversions},${money(value)}\n`;
    sum.impressions += BigInt(impressions);
    sum.cost += BigInt(cents);
    if (left.length < 2 ** 20) continue;
    messy.write(left);
    cp949.write(iconv.encode(left, "cp949"));
    if (!clean.write(right)) await once(clean, "drain");
    [left, right] = ["", ""];
  }
  for (const label of ["Search", "Display", "Video", "Account"])
    left += ` --,Total: ${label}, --, --, --,USD,"1,000,000","20,000",31415.92,10.00,"2,718.28"\n`;
  messy.end(left);
  cp949.end(iconv.encode(left, "cp949"));
  clean.end(right);
  await Promise.all([messy, cp949, clean].map((each) => finished(each)));
  return sum;
}

function namesOf(index: number): string {
  const campaign = index % 7 === 0 ? `"겨울 세일, 서울 ${index % 40}"` : `Brand campaign ${index % 40} 한빛커피`;
  return `${campaign},Ad group ${index % 400} 원두 정기배송,콜드브루 원두 추천 keyword ${index},${["Exact match", "Phrase match", "Broad match"][index % 3]}`;
}

const money = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

function grouped(value: number, tail = ""): string {
  const text = String(value).replace(/\B(?=(\d{3})+$)/gu, ",");
  return text.includes(",") ? `"${text}${tail}"` : `${text}${tail}`;
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
function dayOfYear(index: number): string {
  let rest = index;
  const month = lengths.findIndex((length) => {
    if (rest < length) return true;
    rest -= length;
    return false;
  });
  return `2025-${String(month + 1).padStart(2, "0")}-${String(rest + 1).padStart(2, "0")}`;
}

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
