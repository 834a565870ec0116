import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { BogoError, type Problem, problem } from "../../transforms/problem.ts";
import { type Context, ledgerFile, openLedger } from "../context.ts";
import { mailStore } from "../deliver/store.ts";
import { backupLedger } from "../ledger/sqlite/backup.ts";
import { faultsOf } from "../ledger/sqlite/copy.ts";
import { backupsOf } from "../ledger/sqlite/database.ts";
import { restoreLedger } from "../ledger/sqlite/restore.ts";
import { sayProblems } from "../problems.ts";
import { restoredProblem } from "../restored.ts";

/** Copies the ledger while it is in use, and reads the copy back. */
export async function backupCommand(context: Context, target: string | undefined): Promise<number> {
  const file = existing(context);
  const copy = target ? resolve(target) : besides(file, "ledger", context);
  backupLedger(file, copy);
  const faults = faultsOf(copy);
  if (faults.length > 0) throw damaged(faults, copy);
  context.print(words.copied[context.lang](copy));
  return 0;
}

/** Puts a backup in the ledger's place; from then on nothing leaves until a person says so. */
export async function restoreCommand(context: Context, backup: string): Promise<number> {
  const file = ledgerFile(context.roots);
  const aside = besides(file, "replaced", context);
  const source = resolve(backup);
  await restoreLedger(file, { source, aside, now: context.clock.now() });
  context.print(words.restored[context.lang](source, existsSync(aside) ? aside : null));
  return 0;
}

/** Judges the database and every stored mail. Changes nothing. */
export async function verifyCommand(context: Context): Promise<number> {
  const file = existing(context);
  const faults = faultsOf(file);
  if (faults.length > 0) throw damaged(faults, file);
  const ledger = await openLedger(context);
  try {
    const mails = ledger.storedMails();
    const store = mailStore(join(context.roots.state, "mail"));
    const problems: Problem[] = [];
    for (const mail of mails)
      if (!(await store.get(mail))) problems.push(problem("LEDGER_MAIL_CHANGED", { path: mail.path }));
    const restored = ledger.restored(context.clock.now());
    if (restored) problems.push(restoredProblem(restored));
    if (problems.length > 0) context.tell(sayProblems(problems, context.lang));
    context.print(words.verified[context.lang](mails.length));
    return problems.length > 0 ? 1 : 0;
  } finally {
    ledger.close();
  }
}

/** A person has compared a restored ledger with what was really sent: sending goes on. */
export async function resumeCommand(context: Context, by: string | undefined): Promise<number> {
  existing(context);
  const ledger = await openLedger(context);
  try {
    const now = context.clock.now();
    // Notes a ledger that is older than its marker, which nothing may have looked at yet.
    ledger.restored(now);
    const resumed = ledger.acceptRestored(by ?? null, now);
    context.print((resumed ? words.resumed : words.nothingHeld)[context.lang]);
    return 0;
  } finally {
    ledger.close();
  }
}

function existing({ roots }: Context): string {
  const file = ledgerFile(roots);
  if (!existsSync(file)) throw new BogoError([problem("LEDGER_MISSING", { file })]);
  return file;
}

/** `backup/ledger.2026-11-02T000000Z.sqlite` */
function besides(file: string, kind: string, { clock }: Context): string {
  const instant = `${clock.now().slice(0, 19).replaceAll(":", "")}Z`;
  return join(backupsOf(file), `${kind}.${instant}.sqlite`);
}

const damaged = (faults: readonly string[], file: string): BogoError =>
  new BogoError([problem("LEDGER_DAMAGED", { why: faults.slice(0, 5).join("; ") }, { file })]);

const words = {
  copied: {
    ko: (copy: string) =>
      `원장을 복사하고 온전한지 확인했습니다: ${copy}\n보낸 메일과 원본 파일은 state 폴더에 있으니 함께 백업하세요.`,
    en: (copy: string) =>
      `The ledger was copied, and the copy is sound: ${copy}\nStored mails and archived exports lie beside it in the state folder: back them up, too.`,
  },
  restored: {
    ko: (source: string, aside: string | null) =>
      `${source}에서 원장을 되돌렸습니다.${aside ? ` 이전 원장: ${aside}` : ""}\n백업 이후에 나간 메일을 모르므로 발송을 멈췄습니다. 메일 서버 로그와 비교한 뒤 \`bogo ledger resume\`을 실행하세요.`,
    en: (source: string, aside: string | null) =>
      `The ledger was restored from ${source}.${aside ? ` The one before: ${aside}` : ""}\nIt does not know what has left since, so nothing is sent. Compare it with the mail server's log, then say \`bogo ledger resume\`.`,
  },
  verified: {
    ko: (mails: number) => `원장 무결성과 저장된 메일 ${mails}통을 확인했습니다.`,
    en: (mails: number) => `Looked at the ledger and ${mails} stored mail${mails === 1 ? "" : "s"}.`,
  },
  resumed: { ko: "발송을 다시 시작합니다.", en: "Sending goes on." },
  nothingHeld: { ko: "멈춘 발송이 없습니다.", en: "Nothing was held back." },
};
