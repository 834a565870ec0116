// Loads what lies in the inbox of some clients, as a report would: `load-only.ts <home> <client>…`.
import { loadExports } from "../../jobs/load.ts";
import { withWarehouse } from "../../jobs/open.ts";
import { homeAt } from "./home.ts";

const [folder = "", ...slugs] = process.argv.slice(2);
const { clients, outside, close } = await homeAt(folder, slugs);
const began = performance.now();
for (const client of clients)
  await withWarehouse(client.slug, outside, (warehouse, work) => loadExports(client, [], warehouse, work, outside));
close();
process.stdout.write(JSON.stringify({ seconds: (performance.now() - began) / 1000, documents: 0 }));
