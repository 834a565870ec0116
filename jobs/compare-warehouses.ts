import type { Client } from "../config/config.ts";
import { type ChannelId, metricIds } from "../transforms/metrics.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import type { ClientWarehouse } from "./warehouse/warehouse.ts";

/**
 * Compares every sum of two warehouses of one client: each platform, account, day or window, and metric that was ever
 * loaded. Throws where one differs, with the first of them; tells how many are equal.
 */
export async function compareWarehouses(
  client: Client,
  before: ClientWarehouse,
  after: ClientWarehouse,
): Promise<number> {
  const [old, fresh] = [await figuresOf(before), await figuresOf(after)];
  const keys = [...new Set([...old.keys(), ...fresh.keys()])].toSorted();
  const different = keys.filter((key) => old.get(key) !== fresh.get(key));
  const [first] = different;
  if (first === undefined) return keys.length;
  const facts = { what: first, before: old.get(first) ?? "–", after: fresh.get(first) ?? "–", count: different.length };
  throw new BogoError([problem("WAREHOUSE_DIFFERS", { ...facts, client: client.slug }, { client: client.slug })]);
}

async function figuresOf(warehouse: ClientWarehouse): Promise<Map<string, string>> {
  const brought = await warehouse.brought();
  const days = brought.flatMap(({ from, to }) => (from && to ? [from, to] : [])).toSorted();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return new Map();
  const channels: ChannelId[] = [...new Set(brought.map(({ channel }) => channel))].toSorted();
  const figures = new Map<string, string>();
  for (const channel of channels) {
    for (const row of await warehouse.sums({ from, to, channels: [channel], metrics: metricIds })) {
      const { platform, account, currency, vat, asOf, values } = row;
      const place = [
        channel,
        platform,
        account,
        currency,
        vat,
        row.from === row.to ? row.from : `${row.from}/${row.to}`,
        asOf,
      ];
      const name = place.filter((each) => each !== null).join(" ");
      for (const [metric, value] of Object.entries(values)) figures.set(`${name} ${metric}`, value);
    }
  }
  return figures;
}
