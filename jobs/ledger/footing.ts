import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Environment } from "../../config/secret.ts";
import { BogoError, problem } from "../../transforms/problem.ts";

/**
 * Refuses a ledger on a file system that may lose it or that several machines write to, since what was sent would then
 * be sent again. For whatever sends unattended; `BOGO_LEDGER_ANYWHERE=1` is for tests and demos.
 */
export function requireFooting(file: string, env: Environment, typeOf: (path: string) => number = fileSystem): void {
  const kind = unfit.get(typeOf(nearestFolder(file)) >>> 0);
  if (kind && env.BOGO_LEDGER_ANYWHERE !== "1")
    throw new BogoError([problem("LEDGER_FOOTING", { folder: dirname(file), ...kind })]);
}

const fileSystem = (path: string): number => statfsSync(path).type;

/** The folder that holds it, or would: the state root may not have been made yet. */
function nearestFolder(file: string): string {
  let folder = dirname(file);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

interface Unfit {
  kind: string;
  why_ko: string;
  why_en: string;
}

const inMemory = { why_ko: "컴퓨터가 꺼지면 사라집니다", why_en: "is gone when the machine stops" };
const ofContainer = { why_ko: "컨테이너와 함께 사라집니다", why_en: "is gone with its container" };
const overNetwork = {
  why_ko: "SQLite의 잠금을 믿을 수 없습니다",
  why_en: "does not keep SQLite's locks reliably",
};

/** By statfs(2)'s number. */
const unfit: ReadonlyMap<number, Unfit> = new Map([
  [0x01021994, { kind: "tmpfs", ...inMemory }],
  [0x858458f6, { kind: "ramfs", ...inMemory }],
  [0x794c7630, { kind: "overlay", ...ofContainer }],
  [0x6969, { kind: "NFS", ...overNetwork }],
  [0x65735546, { kind: "FUSE", ...overNetwork }],
  [0x01021997, { kind: "9P", ...overNetwork }],
  [0xff534d42, { kind: "CIFS", ...overNetwork }],
  [0xfe534d42, { kind: "SMB", ...overNetwork }],
]);
