import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The key of masked addresses, made at first use and kept in state, so that a mask means the same person for good. */
export function maskKey(state: string): string {
  const file = join(state, "log.key");
  if (!existsSync(file)) make(file);
  return readFileSync(file, "utf8").trim();
}

/** Whole or not there, and of several processes the first one's. */
function make(file: string): void {
  const temporary = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(temporary, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  try {
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(temporary);
  }
}
