import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { confirmsFormat } from "../../jobs/hold.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { projectRoot } from "../../jobs/roots.ts";
import { readLog } from "../faults/check-outside.ts";
import { startSink } from "../faults/start-sink.ts";
import { descendantsOf } from "./children.ts";
import { hundredths, tenths } from "./figures.ts";
import { eve, type MondayClient, monday, mondayClients, writeConfig, writeHistory, writeMorning } from "./monday.ts";

export interface BatchFigures {
  clients: number;
  reports: number;
  documents: number;
  files: number;
  /** From the tick's start, with the week's exports new in the inbox, to its end, when each mail had been accepted. */
  batch_s: number;
  /** What drawing the same reports alone takes, two processes side by side, everything else left out of the timing. */
  render_only_s: number;
  batch_over_render_only: number;
  /** The most that the tick and its workers held together, each shared page counted once. */
  peak_mb: number;
}

/** What the figures are held to. */
export const batchBounds = { batch_over_render_only: 1.5, peak_mb: 800 };

/**
 * A Monday morning: every client's week and month are due at once. `bogo tick`, as it is run in production, finds the
 * exports of the week in the inbox, loads them beside those of the twelve weeks before, makes the reports in its worker
 * processes, and sends them to a mail server.
 */
export async function benchBatch({ clients: count = 100 } = {}): Promise<BatchFigures> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-monday-"));
  const sink = await startSink();
  try {
    const clients = mondayClients(count);
    writeConfig(folder, clients);
    sink.logTo(join(folder, "sink", "log.jsonl"));
    await ended(start(folder, ["tick"], eve, sink.port), "tick");
    confirmMailchimp(folder);
    writeHistory(folder, clients);
    await alone("load-only.ts", folder, clients);
    const files = writeMorning(folder, clients);

    const began = performance.now();
    const tick = start(folder, ["tick"], monday, sink.port);
    const watch = watchMemory(tick.pid ?? 0);
    await ended(tick, "tick");
    const batch = (performance.now() - began) / 1000;
    const peak = watch.end();
    const delivered = readLog(join(folder, "sink", "log.jsonl")).filter(({ run }) => run !== "");
    const expected = clients.length * 5;
    if (delivered.length !== expected) throw new Error(`${delivered.length} of ${expected} reports arrived`);

    const spent = await alone("render-only.ts", folder, clients);
    const documents = spent.reduce((sum, each) => sum + each.documents, 0);
    const rendering = Math.max(...spent.map(({ seconds }) => seconds));
    return {
      clients: count,
      reports: delivered.length,
      documents,
      files,
      batch_s: tenths(batch),
      render_only_s: tenths(rendering),
      batch_over_render_only: hundredths(batch / rendering),
      peak_mb: Math.round(peak),
    };
  } finally {
    await sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A person has looked at the format that is known from descriptions only. */
function confirmMailchimp(folder: string): void {
  const ledger = openLedger(join(folder, "state", "ledger.sqlite"));
  ledger.confirm([confirmsFormat("mailchimp.campaigns")], "smith", eve);
  ledger.close();
}

function start(folder: string, args: readonly string[], at: string, port: number): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, "bogo.mjs"), "--home", folder, ...args], {
    cwd: folder,
    env: environment(at, port),
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** The program's own environment, by a clock that stands at that instant when it starts and goes on from there. */
function environment(at: string, port: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    LANG: "en_US.UTF-8",
    NODE_COMPILE_CACHE: join(projectRoot, "node_modules", ".cache", "bogo-bench"),
    NODE_OPTIONS: `--import=${join(projectRoot, "test/faults/other-clock.ts")}`,
    CLOCK_AHEAD: String(Date.parse(at) - Date.now()),
    SMTP_PORT: String(port),
    BOGO_LEDGER_ANYWHERE: "1",
  };
}

async function ended(child: ChildProcess, what: string): Promise<void> {
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${what} ended with ${code}:\n${said.slice(-4000)}`);
}

/** One part of the work, by two processes that have half of the clients each. */
async function alone(
  script: string,
  folder: string,
  clients: readonly MondayClient[],
): Promise<{ seconds: number; documents: number }[]> {
  const halves = [0, 1].map((half) => clients.filter((_, at) => at % 2 === half).map(({ slug }) => slug));
  return Promise.all(
    halves.map(async (slugs) => {
      const child = spawn(process.execPath, [join(import.meta.dirname, script), folder, ...slugs], {
        env: environment(monday, 9),
        stdio: ["ignore", "pipe", "pipe"],
      });
      let out = "";
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        out += text;
      });
      await ended(child, script);
      return JSON.parse(out);
    }),
  );
}

/** The proportional set size of a process and its descendants, each half second: pages that they share count once. */
function watchMemory(pid: number): { end(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    const sum = [pid, ...descendantsOf(pid)].reduce((total, each) => total + pssOf(each), 0);
    peak = Math.max(peak, sum / 1024);
  }, 500);
  return {
    end() {
      clearInterval(timer);
      return peak;
    },
  };
}

const pssOf = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // it has ended
  }
}

export function sayBatch(figures: BatchFigures): string {
  return [
    `${figures.reports} reports (${figures.documents} documents) of ${figures.clients} clients, from ${figures.files} new exports in the inbox to accepted mail: ${figures.batch_s} s.`,
    `Drawing the same documents alone, by two processes, takes ${figures.render_only_s} s: ${figures.batch_over_render_only} times (held to ${batchBounds.batch_over_render_only}).`,
    `The program and its workers hold ${figures.peak_mb} MB at most (held to ${batchBounds.peak_mb}).`,
  ].join("\n");
}
