// Loaded before the program (`--import`): kills it just before its Nth step that leaves a trace outside of it; with
// DIE_CLIENT only while a worker works for that client.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Socket } from "node:net";
import { DatabaseSync, StatementSync } from "node:sqlite";

const { DIE_AT, DIE_CLIENT } = process.env;
let at = DIE_CLIENT === undefined ? Number(DIE_AT) : 0;
let steps = 0;
let inTransaction = false;

function step(): void {
  if (++steps === at) process.kill(process.pid, "SIGKILL");
}

/** Does something before each call of a method. */
function watch<Name extends string>(
  owner: { [name in Name]: (...args: never[]) => unknown },
  name: Name,
  before: (first: unknown) => void,
): void {
  const original = owner[name];
  owner[name] = function (this: unknown, ...args: never[]) {
    before(args[0]);
    return original.apply(this, args);
  };
}

// A worker is told its client by message. One more listener would take it from the worker's own.
const { emit } = process;
process.emit = function (this: NodeJS.Process, name: string, ...args: unknown[]): boolean {
  const [order] = args as [{ client?: string }];
  if (name === "message" && DIE_CLIENT !== undefined)
    [at, steps] = [order.client === DIE_CLIENT ? Number(DIE_AT) : 0, 0];
  return Reflect.apply(emit, this, [name, ...args]);
} as typeof emit;

// What stands between BEGIN and COMMIT leaves its trace at COMMIT.
watch(DatabaseSync.prototype, "exec", (sql) => {
  if (sql === "COMMIT") step();
  inTransaction = sql === "BEGIN IMMEDIATE";
});
watch(StatementSync.prototype, "run", () => {
  if (!inTransaction) step();
});
watch(Socket.prototype, "write", step);
for (const name of ["mkdir", "open", "rename", "rm", "writeFile"] as const) watch(fs.promises, name, step);
syncBuiltinESMExports();
