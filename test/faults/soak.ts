import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { systemClock } from "../../jobs/clock.ts";
import {
  agencyOf,
  type Context,
  deliveryOf,
  openLedger,
  openLog,
  outsideOf,
  type Written,
} from "../../jobs/context.ts";
import { smtpSettings } from "../../jobs/deliver/settings.ts";
import { storeOf } from "../../jobs/deliver/store.ts";
import { rootsFrom } from "../../jobs/roots.ts";
import { poolOf } from "../../jobs/tick/pool.ts";
import { tick } from "../../jobs/tick/tick.ts";
import { workFor } from "../../jobs/tick/work.ts";
import { shift } from "../../transforms/period.ts";
import { readLog } from "./check-outside.ts";
import { buildEstate, type Canary, campaigns, type Estate, exportOf } from "./estate.ts";
import { nextMonday } from "./prepare.ts";
import { startSink } from "./start-sink.ts";
import { fatesOf } from "./state.ts";

export interface Soak {
  weeks: number;
  clients: number;
  onWeek?: (week: number, figures: Flat) => void;
}

/** What must not grow. */
export interface Flat {
  rss_mb: number;
  heap_mb: number;
  descriptors: number;
}

export interface SoakFigures {
  weeks: number;
  clients: number;
  /** Periods whose slot has come, and what became of them. */
  periods: number;
  delivered: number;
  skipped: number;
  held: number;
  unaccounted: number;
  lost: number;
  duplicates: number;
  foreign: number;
  /** After a third of the weeks, and at the end. */
  early: Flat;
  late: Flat;
  seconds: number;
}

/**
 * Lives through weeks of reports in one process, by a clock that jumps from one moment at which something happens to the
 * next: the tick, the work and the sending of `bogo serve`, with its workers inside. Exports come late, the mail server
 * is down on some Mondays, and for five weeks nothing runs at all.
 */
