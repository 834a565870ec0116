import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../jobs/roots.ts";
import { ends, hundredths, median, within } from "./figures.ts";
import { mondayClients, writeConfig, writeHistory, writeMorning } from "./monday.ts";

export interface StartFigures {
  node_ms: number;
  cli_help_ms: number;
  tick_idle_ms: number;
  /** One report of a client whose exports are loaded already, as files: from the command to its end. */
  one_report_s: number;
  spread: Record<"node_ms" | "cli_help_ms" | "tick_idle_ms", [number, number]>;
  rounds: number;
}

/**
 * How long the program takes to begin, beside Node itself doing nothing: `bogo --help`, a tick of 100 clients with
 * nothing due, and one report. Whole commands from spawn to exit, in turns; the first round only warms up.
 */
export async function benchStarts({ rounds = 11 } = {}): Promise<StartFigures> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-starts-"));
  const bogo = [join(projectRoot, "bogo.mjs"), "--home", folder];
  try {
    const clients = mondayClients(100);
    writeConfig(folder, clients);
    for (const downloads of [writeHistory, writeMorning]) downloads(folder, clients.slice(0, 1));
    const report = [...bogo, "run", "client-001", "ppc", "--period", "2026-10-26", "--dry-run"];
    await timed([...bogo, "tick"]);
    await timed(report);
    const ways = { node_ms: ["-e", "0"], cli_help_ms: [...bogo, "--help"], tick_idle_ms: [...bogo, "tick"] };
    const took: Record<keyof typeof ways, number[]> = { node_ms: [], cli_help_ms: [], tick_idle_ms: [] };
    const reports: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      for (const [name, args] of Object.entries(ways) as [keyof typeof ways, string[]][]) {
        const ms = await timed(args);
        if (round > 0) took[name].push(ms);
      }
      if (round > 0 && round <= 3) reports.push(await timed(report));
    }
    const at = (name: keyof typeof ways): number => Math.round(median(took[name]));
    return {
      node_ms: at("node_ms"),
      cli_help_ms: at("cli_help_ms"),
      tick_idle_ms: at("tick_idle_ms"),
      one_report_s: hundredths(median(reports) / 1000),
      spread: {
        node_ms: ends(took.node_ms),
        cli_help_ms: ends(took.cli_help_ms),
        tick_idle_ms: ends(took.tick_idle_ms),
      },
      rounds,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The day after the reports of the week: nothing is due. */
const tuesday = "2026-11-03T12:00:00Z";

async function timed(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(projectRoot, "node_modules", ".cache", "bogo-bench"),
      NODE_OPTIONS: `--import=${join(projectRoot, "test/faults/other-clock.ts")}`,
      CLOCK_AHEAD: String(Date.parse(tuesday) - Date.now()),
      SMTP_PORT: "9",
      BOGO_LEDGER_ANYWHERE: "1",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(child, "exit");
  const took = performance.now() - began;
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${said.slice(-2000)}`);
  return took;
}

export function sayStarts(figures: StartFigures): string {
  const { spread } = figures;
  return [
    `Node alone starts and ends in ${figures.node_ms} ms (${within(spread.node_ms, "ms")}), \`bogo --help\` in ${figures.cli_help_ms} ms (${within(spread.cli_help_ms, "ms")}).`,
    `A tick of 100 clients with nothing due takes ${figures.tick_idle_ms} ms (${within(spread.tick_idle_ms, "ms")}), one report as files ${figures.one_report_s} s.`,
  ].join("\n");
}
