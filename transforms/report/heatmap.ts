import Big from "big.js";
import { weekdays } from "../definitions.ts";
import { isMetric } from "../kpi/compute.ts";
import { textOrNull } from "../kpi/decimal.ts";
import { inClientMoney, type MoneyRules } from "../kpi/money.ts";
import { type Inputs, kpiLabel } from "./kpis.ts";
import type { Heatmap } from "./model.ts";
import type { PartsAnswer } from "./parts.ts";

/** The weekday × hour map, or null where no export has hours. */
export function heatmapOf(answers: readonly PartsAnswer[], { def, book }: Inputs, money: MoneyRules): Heatmap | null {
  const kpi = def.heatmap ? book.kpis.get(def.heatmap) : undefined;
  const rows = answers.find(({ ask }) => ask.table === "heatmap")?.rows ?? [];
  const first = rows[0];
  if (!kpi || !isMetric(kpi.id) || !first) return null;
  const cells: (Big | null)[][] = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => null));
  for (const row of rows) {
    const [weekday = "", hour = ""] = row.keys;
    const text = row.values[kpi.id];
    const line = cells[(weekdays as readonly string[]).indexOf(weekday)];
    const value = text === undefined ? null : inClientMoney(new Big(text), kpi.id, row, money);
    const at = /^\d{1,2}$/.test(hour) ? Number(hour) : -1;
    if (line && at in line && value) line[at] = (line[at] ?? new Big(0)).plus(value);
  }
  if (!cells.flat().some(Boolean)) return null;
  const said =
    def.locale === "ko-KR" ? `요일 × 시간대별 ${kpiLabel(kpi, def)}` : `${kpiLabel(kpi, def)} by weekday and hour`;
  return {
    title: said,
    kpi: kpi.id,
    unit: kpi.unit,
    currency: kpi.unit === "money" ? def.currency : null,
    cells: cells.map((line) => line.map(textOrNull)),
    from: first.from,
    to: first.to,
  };
}
