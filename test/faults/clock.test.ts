import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { familyOf } from "./family.ts";
import { scene } from "./scene.ts";

const hours = (instant: string, count: number): string =>
  new Date(Date.parse(instant) + count * 3_600_000).toISOString();

it("a daemon that sleeps over a slot, as with its machine, sends within a minute of waking, and never twice", async () => {
  await using stage = await scene({ clients: 2, made: false, scheduled: true });
  const at = stage.renew();
  const { clock } = stage;
  const slot = clock?.now() ?? "";
  clock?.jumpTo(hours(slot, -70));
  const daemon = familyOf(at.start(["serve", "--port", "0"]));
  for (let waited = 0; waited < 200 && !daemon.said().includes("serve.started"); waited++) await sleep(50);
  await sleep(2_000);
  expect(at.runs()).toEqual([]);

  daemon.child.kill("SIGSTOP");
  clock?.jumpTo(hours(slot, 0.01));
  daemon.child.kill("SIGCONT");
  const woke = performance.now();
  const arrived = () => Object.values(at.copies()).reduce((sum, count) => sum + count, 0);
  for (let waited = 0; waited < 900 && arrived() < 6; waited++) await sleep(100);
  const seconds = Math.round((performance.now() - woke) / 1000);
  console.info(`sent ${seconds} s after it woke`);
  expect(seconds).toBeLessThan(60);

  // A clock that is put back and forward again finds nothing due twice.
  daemon.child.kill("SIGTERM");
  await daemon.ended;
  for (const step of [-30, -1, 1, 24]) {
    clock?.jumpTo(hours(slot, step));
    const { code, said } = await at.run(["tick"]);
    expect(code, said).toBe(0);
  }
  expect(await at.judge()).toMatchObject({ findings: [], duplicates: 0, unknown: 0 });
}, 600_000);
