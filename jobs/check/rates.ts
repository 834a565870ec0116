import type { Rate } from "../../transforms/definitions.ts";
import { dayRanges, daysOf } from "../../transforms/period.ts";
import { type Problem, problem } from "../../transforms/problem.ts";
import type { Send } from "./sends.ts";

/** Days of the next reports on which a foreign currency of their sources has no dated rate: their totals would be refused. */
export function judgeRatesFor(sends: readonly Send[], rates: readonly Rate[], client: string): Problem[] {
  const gaps = new Map<string, { pair: string; days: Set<string>; reports: Set<string> }>();
  for (const { report, slot, paused } of sends) {
    if (!slot || paused) continue;
    for (const currency of foreign(report)) {
      const lacking = daysOf(slot.period).filter((day) => !isRated(day, currency, report.currency, rates));
      if (lacking.length === 0) continue;
      const pair = `${currency}→${report.currency}`;
      const gap = gaps.get(pair) ?? { pair, days: new Set(), reports: new Set() };
      for (const day of lacking) gap.days.add(day);
      gap.reports.add(`${report.id}.${report.cadence}`);
      gaps.set(pair, gap);
    }
  }
  return [...gaps.values()].map(({ pair, days, reports }) => {
    const facts = {
      pair,
      days_ko: dayRanges([...days], "ko-KR"),
      days_en: dayRanges([...days], "en-US"),
      reports: [...reports].join(", "),
    };
    return problem("CHECK_RATE_MISSING", facts, { client, file: "rates.yaml" });
  });
}

function foreign({ sources, currency }: Send["report"]): string[] {
  return [...new Set(sources.flatMap((source) => source.currency ?? []))].filter((each) => each !== currency);
}

function isRated(day: string, currency: string, wanted: string, rates: readonly Rate[]): boolean {
  return rates.some(
    ({ from, to, base, quote }) =>
      from <= day && day <= to && [base, quote].includes(currency) && [base, quote].includes(wanted),
  );
}
