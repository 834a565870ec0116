import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type LoadOptions, loadConfig } from "../../config/load.ts";
import type { Problem } from "../../transforms/problem.ts";

/** A config root in a folder of its own, gone after the test. */
export function home(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), "bogo-config-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "clients"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export const AGENCY = `name: 예시 에이전시
from: "리포트 <reports@agency.example>"
ops: ops@agency.example
smtp: { host: localhost, pass: "\${env:SMTP_PASS}" }
people: { lee: "이과장 <lee@agency.example>" }
domains: { hanbit: [hanbit.example, agency.example] }
`;

export const CLIENT = `client: 한빛커피
locale: ko-KR
timezone: Asia/Seoul
country: KR
currency: KRW
ae: lee
channels:
  ppc:
    sources: [{ files: google-ads/*, account: "1" }]
    goals:
      - { kpi: roas, at_least: 350%, per: week, owner: lee }
recipients:
  client: ["김대표 <ceo@hanbit.example>"]
`;

/** Loads one client whose client.yaml (and agency.yaml) a test has changed, and returns what is said about it. */
export async function judged(client: string, { agency = AGENCY, ...options }: LoadOptions & { agency?: string } = {}) {
  const config = await loadConfig(home({ "agency.yaml": agency, "clients/hanbit/client.yaml": client }), options);
  return { config, client: config.clients.get("hanbit")?.client ?? null, said: config.problems.map(short) };
}

/** `CONFIG_UNKNOWN_KEY clients/hanbit/client.yaml:12:3` */
export function short({ code, file, line, column }: Problem): string {
  return `${code} ${[file, line, column].filter((part) => part !== undefined).join(":")}`;
}
