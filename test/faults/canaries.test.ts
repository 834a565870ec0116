import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { foreignWords, textsOf } from "./canaries.ts";
import { familyOf } from "./family.ts";
import { scene } from "./scene.ts";

/** When a program is killed with all its workers, after they began: two clients at a time are being made or sent. */
const kills = [300, 900, 1_500];

describe("clients that are reported on at once, with kills", () => {
  it("find no word, number or address of another in anything that was made for them", async () => {
    await using stage = await scene({ clients: 5, made: null, formats: "[excel, pdf]", scheduled: true });
    const { clients } = stage.estate;
    const at = stage.renew();
    let said = "";
    for (const afterMs of kills) {
      const family = familyOf(at.start(["tick"]));
      while (family.child.exitCode === null && !family.members().some(({ isWorker }) => isWorker)) await sleep(10);
      await sleep(afterMs);
      await family.kill();
      said += family.said();
    }
    const last = await at.run(["tick"]);
    expect([0, 3], last.said).toContain(last.code);
    said += last.said;
    expect(await at.judge()).toMatchObject({ findings: [], recipients: 15, duplicates: 0, foreign: 0 });

    const artefacts = [
      ...filesBelow(at.state).filter((path) => !ofAllClients.test(path)),
      ...filesBelow(`${at.state}.out`),
    ].map((path) => ({ name: path, bytes: readFileSync(path) }));
    const foreign: string[] = [];
    for (const { name, bytes } of artefacts) {
      const own = clients.find(({ slug }) => name.includes(slug));
      expect(own, name).toBeDefined();
      for (const word of await foreignWords(name.slice(stage.folder.length), bytes, own, clients))
        foreign.push(`${name} holds ${word}`);
      // What is looked for is found where it belongs, or the search proves nothing.
      if (/\.(xlsx|eml|html|txt|json)$/.test(name))
        expect((await textsOf(name, bytes)).slice(1).join().toLowerCase(), name).toContain(own!.slug);
    }
    for (const line of said.split("\n")) {
      const own = clients.find(({ slug }) => line.includes(slug));
      // What is told of the mail server, or of what is to be looked at, names several clients to ops.
      if (own && !line.includes('"notices"'))
        foreign.push(...(await foreignWords("log", Buffer.from(line), own, clients)).map((word) => `${line}: ${word}`));
    }
    expect(foreign).toEqual([]);
    expect(artefacts.length).toBeGreaterThan(8 * clients.length);
    console.info(`${clients.length * (clients.length - 1)} pairs, ${artefacts.length} files`);
  }, 600_000);
});

/** What a state holds of all clients together, and nobody but the agency gets to see. */
const ofAllClients = /\/(ledger\.[^/]*|accepted\/agency\.json|cache\/config\.bin|log\.key)$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