export async function soak({ weeks, clients, onWeek }: Soak): Promise<{ figures: SoakFigures; broken: string[] }> {
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "bogo-soak-"));
  const sink = await startSink();
  const jumpTo = jumpingClock();
  try {
    const first = nextMonday(new Date().toISOString());
    const estate = buildEstate({ folder, clients, today: first.slice(0, 10) });
    const log = join(folder, "sink", "log.jsonl");
    sink.logTo(log);
    const look = await daemon(estate, sink.port);
    await look.tick();
    let early: Flat | undefined;
    let flat: Flat = flatness();
    for (let week = 0; week < weeks; week++) {
      await live(week);
      flat = flatness();
      if (week + 1 === Math.ceil(weeks / 3)) early = flat;
      onWeek?.(week + 1, flat);
    }
    look.close();
    const accounts = account(estate, weeks, log, join(folder, "state", "ledger.sqlite"));
    const figures = {
      weeks,
      clients,
      ...accounts.figures,
      early: early ?? flat,
      late: flat,
      seconds: Math.round((performance.now() - began) / 1000),
    };
    return { figures, broken: [...look.errors, ...accounts.broken, ...brokenBy(figures)] };

    /** What happens in the week whose Monday has the reports on the one before. */
    async function live(week: number): Promise<void> {
      const period = shift("weekly", estate.period, week);
      const monday = (days: number, time: string): string =>
        `${new Date(Date.parse(first) + (7 * week + days) * 86_400_000).toISOString().slice(0, 10)}T${time}:30.000Z`;
      const outage = isOutage(week, weeks);
      const [late, punctual] = [true, false].map((each) =>
        estate.clients.filter((_, index) => ((index + week) % 40 === 7) === each),
      ) as [Canary[], Canary[]];
      jumpTo(monday(0, "06:00"));
      for (const client of punctual) download(client);
      if (week % 13 === 5) sink.behave({ greeting: "421 too busy" });
      const morning = ["09:00", "09:01", "10:15", "13:15"];
      for (const time of outage ? [] : week % 4 === 0 ? ["07:00", ...morning] : morning) {
        jumpTo(monday(0, time));
        await look.tick();
        if (time === "09:01") sink.behave({});
      }
      jumpTo(monday(2, "09:30"));
      for (const client of late) download(client);
      jumpTo(monday(2, "10:00"));
      if (!outage) await look.tick();

      function download(client: Canary): void {
        const path = join(folder, exportOf(client));
        writeFileSync(path, campaigns(client, period));
        utimesSync(path, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
      }
    }
  } finally {
    await sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From a third of the way on, nothing runs for five weeks, or for two where there are few. */
const isOutage = (week: number, weeks: number): boolean => {
  const from = Math.floor(weeks / 3);
  return week >= from && week < from + (weeks > 30 ? 5 : 2);
};

/** The daemon's tick with its workers in this process. */
async function daemon(
  { folder, clients }: Estate,
  port: number,
): Promise<{ tick(): Promise<void>; close(): void; errors: string[] }> {
  const errors: string[] = [];
  const context: Context = {
    roots: rootsFrom(folder, {}),
    lang: "en",
    env: { SMTP_PORT: String(port) },
    clock: systemClock(),
    terminal: false,
    print: () => {},
    tell: (line) => void (line.includes('"level":"error"') && errors.push(line)),
  };
  const ledger = await openLedger(context);
  const log = await openLog(context);
  let written: Written | undefined;
  const pool = poolOf(async (slug, signal) => {
    const client = written?.config.clients.get(slug)?.client;
    if (!written || !client) throw new Error(`${slug} of ${clients.length} is not in the config`);
    const agency = agencyOf(written);
    const delivery = await deliveryOf(context, agency, ledger, smtpSettings(agency, context.env));
    await workFor(client, { ...outsideOf(context, written, ledger), agency, delivery, log, signal });
  }, 2);
  const onConfig = (each: Written): void => {
    written = each;
  };
  return {
    tick: () => tick({ ...context, ledger, store: storeOf(context.roots), pool, log, onConfig }, () => pool.idle()),
    close: () => ledger.close(),
    errors,
  };
}

/** Lets this process's clock jump; it goes on by itself between jumps, and never back. */
function jumpingClock(): (instant: string) => void {
  const real = Date.now;
  let ahead = 0;
  Date.now = () => real() + ahead;
  return (instant) => {
    ahead = Math.max(ahead, Date.parse(instant) - real());
  };
}

function flatness(): Flat {
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  const mb = (bytes: number): number => Math.round(bytes / 1024 / 1024);
  return { rss_mb: mb(rss), heap_mb: mb(heapUsed), descriptors: readdirSync("/proc/self/fd").length };
}

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

type Accounts = Pick<
  SoakFigures,
  "periods" | "delivered" | "skipped" | "held" | "unaccounted" | "lost" | "duplicates" | "foreign"
>;

/** What became of each client's each week, by the ledger and the mail server's log. */
function account(estate: Estate, weeks: number, log: string, ledger: string): { figures: Accounts; broken: string[] } {
  const figures: Accounts = {
    periods: 0,
    delivered: 0,
    skipped: 0,
    held: 0,
    unaccounted: 0,
    lost: 0,
    duplicates: 0,
    foreign: 0,
  };
  const broken: string[] = [];
  const reports = readLog(log).filter(({ run }) => run !== "");
  const copies = Map.groupBy(reports, ({ run, recipient }) => `${run} ${recipient}`);
  const fates = fatesOf(ledger);
  for (const [client, week] of estate.clients.flatMap((each) =>
    Array.from({ length: weeks }, (_, index) => [each, index] as const),
  )) {
    figures.periods++;
    const name = `${client.slug}.ppc.weekly.${shift("weekly", estate.period, week).from}`;
    const counts = client.recipients.map((recipient) => copies.get(`${name}.r1 ${recipient}`)?.length ?? 0);
    figures.duplicates += counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
    const { state, reason } = fates.get(name) ?? { state: null, reason: null };
    const none = counts.every((count) => count === 0);
    if (state === "done" && counts.every((count) => count === 1)) figures.delivered++;
    else if (state === "skipped" && reason !== null && none) figures.skipped++;
    else if ((state === "held" || state === "waiting") && reason !== null && none) figures.held++;
    else {
      figures.unaccounted++;
      figures.lost += state === "done" ? counts.filter((count) => count === 0).length : 0;
      broken.push(`${name} is ${state} (${reason}), and there are ${counts.join(", ")} copies`);
    }
  }
  for (const { run, recipient } of reports) {
    const client = estate.clients.find(({ slug }) => run.startsWith(`${slug}.`));
    if (client?.recipients.includes(recipient)) continue;
    figures.foreign++;
    broken.push(`${run} went to ${recipient}`);
  }
  return { figures, broken };
}

/** Memory settles in the first third; what grows by more than a tenth of it after that is not flat. */
function brokenBy({ early, late }: Pick<SoakFigures, "early" | "late">): string[] {
  const broken: string[] = [];
  if (late.descriptors > early.descriptors) broken.push(`${late.descriptors - early.descriptors} descriptors more`);
  if (late.rss_mb > early.rss_mb * 1.1 + 30) broken.push(`memory grew from ${early.rss_mb} to ${late.rss_mb} MB`);
  return broken;
}
