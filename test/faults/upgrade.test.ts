import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { projectRoot } from "../../jobs/roots.ts";
import { preloading } from "./preload.ts";
import { scene } from "./scene.ts";

it("a ledger of the first version is brought up to date with what is under way in it, also when that is cut off", async () => {
  await using stage = await scene({ made: true });
  const args = ["run", stage.estate.clients[0]!.slug, "ppc"];
  // The first steps that leave a trace open the ledger and bring it up to date.
  for (const step of [1, 2, 3]) {
    const at = stage.renew();
    const file = join(at.state, "ledger.sqlite");
    backToFirstVersion(file);
    expect((await at.run(args, { env: preloading("die-at.ts", { DIE_AT: String(step) }) })).signal).toBe("SIGKILL");
    const after = await at.run(args);
    expect(after.code, after.said).toBe(0);
    expect(await at.judge()).toMatchObject({ findings: [], unknown: 0 });
  }
}, 300_000);

/** Rewrites a ledger as the first version of the program would have left it, with the same runs, messages and deliveries. */
function backToFirstVersion(file: string): void {
  const newer = `${file}.newer`;
  const now = new DatabaseSync(file);
  now.exec(`VACUUM INTO '${newer}'`);
  now.close();
  for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
  const old = new DatabaseSync(file);
  old.exec("PRAGMA journal_mode = WAL");
  old.exec(readFileSync(join(projectRoot, "jobs", "ledger", "schema.sql"), "utf8"));
  old.exec("PRAGMA user_version = 1");
  old.exec(`ATTACH '${newer}' AS newer`);
  for (const table of ["run", "figure", "message", "delivery", "attempt", "seen", "lease"]) {
    const columns = old.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
    const names = columns.map(({ name }) => `"${name}"`).join(", ");
    old.exec(`INSERT INTO main.${table} (${names}) SELECT ${names} FROM newer.${table}`);
  }
  old.exec("DETACH newer");
  old.close();
  rmSync(newer);
}
