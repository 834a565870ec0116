import { existsSync, globSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { BogoError, problem } from "../../transforms/problem.ts";
import { archiveOf } from "../archive.ts";
import { systemClock } from "../clock.ts";
import { type Context, ledgerFile, openLedger } from "../context.ts";
import { keptFile } from "../kept.ts";
import type { Holdings } from "../ledger/operations.ts";
import { newOwner } from "../ledger/owner.ts";
import { backupsOf } from "../ledger/sqlite/database.ts";
import { warehouseFile } from "../open.ts";
import type { Roots } from "../roots.ts";

/** Erases what is held of a client that has left the config, and says what it cannot reach. */
export async function eraseCommand(
  context: Context,
  client: string,
  { yes, by }: { yes?: boolean; by?: string },
): Promise<number> {
  const { roots, lang, clock, print } = context;
  // A name with a path in it would reach beyond the client's own folders.
  if (!/^[a-z0-9-]+$/.test(client)) throw new BogoError([problem("ERASE_UNKNOWN", { client })]);
  const folder = join(roots.config, "clients", client);
  if (existsSync(folder)) throw new BogoError([problem("ERASE_CONFIGURED", { folder })]);
  const ledger = await openLedger(context);
  try {
    const held = ledger.holdings(client);
    const paths = pathsOf(roots, client).filter((path) => existsSync(path));
    if (!held && paths.length === 0) throw new BogoError([problem("ERASE_UNKNOWN", { client })]);
    if (held?.leaving) throw new BogoError([problem("ERASE_SENDING", { client, count: held.leaving })]);
    if (yes) {
      const erase = async (): Promise<void> => {
        for (const path of paths) await rm(path, { recursive: true, force: true });
        ledger.eraseClient(client, by ?? null, clock.now());
      };
      // Nobody may load or answer from the warehouse meanwhile.
      await ledger.withLease(`warehouse:${client}`, newOwner(), erase, { clock: systemClock() });
    }
    const remaining = remains(roots, client, lang);
    print(
      [
        (yes ? words.erased : words.would)[lang](client),
        ...told(held, paths, lang),
        "",
        words.remains[lang],
        ...remaining,
      ].join("\n"),
    );
    if (!yes) context.tell(words.again[lang](client));
    return yes ? 0 : 3;
  } finally {
    ledger.close();
  }
}

/** All files that belong to one client alone. */
function pathsOf(roots: Roots, client: string): string[] {
  return [
    join(roots.state, "mail", client),
    archiveOf(roots, client),
    ...["", ".wal", ".moved"].map((part) => `${warehouseFile(roots, client)}${part}`),
    keptFile(roots.state, client),
    join(roots.out, client),
  ];
}

function told(held: Holdings | null, paths: readonly string[], lang: "ko" | "en"): string[] {
  return [...(held ? [words.ledger[lang](held)] : []), ...paths].map((line) => `  ${line}`);
}

/** What this program does not reach, as far as it can know. */
function remains(roots: Roots, client: string, lang: "ko" | "en"): string[] {
  const inboxes = [client, "_shared"].map((name) => join(roots.inbox, name)).filter((path) => existsSync(path));
  const backups = globSync("*.sqlite", { cwd: backupsOf(ledgerFile(roots)) });
  return [
    ...inboxes.map((path) => words.inbox[lang](path)),
    words.bigquery[lang](`bogo_${client.replaceAll("-", "_")}`),
    words.backups[lang](backups.map((name) => join(backupsOf(ledgerFile(roots)), name))),
    words.mailboxes[lang],
    words.tombstone[lang],
  ].map((line) => `  ${line}`);
}

const words = {
  erased: { ko: (client: string) => `${client}: 지웠습니다.`, en: (client: string) => `${client}: erased.` },
  would: {
    ko: (client: string) => `${client}: 지울 항목입니다.`,
    en: (client: string) => `${client}: this would be erased.`,
  },
  ledger: {
    ko: ({ runs, mails, addresses }: Holdings) =>
      `원장: 주소 ${addresses}개, 저장된 메일 ${mails}통, 리포트 ${runs}건의 제목·수치·사유, 파일 기록`,
    en: ({ runs, mails, addresses }: Holdings) =>
      `the ledger: addresses (${addresses}), stored mails (${mails}), subjects, figures and reasons of reports (${runs}), its list of exports`,
  },
  remains: { ko: "남아 있는 것:", en: "What remains elsewhere:" },
  inbox: {
    ko: (path: string) => `${path}: 내려받은 파일 (직접 지우세요)`,
    en: (path: string) => `${path}: downloaded exports (take its own out yourself)`,
  },
  bigquery: {
    ko: (dataset: string) => `BigQuery: 쓰고 있었다면 데이터세트 ${dataset} (콘솔에서 지우세요)`,
    en: (dataset: string) => `BigQuery: the data set ${dataset}, if there was one (delete it in the console)`,
  },
  backups: {
    ko: (files: string[]) => `백업: state 폴더의 다른 사본${files.length ? `, ${files.join(", ")}` : ""}`,
    en: (files: string[]) => `backups: copies of the state folder${files.length ? `, ${files.join(", ")}` : ""}`,
  },
  mailboxes: {
    ko: "이미 받은 사람의 메일함, 메일 서버의 로그",
    en: "the mailboxes of those who got reports, and the mail server's logs",
  },
  tombstone: {
    ko: "원장의 빈 기록: 어떤 리포트가 언제 어떻게 끝났는지 (다시 발송되지 않게 합니다)",
    en: "empty records in the ledger: which report was when, and how it ended (so that none is sent again)",
  },
  again: {
    ko: (client: string) => `아무것도 지우지 않았습니다. 지우려면 \`bogo erase ${client} --yes\`를 실행하세요.`,
    en: (client: string) => `Nothing was erased. \`bogo erase ${client} --yes\` does it.`,
  },
};
