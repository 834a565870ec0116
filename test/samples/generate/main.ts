import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { samples } from "./samples.ts";

const [root = fileURLToPath(new URL("../../../", import.meta.url))] = process.argv.slice(2);

// What an earlier version made must not stay behind.
for (const folder of ["inbox/hanbit-coffee", "inbox/northwind-outfitters", "test/samples/truth"])
  rmSync(join(root, folder), { recursive: true, force: true });
for (const [name, bytes] of samples()) {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
