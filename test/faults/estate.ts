import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { projectRoot } from "../../jobs/roots.ts";
import { daysOf, newestComplete, type Period, shift } from "../../transforms/period.ts";

/** A client whose every text holds a word, and whose figures a number, that no other client has. */
export interface Canary {
  slug: string;
  word: string;
  /** Six digits, prime: the impressions of its week. */
  prime: number;
  recipients: string[];
}

/** Several tiny clients of one agency, each with the exports of two weeks. */
export interface Estate {
  folder: string;
  clients: Canary[];
  /** The newest complete week, which everybody's report is on. */
  period: Period;
  /** Starts the real program on this estate, with its state in a folder of choice. */
  start(args: readonly string[], at: Start): ChildProcess;
}

export interface Start {
  state: string;
  port: number;
  /** What starts the program in its turn, such as strace and its arguments. */
  under?: readonly string[];
  env?: Record<string, string>;
}

export interface EstateOptions {
  folder: string;
  clients: number;
  today: string;
  /** What each report is sent as; a page of PDF costs more than all the rest. */
  formats?: string;
  /** Further lines of every client.yaml. */
  further?: string;
}

/** Who gets every client's report. */
const TEAM = "team@agency.example";

/** Who is told what needs them, of any client. */
export const told: readonly string[] = ["ops@agency.example", "smith@agency.example"];

export function buildEstate({
  folder,
  clients: count,
  today,
  formats = "[excel]",
  further = "",
}: EstateOptions): Estate {
  const clients = Array.from({ length: count }, (_, index) => canary(index));
  const period = newestComplete("weekly", today);
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write("config/agency.yaml", agency(clients));
  for (const client of clients) {
    write(`config/clients/${client.slug}/client.yaml`, clientYaml(client, formats, further));
    write(exportOf(client), campaigns(client, period));
  }
  return {
    folder,
    clients,
    period,
    start(args, { state, port, under = [], env = {} }) {
      const temporary = `${state}.tmp`;
      mkdirSync(temporary, { recursive: true });
      const [command, ...rest] = [...under, process.execPath, join(projectRoot, "bogo.mjs"), ...args] as [string];
      return spawn(command, rest, {
        cwd: folder,
        env: {
          PATH: [join(projectRoot, "node_modules", ".bin"), process.env.PATH].join(delimiter),
          HOME: folder,
          TMPDIR: temporary,
          LANG: "en_US.UTF-8",
          NODE_COMPILE_CACHE: join(projectRoot, "node_modules", ".cache", "bogo-faults"),
          BOGO_CACHE: join(projectRoot, "node_modules", ".cache", "bogo-formats"),
          BOGO_CONFIG: join(folder, "config"),
          BOGO_INBOX: join(folder, "inbox"),
          BOGO_STATE: state,
          BOGO_OUT: `${state}.out`,
          SMTP_PORT: String(port),
          BOGO_LEDGER_ANYWHERE: "1",
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
        // A group of its own, with all that it begins.
        detached: true,
      });
    },
  };
}

/** A copy of a state, made while nothing works on it. */
export function copyState(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

/** Letters only, so that no word of the program holds it; the same client always has the same word. */
function canary(index: number): Canary {
  const prime = primeAfter(100_000 + index * 7_919);
  const word = `Qz${[...String(prime)].map((digit) => "bdfgkmpvwx"[Number(digit)]).join("")}`;
  const slug = word.toLowerCase();
  return { slug, word, prime, recipients: [`boss@${slug}.example`, `desk@${slug}.example`, TEAM] };
}

function primeAfter(from: number): number {
  for (let candidate = from | 1; ; candidate += 2) {
    let divisor = 3;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor += 2;
    if (divisor * divisor > candidate) return candidate;
  }
}

const agency = (clients: readonly Canary[]): string => `name: Sample Agency
from: "Reports <reports@agency.example>"
ops: ${told[0]}
smtp: { host: 127.0.0.1, port: "\${env:SMTP_PORT}", require_tls: false }
people: { smith: "Alex Smith <${told[1]}>" }
domains:
${clients.map(({ slug }) => `  ${slug}: [${slug}.example, agency.example]`).join("\n")}
`;

const clientYaml = ({ slug, word, prime }: Canary, formats: string, further: string): string => `client: ${word} Outdoor
locale: en-US
timezone: UTC
country: US
currency: USD
ae: smith
formats: ${formats}
${further}channels:
  ppc:
    cadence: { weekly: { day: mon, at: "09:00" } }
    sources: [{ files: google-ads/*, account: "${accountOf(prime)}", timezone: UTC, window: 30-day click }]
    to: [client, team]
recipients:
  client: ["${word} Boss <boss@${slug}.example>", "${word} Desk <desk@${slug}.example>"]
  team: ["Team <${TEAM}>"]
`;

/** Where a client's one export lies. */
export const exportOf = ({ slug, word }: Canary): string => `inbox/${slug}/google-ads/Campaign report ${word}.csv`;

/** Two weeks of one campaign, the same in each; all impressions of a week are on its first day. */
export function campaigns({ word, prime }: Canary, period: Period): string {
  const from = shift("weekly", period, -1).from;
  const days = daysOf({ from, to: period.to }).map((day, index) => ({
    day,
    impressions: index % 7 === 0 ? prime : 0,
    clicks: 20 + (index % 7),
    cost: 30.25 + (index % 7),
  }));
  const sum = (of: "impressions" | "clicks" | "cost") => days.reduce((total, each) => total + each[of], 0);
  return [
    "Campaign report",
    `"${longDay(from)} - ${longDay(period.to)}"`,
    "Campaign status,Campaign,Day,Currency code,Customer ID,Impr.,Clicks,Cost,Conversions,Conv. value",
    ...days.map(({ day, impressions, clicks, cost }) =>
      [
        "Enabled",
        `${word} Brand`,
        day,
        "USD",
        accountOf(prime),
        impressions,
        clicks,
        cost.toFixed(2),
        "2.00",
        "150.50",
      ].join(),
    ),
    ["Total: Account", " --", " --", "USD", " --", sum("impressions"), sum("clicks"), sum("cost").toFixed(2)].join() +
      `,${(2 * days.length).toFixed(2)},${(150.5 * days.length).toFixed(2)}`,
    "",
  ].join("\n");
}

const accountOf = (prime: number): string => String(prime).replace(/(...)(...)/, "$1-$2-9870");

const longDay = (day: string): string =>
  new Date(day).toLocaleDateString("en-US", { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" });
