import type { Rate } from "../transforms/definitions.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import type { YamlFile } from "./yaml.ts";

/** Two rates of one pair on one day would make a total depend on the order of lines. */
export function judgeRates(rates: readonly Rate[], yaml: YamlFile): Problem[] {
  return rates.flatMap((rate, index) => {
    const place = yaml.place(["rates", index]);
    if (rate.from > rate.to) return [problem("CONFIG_DATES", { from: rate.from, until: rate.to }, place)];
    const before = rates
      .slice(0, index)
      .find((other) => pair(other) === pair(rate) && other.from <= rate.to && rate.from <= other.to);
    if (!before) return [];
    const day = before.from > rate.from ? before.from : rate.from;
    return [problem("CONFIG_RATE_ORDER", { pair: pair(rate), day }, place)];
  });
}

const pair = ({ base, quote }: Rate): string => `${base}/${quote}`;
