import type { Period } from "../transforms/period.ts";

/** A public holiday on a local date. */
export interface Holiday {
  date: string;
  name: string;
}

/**
 * The public holidays of a country inside a range, in the country's own language.
 *
 * Korea's come from the government's calendar, temporary holidays and election days included; a year that it does not
 * cover has none, and `unknown` names it. Elsewhere date-holidays calculates them.
 */
export async function publicHolidays(
  country: string,
  { from, to }: Period,
): Promise<{ holidays: Holiday[]; unknown: number[] }> {
  const years = Array.from(
    { length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 },
    (_, at) => Number(from.slice(0, 4)) + at,
  );
  const { holidays, unknown } = country === "KR" ? await korean(years) : await elsewhere(country, years);
  return { holidays: holidays.filter(({ date }) => date >= from && date <= to), unknown };
}

async function korean(years: readonly number[]): Promise<{ holidays: Holiday[]; unknown: number[] }> {
  const { getHolidayPreset } = await import("@hyunbinseo/holidays-kr");
  const holidays: Holiday[] = [];
  const unknown: number[] = [];
  for (const year of years) {
    try {
      const preset = await getHolidayPreset(String(year) as Parameters<typeof getHolidayPreset>[0]); // throws on a year it lacks
      for (const [date, names] of Object.entries(preset))
        holidays.push({ date, name: (names as readonly string[]).join(", ") });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      unknown.push(year);
    }
  }
  return { holidays, unknown };
}

async function elsewhere(
  country: string,
  years: readonly number[],
): Promise<{ holidays: Holiday[]; unknown: number[] }> {
  const { default: Holidays } = await import("date-holidays");
  const calculate = (year: number): Holiday[] =>
    (new Holidays(country).getHolidays(year) ?? [])
      .filter(({ type }) => type === "public")
      .map(({ date, name }) => ({ date: date.slice(0, 10), name }));
  const holidays = years.flatMap((year) => {
    const key = `${country} ${year}`;
    const known = calculated.get(key) ?? calculate(year);
    calculated.set(key, known);
    return known;
  });
  return { holidays, unknown: [] };
}

/** By country and year, which every report of a client asks for. */
const calculated = new Map<string, Holiday[]>();
