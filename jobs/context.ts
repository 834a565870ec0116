import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Agency, Client, Config } from "../config/config.ts";
import type { Formats } from "../config/formats.ts";
import { nothingKept } from "../config/kept.ts";
import { nearest } from "../config/nearest.ts";
import type { Environment } from "../config/secret.ts";
import type { ReportDef } from "../transforms/definitions.ts";
import type { PlatformFormats } from "../transforms/format/format.ts";
import { platformMetrics } from "../transforms/format/supplies.ts";
import type { Text } from "../transforms/metrics.ts";
import { BogoError, type Problem, problem } from "../transforms/problem.ts";
import type { Clock } from "./clock.ts";
import type { Outside as Delivery } from "./deliver/deliver.ts";
import type { SmtpSettings } from "./deliver/smtp.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Log } from "./log.ts";
import type { Outside } from "./report.ts";
import type { Roots } from "./roots.ts";

/** What every command is given: where it works, in which language it speaks, and where its words go. */
export interface Context {
  roots: Roots;
  lang: keyof Text;
  env: Environment;
  clock: Clock;
  terminal: boolean;
  print(text: string): void;
  /** Progress and problems, beside the result. */
  tell(text: string): void;
}

/** Config and formats together: what is written, judged, with what the formats can supply. */
export interface Written {
  config: Config;
  formats: readonly PlatformFormats[];
  problems: readonly Problem[];
}

/** What is written now, for a person who asks: what is refused does not run. Changes nothing. */
export async function readConfig({ roots }: Pick<Context, "roots">): Promise<Written> {
  return readWith(roots, await formatsIn(roots));
}

/**
 * The formats of a config, read anew only where something has changed: reading and judging them is most of what a short
 * command does. The last answer lies in the state, where there is one, or in the folder that BOGO_CACHE names.
 */
async function formatsIn({ config, state }: Roots): Promise<Formats> {
  const read = async () => (await import("../config/formats.ts")).formatsOf(config);
  const folder = process.env.BOGO_CACHE ?? (existsSync(state) ? join(state, "cache") : null);
  if (folder === null) return read();
  const { readThrough } = await import("./read-through.ts");
  return readThrough({ folders: [join(config, "formats")], file: join(folder, "formats.bin") }, read);
}

/**
 * For what runs by itself: keeps what is accepted now, and while a file is refused the one before stays in force, also
 * after a restart. Which are in force so stands among the problems (CONFIG_KEPT).
 */
export async function readConfigOrKept({ roots, clock }: Pick<Context, "roots" | "clock">): Promise<Written> {
  const { keepAccepted, keptFolder, readKept } = await import("./kept.ts");
  const { readThrough } = await import("./read-through.ts");
  const folders = [roots.config, keptFolder(roots.state)];
  const written = await readThrough({ folders, file: join(roots.state, "cache", "config.bin") }, async () =>
    readWith(roots, await formatsIn(roots), readKept(roots.state)),
  );
  keepAccepted(roots.state, written.config.accepted, clock.now());
  return written;
}

/** With formats that were read before, for who reads the same config again and again. */
export async function readWith(roots: Roots, formats: Formats, kept = nothingKept): Promise<Written> {
  // What judges the config is a third of what a short command loads: where its last answer stands, nothing asks for it.
  const { loadConfig } = await import("../config/load.ts");
  const { formats: known, platforms, problems } = formats;
  const config = await loadConfig(roots.config, {
    platforms: new Map(platforms.map((platform) => [platform, platformMetrics(known, platform)])),
    kept,
  });
  return { config, formats: known, problems: [...problems, ...config.problems] };
}

/** The agency, or the problems that stop every client. */
export function agencyOf({ config, problems }: Written): Agency {
  if (config.agency) return config.agency;
  const shared = problems.filter(({ client, severity }) => client === undefined && severity === "error");
  throw new BogoError([problem("RUN_AGENCY_REFUSED"), ...shared]);
}

/** An accepted client by its slug, or why there is none. */
export function clientNamed({ config }: Written, slug: string): Client {
  const judged = config.clients.get(slug);
  const known = [...config.clients.keys()];
  if (!judged)
    throw new BogoError([
      problem("RUN_CLIENT_UNKNOWN", { found: slug, nearest: nearest(slug, known), known: known.join(", ") }),
    ]);
  if (!judged.ok) throw new BogoError([problem("RUN_CLIENT_REFUSED", { client: slug }), ...judged.problems]);
  return judged.client;
}

/** A client's report by its id, once for each cadence at which it goes out. */
export function reportsNamed(client: Client, id: string): ReportDef[] {
  const named = client.reports.filter((report) => report.id === id);
  const known = [...new Set(client.reports.map((report) => report.id))].join(", ");
  if (named.length === 0)
    throw new BogoError([problem("RUN_REPORT_UNKNOWN", { client: client.slug, found: id, known })]);
  return named;
}

/** A client's report by its id and, where it goes out at several cadences, its cadence. */
export function reportNamed(client: Client, id: string, cadence: string | undefined): ReportDef {
  const named = reportsNamed(client, id);
  const fitting = cadence === undefined ? named : named.filter((report) => report.cadence === cadence);
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  const cadences = named.map((report) => report.cadence);
  const facts = { report: id, known: cadences.join(", ") };
  throw new BogoError([
    cadence === undefined
      ? problem("RUN_CADENCE_NEEDED", { ...facts, first: cadences[0] ?? "" })
      : problem("RUN_CADENCE_UNKNOWN", { ...facts, found: cadence }),
  ]);
}

/** What making reports takes from outside. */
export function outsideOf(
  { roots, clock, env }: Pick<Context, "roots" | "clock" | "env">,
  { config, formats }: Written,
  ledger: Ledger,
): Outside {
  const people = config.agency?.people ?? {};
  const owners = Object.fromEntries(Object.entries(people).map(([key, { name }]) => [key, name]));
  const channelLabels = Object.fromEntries([...config.channels].map(([id, { label }]) => [id, label]));
  return {
    roots,
    ledger,
    formats,
    clock,
    env,
    clients: [...config.clients.values()].flatMap(({ client }) => client ?? []),
    dictionaries: { formats, rates: config.rates, channelLabels, owners, config: roots.config },
  };
}

/** What sending takes from outside. */
export async function deliveryOf(
  { roots, env }: Pick<Context, "roots" | "env">,
  agency: Agency,
  ledger: Ledger,
  smtp: SmtpSettings,
): Promise<Delivery> {
  const { storeOf } = await import("./deliver/store.ts");
  const { systemClock } = await import("./clock.ts");
  const { dkimKey } = await import("./deliver/settings.ts");
  return {
    ledger,
    store: storeOf(roots),
    smtp,
    clock: systemClock(),
    domains: agency.domains,
    maxBytes: agency.size_limit,
    dkim: dkimKey(agency, env),
  };
}

/** The log of one piece of work that runs unattended: lines of JSON, or sentences where a person looks on. */
export async function openLog({ roots, clock, terminal, tell }: Context): Promise<Log> {
  const { createLog } = await import("./log.ts");
  const { maskKey } = await import("./mask-key.ts");
  const run = randomUUID().slice(0, 8);
  return createLog({ clock, terminal, write: (line) => tell(line.trimEnd()), run, key: maskKey(roots.state) });
}

/** Where the ledger lies. */
export const ledgerFile = ({ state }: Roots): string => join(state, "ledger.sqlite");

export async function openLedger({ roots }: Pick<Context, "roots">): Promise<Ledger> {
  const { openLedger: open } = await import("./ledger/sqlite.ts");
  return open(ledgerFile(roots));
}
