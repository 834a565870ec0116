import type { PlatformFormats } from "./format/format.ts";
import { attributed } from "./kpi/settle.ts";
import { type MetricId, metrics, type PlatformId, type Text } from "./metrics.ts";
import type { Period } from "./period.ts";

/** What figures cannot be read rightly without, and what exports often leave out. */
export const sourceFacts = ["account", "period", "timezone", "vat", "window"] as const;
export type SourceFact = (typeof sourceFacts)[number];

/** One table of an export, with what file, platform and source say together; null where none of them does. */
export interface Shown {
  platform: PlatformId;
  account: string | null;
  timezone: string | null;
  vat: string | null;
  /** The attribution window. */
  window: string | null;
  metrics: readonly MetricId[];
  /** Whether its rows have neither a day nor a period. */
  undated: boolean;
}

/** The facts that nobody states of a table, though its figures depend on them. */
export function unstated(table: Shown, vatRate: string, formats: readonly PlatformFormats[]): SourceFact[] {
  const needed: Readonly<Record<SourceFact, boolean>> = {
    account: table.account === null,
    period: table.undated,
    // An estimate is of no day in particular.
    timezone: table.timezone === null && table.metrics.some((id) => metrics[id].unit !== "estimate"),
    vat: table.vat === null && table.metrics.includes("cost") && Number(vatRate) > 0,
    window: table.window === null && table.metrics.some((id) => attributed.has(id)) && isAds(table, formats),
  };
  return sourceFacts.filter((fact) => needed[fact]);
}

/** Without these a table is not loaded; without the others it is, and the report cannot say them. */
export const indispensable: ReadonlySet<SourceFact> = new Set(["account", "period"]);

export const factLabels: Readonly<Record<SourceFact, Text>> = {
  account: { ko: "계정", en: "whose account it is" },
  period: { ko: "날짜 없는 행의 기간", en: "which days the rows without a date cover" },
  timezone: { ko: "날짜를 나누는 시간대", en: "in which time zone its days begin" },
  vat: { ko: "광고비의 VAT 포함 여부", en: "whether cost holds VAT" },
  window: { ko: "전환 기여 기간", en: "the attribution window of conversions" },
};

/** The line of YAML that states each fact, with an example for its value. */
export function exampleLines({ timezone, period }: { timezone: string; period: Period }): Record<SourceFact, Text> {
  const both = (line: string): Text => ({ ko: line, en: line });
  return {
    account: both('account: "123-456-7890"'),
    period: both(`period: { from: ${period.from}, to: ${period.to} }`),
    timezone: both(`timezone: ${timezone}`),
    vat: both("vat: excluded"),
    window: { ko: 'window: "클릭 후 7일, 조회 후 1일"', en: 'window: "7-day click, 1-day view"' },
  };
}

function isAds({ platform }: Shown, formats: readonly PlatformFormats[]): boolean {
  return formats.some((each) => each.platform === platform && each.formats.some(({ channel }) => channel === "ppc"));
}
