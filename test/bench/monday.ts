import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ga4 } from "../samples/generate/ga4/ga4.ts";
import { googleAds } from "../samples/generate/google-ads/google-ads.ts";
import { mailchimp } from "../samples/generate/mailchimp.ts";
import { northwind, northwindGoogle, northwindSearches } from "../samples/generate/northwind.ts";
import { northwindMail, northwindProperty, northwindSite, northwindX } from "../samples/generate/northwind-organic.ts";
import type { Output } from "../samples/generate/output.ts";
import { searchConsole } from "../samples/generate/search-console.ts";
import { truth } from "../samples/generate/truth.ts";
import { xOverview } from "../samples/generate/x-overview.ts";

/** The morning on which the week and the month before are both due. */
export const monday = "2026-11-02T09:00:30Z";
/** When the program first sees the config: a report begins with its next slot. */
export const eve = "2026-11-01T09:00:00Z";

/** A client of the bench. */
export interface MondayClient {
  slug: string;
  account: string;
}

/** Clients with five channels each, of the English sample's make, with figures of their own. */
export function mondayClients(count: number): MondayClient[] {
  return Array.from({ length: count }, (_, at) => {
    const number = String(at + 1).padStart(3, "0");
    return { slug: `client-${number}`, account: number };
  });
}

/** Writes their config: three weekly and two monthly reports each, all due on that Monday, as workbook, PDF and mail. */
export function writeConfig(folder: string, clients: readonly MondayClient[]): void {
  const domains = clients.map(({ slug }) => `  ${slug}: [${slug}.example, agency.example]`).join("\n");
  write(
    join(folder, "config/agency.yaml"),
    `name: Sample Agency
from: "Reports <reports@agency.example>"
ops: ops@agency.example
smtp: { host: 127.0.0.1, port: "\${env:SMTP_PORT}", require_tls: false }
people: { smith: "Alex Smith <smith@agency.example>" }
domains:
${domains}
`,
  );
  for (const { slug, account } of clients)
    write(
      join(folder, `config/clients/${slug}/client.yaml`),
      `client: Client ${account}
locale: en-US
timezone: UTC
country: US
currency: USD
ae: smith
channels:
  ppc:
    cadence: { weekly: { day: mon, at: "09:00" } }
    sources: [{ files: google-ads/*, account: "100-000-0${account}", currency: USD, vat: excluded, timezone: UTC, window: 30-day click }]
    to: [client]
  seo:
    cadence: { monthly: { day: 2, at: "09:00" } }
    sources: [{ files: search-console/*, account: "https://${slug}.example/" }]
    to: [client]
  social:
    cadence: { weekly: { day: mon, at: "09:00" } }
    sources: [{ files: x/*, account: "@${slug}", timezone: UTC }]
    to: [client]
  email:
    cadence: { weekly: { day: mon, at: "09:00" } }
    sources: [{ files: mailchimp/*, account: mail-${account}, timezone: UTC }]
    to: [client]
  web:
    cadence: { monthly: { day: 2, at: "09:00" } }
    sources: [{ files: ga4/*, account: properties/${account}, timezone: UTC }]
    to: [client]
recipients:
  client: ["Reader <reader@${slug}.example>"]
`,
    );
}

/** What was downloaded for a client: bytes by the name below its inbox. */
type Downloads = ReadonlyMap<string, Uint8Array>;

/** Their exports from August to a week before. Gives how many files there are. */
export function writeHistory(folder: string, clients: readonly MondayClient[]): number {
  return put(folder, clients, (name, bytes) => !isOfTheWeek(name, bytes));
}

/** What was downloaded that morning: whatever has a day of the week in it that has ended. */
export function writeMorning(folder: string, clients: readonly MondayClient[]): number {
  return put(folder, clients, isOfTheWeek);
}

function isOfTheWeek(name: string, bytes: Uint8Array): boolean {
  const said = name.endsWith(".zip") ? name : Buffer.from(bytes).toString("utf8");
  return /2026-?10-?(?:2[6-9]|3[01])|2026-11|Oct (?:2[6-9]|3[01]),? 2026/u.test(said);
}

function put(
  folder: string,
  clients: readonly MondayClient[],
  isWanted: (name: string, bytes: Uint8Array) => boolean,
): number {
  const downloaded = Date.parse(monday) / 1000 - 3600;
  const files = clients.flatMap((client) =>
    [...downloadsOf(client)].filter(([name, bytes]) => isWanted(name, bytes)).map((file) => [client, ...file] as const),
  );
  for (const [{ slug }, name, bytes] of files) {
    const path = join(folder, "inbox", slug, name);
    write(path, bytes);
    utimesSync(path, downloaded, downloaded);
  }
  return files.length;
}

/** All that a client's platforms gave from August on. */
function downloadsOf({ slug, account }: MondayClient): Downloads {
  const files = new Map<string, Uint8Array>();
  const out: Output = {
    truth: truth(),
    write(name, bytes) {
      files.set(name, bytes);
    },
  };
  const business = { ...northwind, slug, span: { from: "2026-08-01", to: "2026-11-01" } };
  const ads = { business, account: `100-000-0${account}`, language: "en", currency: "USD" } as const;
  googleAds({ ...ads, campaigns: northwindGoogle, searches: northwindSearches }, out);
  searchConsole(
    {
      ...northwindSite,
      business,
      account: `https://${slug}.example/`,
      prefix: `https___${slug}.example_`,
      longWindows: [],
    },
    out,
  );
  ga4({ ...northwindProperty, business, account: `properties/${account}` }, out);
  xOverview({ ...northwindX, business, account: `@${slug}` }, out);
  mailchimp({ ...northwindMail, business, account: `mail-${account}`, downloaded: ["2026-10-01", "2026-11-01"] }, out);
  return files;
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
