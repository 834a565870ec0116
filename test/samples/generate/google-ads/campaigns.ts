import { type Cell, nthDownload, thousands } from "../csv.ts";
import { eachDay, type Span } from "../day.ts";
import { type Campaign, seen, settled } from "../model.ts";
import type { Output } from "../output.ts";
import { type GoogleAccount, settling } from "./account.ts";
import { each, money, none, type Printed, percent, period, printed, sumOf, table } from "./print.ts";
import { words } from "./words.ts";

export function campaignReport(account: GoogleAccount, window: Span, nth: number, out: Output): void {
  const { business, campaigns, currency, language } = account;
  const say = words[language];
  const rows = campaigns.flatMap((campaign) =>
    eachDay(window).flatMap((day) => {
      const final = settled(business, campaign, day);
      return final ? [{ campaign, day, figures: printed(seen(final, day, window.to, settling), currency) }] : [];
    }),
  );
  const pausedNow = ({ paused }: Campaign) =>
    paused !== undefined && paused.from <= window.to && window.to <= paused.to;
  const line = (
    status: string,
    name: string,
    day: string,
    budget: string,
    code: string,
    kind: string,
    sum: Printed,
  ): Cell[] => [
    status,
    name,
    day,
    budget,
    code,
    kind,
    thousands(sum.impressions),
    percent(sum.clicks, sum.impressions),
    each(sum.cost, sum.clicks, currency),
    sum.cost,
    thousands(sum.clicks),
    percent(sum.conversions, sum.clicks),
    sum.conversions,
    each(sum.cost, sum.conversions, currency),
    thousands(sum.conversion_value),
    each(sum.conversion_value, sum.cost, "USD"),
  ];
  const code = currency;
  const total = (label: string, of: typeof rows) =>
    line(
      `${say.total}: ${label}`,
      none,
      none,
      none,
      code,
      none,
      sumOf(
        of.map(({ figures }) => figures),
        currency,
      ),
    );
  const kinds = [...new Set(campaigns.map(({ kind }) => kind))] as (keyof typeof say.kinds)[];
  const lines = [
    [say.campaignReport],
    [period(window, language)],
    say.campaignHeader,
    ...rows.map(({ campaign, day, figures }) =>
      line(
        pausedNow(campaign) ? say.paused : say.enabled,
        campaign.name,
        day,
        money(campaign.cost * 2, currency),
        code,
        say.kinds[campaign.kind as keyof typeof say.kinds],
        figures,
      ),
    ),
    total(say.campaigns, rows),
    total(say.account, rows),
    ...kinds.map((kind) =>
      total(
        say.kinds[kind],
        rows.filter(({ campaign }) => campaign.kind === kind),
      ),
    ),
  ];
  out.write(`google-ads/${nthDownload(`${say.campaignReport}.csv`, nth)}`, table(lines, language === "ko" || nth > 3));
  out.truth.days(
    "google_ads",
    account.account,
    window,
    rows.map(({ campaign, day, figures }) => ({ day, campaign: campaign.name, figures })),
  );
}
