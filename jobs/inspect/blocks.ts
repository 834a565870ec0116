import type { InspectedTable } from "../extract/inspect.ts";

/** Tables of one file that people see as one: its metrics or its periods, each of which the warehouse owns by itself. */
export interface Block {
  /** What they have in common. */
  table: InspectedTable;
  tables: InspectedTable[];
}

/** Puts together what differs only in its metrics or its periods. */
export function blocksOf(tables: readonly InspectedTable[]): Block[] {
  const blocks: (Block & { key: string; held: Set<string> })[] = [];
  for (const table of tables) {
    const { part, format, cut, kind, account, currency, filters, from, to } = table;
    const days = kind === "window" ? null : [from, to];
    const key = JSON.stringify([part, format, cut, kind, account, currency, filters, days]);
    const held = table.metrics.map((id) => `${id} ${from} ${to}`);
    const block = blocks.find((each) => each.key === key && !held.some((one) => each.held.has(one)));
    if (block) {
      block.tables.push(table);
      for (const one of held) block.held.add(one);
    } else blocks.push({ table, tables: [table], key, held: new Set(held) });
  }
  return blocks.map(({ table, tables }) => ({ table, tables }));
}
