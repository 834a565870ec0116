import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scene } from "./scene.ts";

const mounts = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

it.skipIf(!mounts)(
  "a full disk stops a report in a sentence, and it is sent whole once there is space (needs the right to mount)",
  async () => {
    await using stage = await scene({ made: false });
    const args = ["run", stage.estate.clients[0]!.slug, "ppc"];
    const disk = join(stage.folder, "disk");
    mkdirSync(disk);
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", disk]).status).toBe(0);
    try {
      // It gets as far as opening its ledger, reading exports, and keeping the mail.
      for (const kilobytes of [0, 64, 256]) {
        const at = stage.renew(disk);
        const { bavail, bsize } = statfsSync(disk);
        const filler = join(disk, "filler");
        writeFileSync(filler, Buffer.alloc(bavail * bsize - kilobytes * 1024));
        const full = await at.run(args);
        expect(full.code).toBe(1);
        expect(full.said).toContain("DISK_REFUSED");
        expect(full.said).not.toContain("    at ");

        rmSync(filler);
        expect((await at.run(args)).code).toBe(0);
        expect(await at.judge()).toMatchObject({ findings: [], unknown: 0 });
        rmSync(at.state, { recursive: true });
      }
    } finally {
      spawnSync("umount", [disk]);
    }
  },
  600_000,
);
