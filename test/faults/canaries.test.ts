import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { foreignWords, textsOf } from "./canaries.ts";
import type { Canary } from "./estate.ts";
import { textOf } from "./family.ts";
import { type Attempt, scene } from "./scene.ts";

describe("clients that are reported on at once, with kills", () => {
  it("find no word, number or address of another in anything that was made for them", async () => {
    await using stage = await scene({ clients: 5, made: null, formats: "[excel, pdf]" });
    const { clients } = stage.estate;
    const at = stage.renew();
    const said = await Promise.all(clients.map((client, index) => persist(at, client, 300 * index)));
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
    for (const [index, text] of said.entries())
      foreign.push(...(await foreignWords("log", Buffer.from(text), clients[index], clients)));
    expect(foreign).toEqual([]);
    expect(artefacts.length).toBeGreaterThan(8 * clients.length);
  }, 180_000);
});

/** What a state holds of all clients together, and nobody but the agency gets to see. */
const ofAllClients = /\/(ledger\.[^/]*|accepted\/agency\.json)$/;

/** Makes and sends a client's report; the first process is killed. */
async function persist(at: Attempt, { slug }: Canary, killAfter: number): Promise<string> {
  const killed = at.start(["run", slug, "ppc"]);
  const said = textOf(killed);
  const ended = once(killed, "exit");
  await Promise.race([sleep(500 + killAfter), ended]);
  killed.kill("SIGKILL");
  await ended;
  const after = await at.run(["run", slug, "ppc"]);
  expect([0, 3], after.said).toContain(after.code);
  return said() + after.said;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
