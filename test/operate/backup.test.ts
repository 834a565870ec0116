import { spawn } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  globSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { deliver } from "../../jobs/deliver/deliver.ts";
import { requireFooting } from "../../jobs/ledger/footing.ts";
import { backupLedger } from "../../jobs/ledger/sqlite/backup.ts";
import { restoreLedger } from "../../jobs/ledger/sqlite/restore.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { projectRoot } from "../../jobs/roots.ts";
import { BogoError } from "../../transforms/problem.ts";
import { home, WEEK } from "../cli/home.ts";
import { outgoing, stage, tempFolder } from "../deliver/stage.ts";

const NOW = "2026-11-03T00:00:00.000Z";

describe("bogo ledger", () => {
  it("copies a ledger in use, finds what was changed in the mail store, and restores only when nobody holds it", async () => {
    const { folder, outside, run } = await stage();
    await deliver(outside, run, [outgoing(["ceo@hanbit.example"])], []);
    const at = home();
    const bogo = (args: string) => at.bogo(args);
    rmSync(join(at.folder, "state"), { recursive: true });
    expect((await bogo("ledger verify")).err).toContain("LEDGER_MISSING");
    backupLedger(join(folder, "ledger.sqlite"), join(at.folder, "state", "ledger.sqlite"));
    for (const mail of globSync("**/*.eml", { cwd: join(folder, "mail") }))
      at.write(`state/mail/${mail}`, readFileSync(join(folder, "mail", mail)));

    expect(await bogo("ledger verify")).toMatchObject({
      code: 0,
      out: "Looked at the ledger and 1 stored mail.\n",
      err: "",
    });
    const copied = await bogo("ledger backup");
    expect(copied.code).toBe(0);
    const [backup = ""] = globSync(join(at.folder, "state/backup/ledger.*.sqlite"));
    expect(copied.out).toContain(backup);
    expect(statSync(backup).mode & 0o777).toBe(0o600);

    const [mail = ""] = globSync(join(at.folder, "state/mail/**/*.eml"));
    appendFileSync(mail, "x");
    const changed = await bogo("ledger verify");
    expect(changed).toMatchObject({ code: 1 });
    expect(changed.err).toContain("is missing or no longer what was made");

    const held = openLedger(join(at.folder, "state", "ledger.sqlite"));
    const refused = await bogo(`ledger restore ${backup}`);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toContain("Another process has the ledger open");
    held.close();

    const restored = await bogo(`ledger restore ${backup}`);
    expect(restored).toMatchObject({ code: 0, err: "" });
    const known = openLedger(join(at.folder, "state", "ledger.sqlite"));
    expect(known.history()).toHaveLength(1);
    expect(known.restored(NOW)).toMatchObject({ source: backup });
    known.close();
    const waits = await bogo(`run hanbit ppc --period ${WEEK}`);
    expect(waits).toMatchObject({ code: 3 });
    expect(waits.err).toContain("It may not know of mails that have left, so nothing is sent");
    expect((await bogo("ledger resume --by lee")).out).toBe("Sending goes on.\n");
    expect((await bogo("ledger resume")).out).toBe("Nothing was held back.\n");
  }, 60_000);

  it("refuses to restore what is no ledger, and leaves the one that is there", async () => {
    const folder = tempFolder();
    const file = join(folder, "ledger.sqlite");
    openLedger(file).close();
    const before = readFileSync(file);
    const text = join(folder, "notes.txt");
    writeFileSync(text, "no database at all, but long enough to be read as the head of one".repeat(20));
    const other = join(folder, "other.sqlite");
    const raw = new DatabaseSync(other);
    raw.exec("CREATE TABLE t (x)");
    raw.close();
    for (const source of [text, other, join(folder, "gone.sqlite")])
      await expect(restoreLedger(file, { source, aside: join(folder, "aside"), now: NOW })).rejects.toThrow(
        "LEDGER_BACKUP_UNFIT",
      );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("restores over a ledger that is damaged or gone, and keeps what was there", async () => {
    const folder = tempFolder();
    const file = join(folder, "ledger.sqlite");
    openLedger(file).close();
    const source = join(folder, "backup.sqlite");
    backupLedger(file, source);
    for (const damage of [() => writeFileSync(file, "x".repeat(5_000)), () => rmSync(file)]) {
      damage();
      const aside = join(folder, "aside.sqlite");
      rmSync(aside, { force: true });
      const there = existsSync(file);
      await restoreLedger(file, { source, aside, now: NOW });
      expect(existsSync(aside)).toBe(there);
      const ledger = openLedger(file);
      expect(ledger.restored(NOW)).toEqual({ source, found: NOW });
      ledger.close();
    }
  });

  it("is copied as it was before it is migrated", () => {
    const file = join(tempFolder(), "ledger.sqlite");
    const raw = new DatabaseSync(file);
    raw.exec(readFileSync(join(projectRoot, "jobs/ledger/schema.sql"), "utf8"));
    raw.exec("PRAGMA user_version = 1; INSERT INTO lease VALUES ('kept', 'owner', 'until')");
    raw.close();
    openLedger(file).close();
    const copy = new DatabaseSync(join(file, "../backup/ledger.v1.sqlite"));
    expect(copy.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
    expect(copy.prepare("SELECT name FROM lease").all()).toEqual([{ name: "kept" }]);
    copy.close();
  });
});

describe("a ledger that was put back in time", () => {
  it("is noticed by the marker beside it, whatever replaced it, and held until a person has looked", async () => {
    const { folder, outside, run, ledger } = await stage();
    const file = join(folder, "ledger.sqlite");
    backupLedger(file, join(folder, "old.sqlite"));
    await deliver(outside, run, [outgoing(["ceo@hanbit.example"])], []);
    expect(ledger.restored(NOW)).toBeNull();

    for (const replaced of [join(folder, "old.sqlite"), null]) {
      for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
      if (replaced) copyFileSync(replaced, file);
      const old = openLedger(file);
      expect(old.restored(NOW)).toEqual({ source: null, found: NOW });
      expect(old.restored("2026-11-04T00:00:00.000Z")).toEqual({ source: null, found: NOW });
      old.close();
    }
    const looked = openLedger(file);
    expect(looked.acceptRestored("lee", NOW)).toBe(true);
    expect(looked.restored(NOW)).toBeNull();
    looked.close();
  });

  it("is not suspected while several processes send", async () => {
    const file = join(tempFolder(), "ledger.sqlite");
    openLedger(file).close();
    const url = new URL("../../jobs/ledger/sqlite.ts", import.meta.url).href;
    const code = `const { openLedger } = await import(${JSON.stringify(url)});
      const ledger = openLedger(${JSON.stringify(file)});
      const me = process.argv[1];
      for (let n = 0; n < 40; n++) {
        const { run } = ledger.beginRun({ client: me, report: "ppc", cadence: "weekly", from: "d" + n, to: "e", revision: 1 }, "${NOW}");
        ledger.addMessages(run, [{ audience: "a", state: "ready", reason: null, subject: "s", messageId: "m", sender: "f", path: "p", sha256: "0", size: 1, onUnknown: "hold", approver: null, recipients: ["a@b.example"] }], [], "${NOW}");
        const [due] = ledger.due({ run });
        ledger.claim([due.deliveries[0].id], "o" + n, 1000, "${NOW}");
        if (ledger.restored("${NOW}")) process.exit(9);
      }`;
    const exits = ["a", "b", "c"].map(
      (name) =>
        new Promise((resolve) =>
          spawn(process.execPath, ["--input-type=module", "-e", code, name], { stdio: "inherit" }).on("exit", resolve),
        ),
    );
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);
  }, 30_000);
});

describe("the place of the ledger", () => {
  const on =
    (type: number, env = {}) =>
    () =>
      requireFooting("/state/ledger.sqlite", env, () => type);

  it("is refused where it may be lost or shared, by the name of the file system", () => {
    for (const [type, kind] of [
      [0x01021994, "tmpfs"],
      [0x794c7630, "overlay"],
      [0x6969, "NFS"],
      [0x65735546, "FUSE"],
      // Node gives the number as it is in C, where it may be negative.
      [0xff534d42 | 0, "CIFS"],
    ] as const) {
      expect(on(type)).toThrow(BogoError);
      expect(on(type)).toThrow(`would lie in /state, on ${kind}`);
      expect(on(type, { BOGO_LEDGER_ANYWHERE: "1" })).not.toThrow();
    }
    expect(on(0xef53)).not.toThrow();
  });

  it("is looked up of the folder that will hold it, also before it is made", () => {
    const folder = tempFolder();
    const asked: string[] = [];
    requireFooting(join(folder, "not", "yet", "ledger.sqlite"), {}, (path) => {
      asked.push(path);
      return 0xef53;
    });
    expect(asked).toEqual([folder]);
    if (process.platform === "linux" && existsSync("/dev/shm"))
      expect(() => requireFooting("/dev/shm/bogo/ledger.sqlite", {})).toThrow("LEDGER_FOOTING");
  });
});
