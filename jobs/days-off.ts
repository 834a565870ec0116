import type { Client } from "../config/config.ts";
import type { CadenceDef } from "../transforms/definitions.ts";
import { dayIn } from "./clock.ts";

/**
 * A client's days off from the year before to the year after an instant: public holidays and its own. Empty where no
 * report goes out by business days, since nobody asks then.
 */
export async function daysOff(
  { country, timezone, holidays: own, reports }: Pick<Client, "country" | "timezone" | "holidays" | "reports">,
  now: string,
): Promise<ReadonlySet<string>> {
  if (!reports.some(({ schedule }) => asks(schedule))) return new Set();
  const year = Number(dayIn(timezone, now).slice(0, 4));
  const { publicHolidays } = await import("./holidays.ts");
  const { holidays } = await publicHolidays(country, { from: `${year - 1}-01-01`, to: `${year + 1}-12-31` });
  return new Set([...holidays, ...own].map(({ date }) => date));
}

const asks = (cadence: CadenceDef): boolean =>
  cadence.on_holiday !== "send" || ("day" in cadence && cadence.day === "first_business_day");
