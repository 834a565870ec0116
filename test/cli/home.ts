import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { confirmsFormat } from "../../jobs/hold.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { projectRoot } from "../../jobs/roots.ts";

/** A home of its own with two small clients: what a command sees is what the test wrote there. */
export interface Home {
  folder: string;
  /** Writes a file below the home. */
  write(path: string, content: string | Uint8Array): void;
  /** Runs the real command line in a process of its own. */
  bogo(args: string, options?: { env?: Record<string, string | undefined>; node?: string }): Promise<Ended>;
  /** The same, for a process that runs until it is ended; at the end of the test it is killed. */
  start(args: string, options?: { env?: Record<string, string | undefined> }): Running;
}

export interface Running {
  ended: Promise<Ended>;
  /** What it has said so far beside its results. */
  err(): string;
  /** Sends a signal and gives the code with which the process ends. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export const AGENCY = `name: { ko: 예시 에이전시, en: Sample Agency }
from: "Reports <reports@agency.example>"
ops: ops@agency.example
smtp: { host: 127.0.0.1, port: "\${env:SMTP_PORT}", require_tls: false }
people: { lee: "이과장 <lee@agency.example>", smith: "Alex Smith <smith@agency.example>" }
domains:
  acme: [acme.example, agency.example]
  hanbit: [hanbit.example, agency.example]
`;

/** Weekly and monthly; the workbook alone, because a page of PDF costs more than all the rest. */
export const ACME = `client: Acme Outdoor
locale: en-US
timezone: America/New_York
country: US
currency: USD
ae: smith
formats: [excel]
channels:
  ppc:
    cadence: { weekly: { day: mon, at: "09:00" }, monthly: { day: 3, at: "10:00" } }
    sources:
      - { files: google-ads/*, account: "987-654-3210", timezone: America/New_York, window: 30-day click }
      - { files: meta/*, account: act_5647382910, timezone: America/New_York, window: 7-day click }
    goals:
      - { kpi: roas, at_least: 350%, per: week, owner: smith }
    to: [client, team]
recipients:
  client: ["Jordan <jordan@acme.example>", "Riley <riley@acme.example>"]
  team: ["Alex Smith <smith@agency.example>"]
`;

/** Weekly, of one platform. */
export const HANBIT = `client: { ko: 한빛커피, en: Hanbit Coffee }
locale: ko-KR
timezone: Asia/Seoul
country: KR
currency: KRW
ae: lee
formats: [excel]
channels:
  ppc:
    cadence: { weekly: { day: mon, at: "09:00" } }
    sources: [{ files: google-ads/*, account: "123-456-7890", currency: KRW }]
    to: [client]
recipients:
  client: ["김대표 <ceo@hanbit.example>"]
`;

/** A typo in a key, a goal that is no amount, an unknown group, and a recipient at a domain that is not the client's. */
export const BROKEN_HANBIT = HANBIT.replace("account:", "acount:")
  .replace(
    "    to: [client]\n",
    "    goals:\n      - { kpi: roas, at_least: lots, per: week, owner: lee }\n    to: [client, bosses]\n",
  )
  .replace("ceo@hanbit.example", "ceo@rival.example");

/** The two weeks that the exports of a home cover: 2025-10-06 to 2025-10-19, the second being `2025-W42`. */
export const WEEK = "2025-W42";

export function home(): Home {
  const folder = mkdtempSync(join(tmpdir(), "bogo-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write: Home["write"] = (path, content) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write("config/agency.yaml", AGENCY);
  write("config/clients/acme/client.yaml", ACME);
  write("config/clients/hanbit/client.yaml", HANBIT);
  write("inbox/acme/google-ads/Campaign report.csv", googleAds({ from: "2025-10-06", to: "2025-10-19" }));
  write("inbox/acme/meta/Acme-Campaigns-Oct-6-2025-Oct-19-2025.csv", meta({ from: "2025-10-06", to: "2025-10-19" }));
  write(
    "inbox/hanbit/google-ads/Campaign report.csv",
    googleAds({ from: "2025-10-06", to: "2025-10-19", currency: "KRW", scale: 1000 }),
  );
  confirmed(folder);
  return {
    folder,
    write,
    bogo: (args, options = {}) => start(folder, args, options).ended,
    start(args, options = {}) {
      const running = start(folder, args, options);
      onTestFinished(() => void running.end("SIGKILL"));
      return running;
    },
  };
}

/** Somebody has confirmed how Meta's exports are read: what no one has confirmed is a test of its own. */
function confirmed(folder: string): void {
  const ledger = openLedger(join(folder, "state", "ledger.sqlite"));
  ledger.confirm([confirmsFormat("meta_ads.report")], "lee", "2025-10-20T00:00:00.000Z");
  ledger.close();
}

function start(
  folder: string,
  args: string,
  { env = {}, node = process.execPath }: { env?: Record<string, string | undefined>; node?: string },
): Running {
  const child = spawn(node, [join(projectRoot, "bogo.mjs"), "--home", folder, ...words(args)], {
    cwd: folder,
    env: {
      PATH: [join(projectRoot, "node_modules", ".bin"), process.env.PATH].join(delimiter),
      HOME: folder,
      TZ: process.env.TZ,
      TMPDIR: process.env.TMPDIR,
      LANG: "en_US.UTF-8",
      // The processes share what V8 made of the sources: the tests are about what is said, not about starting.
      NODE_COMPILE_CACHE: join(projectRoot, "node_modules", ".cache", "bogo-cli-test"),
      BOGO_CACHE: join(projectRoot, "node_modules", ".cache", "bogo-formats"),
      // A port that nothing listens on; a test with a server gives its own.
      SMTP_PORT: "9",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: Ended = { code: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...said, code }));
  });
  return {
    ended,
    err: () => said.err,
    async end(signal) {
      child.kill(signal);
      return (await ended).code;
    },
  };
}

const words = (args: string): string[] => args.split(" ").filter(Boolean);

interface Span {
  from: string;
  to: string;
  currency?: string;
  /** Multiplies every figure, so that two exports of the same days can be told apart. */
  scale?: number;
}

/** A Google Ads campaign report: a title, the range, two campaigns a day, and the account's total. */
export function googleAds({ from, to, currency = "USD", scale = 1 }: Span): string {
  const rows = daysFrom(from, to).flatMap((day, at) => [
    `Enabled,Search - Brand,${day},${currency},"${thousands((1200 + at * 10) * scale)}",${(60 + at) * scale},${((30.25 + at) * scale).toFixed(2)},${(3.5 * scale).toFixed(2)},${(410.1 * scale).toFixed(2)}`,
    `Enabled,Display,${day},${currency},${(300 + at) * scale},${7 * scale},${(2.05 * scale).toFixed(2)},0.00,0.00`,
  ]);
  return [
    "Campaign report",
    `"${longDay(from)} - ${longDay(to)}"`,
    "Campaign status,Campaign,Day,Currency code,Impr.,Clicks,Cost,Conversions,Conv. value",
    ...rows,
    `Total: Account, --, --,${currency},"9,999,999","9,999",9999.99,99.00,"9,999.00"`,
    "",
  ].join("\n");
}

/** A Meta Ads Manager export: the row of totals first, then one campaign a day. */
export function meta({ from, to, scale = 1 }: Span): string {
  const rows = daysFrom(from, to).map(
    (day, at) =>
      `Prospecting,120259583027653975,${day},active,USD,${((20.5 + at) * scale).toFixed(2)},${(2000 + at) * scale},${(40 + at) * scale},${2 * scale},${(150.75 * scale).toFixed(2)},${from},${to}`,
  );
  return `\uFEFF${[
    "Campaign name,Campaign ID,Day,Campaign delivery,Currency,Amount spent (USD),Impressions,Link clicks,Purchases,Purchases conversion value,Reporting starts,Reporting ends",
    `,,,,,999999.99,99999999,99999,999,99999.00,${from},${to}`,
    ...rows,
    "",
  ].join("\n")}`;
}

export function daysFrom(from: string, to: string): string[] {
  const days = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

const longDay = (day: string): string =>
  new Date(day).toLocaleDateString("en-US", { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" });

const thousands = (value: number): string => value.toLocaleString("en-US");
