import { readComment } from "../config/comment.ts";
import type { Client } from "../config/config.ts";
import type { Rates, ReportDef } from "../transforms/definitions.ts";
import type { PlatformFormats } from "../transforms/format/format.ts";
import { platformLabels, platformName } from "../transforms/format/labels.ts";
import { settleTimes } from "../transforms/format/settle.ts";
import { fixedZones } from "../transforms/format/zones.ts";
import type { KpiBook } from "../transforms/kpi/compute.ts";
import type { ChannelId, Text } from "../transforms/metrics.ts";
import type { Period } from "../transforms/period.ts";
import type { RawRow } from "../transforms/records.ts";
import { type Material, moneyRules } from "../transforms/report/build.ts";
import { channelOf } from "../transforms/report/channel.ts";
import type { Missing, Report } from "../transforms/report/model.ts";
import { type ChannelSums, channelAsks, pooledKpis } from "../transforms/report/overview/asks.ts";
import { metricsOf, type PartsAnswer, partsAsks, tablesOf } from "../transforms/report/parts.ts";
import { oldestDay, reportPeriods } from "../transforms/report/periods.ts";
import { withReported } from "../transforms/report/rows.ts";
import { languageOf } from "../transforms/text.ts";
import { publicHolidays } from "./holidays.ts";
import type { Warehouse } from "./warehouse/warehouse.ts";

/** What config says beside the report's own definition. */
export interface Dictionaries {
  formats: readonly PlatformFormats[];
  rates: Rates;
  channelLabels: Readonly<Partial<Record<ChannelId, Text>>>;
  /** Names of people by their key in agency.yaml. */
  owners: Readonly<Record<string, string>>;
  /** The config root, where comments lie. */
  config: string;
}

/** A report's question: which, over which days, seen on which morning. */
export interface Question {
  client: Client;
  def: ReportDef;
  period: Period;
  today: string;
  run: Report["run"];
}

/** Asks the warehouse everything that a report needs, in a few small results, and lays beside it what config says. */
export async function askWarehouse(
  { client, def, period, today, run }: Question,
  warehouse: Warehouse,
  missing: Missing[],
  { rates, owners, formats, channelLabels, config }: Dictionaries,
): Promise<{ material: Material; rows: RawRow[] }> {
  const periods = reportPeriods(def, period, today);
  const channel = channelOf(def);
  const book: KpiBook = { kpis: client.kpis, channel, parameters: def.parameters };
  const defs = (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => client.kpis.get(id) ?? []);
  const shown = [...def.kpis, ...tablesOf(def).flatMap(({ table }) => table.kpis ?? []), ...pooledKpis(def)];
  const metrics = metricsOf(defs(shown), { book });
  const asked = { channels: def.channels, sources: def.sources };
  const scope = { ...asked, only: def.only };
  const span = { from: oldestDay(periods), to: periods.period.to };
  const { from, to } = periods.period;

  const sums = await warehouse.sums({ ...span, ...scope, metrics });
  const parts: PartsAnswer[] = [];
  for (const ask of partsAsks({ def, periods, book }, moneyRules(def, rates))) {
    parts.push({ ask, rows: await warehouse.parts({ ...ask, ...scope }) });
  }
  const channelSums: ChannelSums[] = [];
  for (const ask of channelAsks(def)) {
    const own = { channels: [ask.channel], sources: def.sources.filter((source) => source.channel === ask.channel) };
    const wanted = metricsOf(defs(ask.kpis), { book: { ...book, channel: ask.channel } });
    const rows = await warehouse.sums({ ...span, ...own, only: def.only, metrics: wanted });
    channelSums.push({ channel: ask.channel, rows });
  }
  const files = await warehouse.files({ from: periods.previous.from, to, ...asked });
  const traces = await warehouse.trace({ from, to, ...scope, metrics });
  const platforms = platformLabels(formats);
  const lang = languageOf(def.locale);
  const raw = await Array.fromAsync(warehouse.rows({ from, to, ...scope, metrics }), (row) =>
    row.platform ? { ...row, platform: platformName(row.platform, platforms, lang) } : row,
  );
  const rows = withReported(raw, moneyRules(def, rates));

  const { holidays } = await publicHolidays(def.country, span);
  const comment = readComment(config, client.slug, def.id, def.cadence, period.from);
  const settle = settleTimes(formats);
  const days = [...holidays, ...def.holidays];
  const zones = fixedZones(formats);
  const shared = {
    def,
    periods,
    kpis: client.kpis,
    rates,
    settle,
    zones,
    owners,
    channelLabels,
    platformLabels: platforms,
  };
  return {
    material: { ...shared, sums, parts, channelSums, files, traces, holidays: days, comment, missing, run, today },
    rows,
  };
}
