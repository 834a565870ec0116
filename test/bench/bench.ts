import { benchIngest } from "./ingest.ts";

/** `npm run bench -- ingest [--rows=2000000] [--json]`: the measurements by name, each with the figure that it is held to. */
const [name, ...flags] = process.argv.slice(2);
if (name !== "ingest") {
  console.error("Usage: npm run bench -- ingest [--rows=2000000] [--json]");
  process.exitCode = 2;
} else {
  const rows = Number(flags.find((flag) => flag.startsWith("--rows="))?.slice(7) ?? 2_000_000);
  const figures = await benchIngest({ rows });
  const text = `${figures.rows} rows, ${figures.megabytes} MB: ${figures.ingest} ms, the engine alone ${figures.engine} ms; ratio ${figures.ratio} (at most 1.8), by processor time ${figures.processor}`;
  console.log(flags.includes("--json") ? JSON.stringify(figures) : text);
}
