import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Stage } from "../deliver/scripted-smtp.ts";
import { familyOf } from "./family.ts";
import { preloading } from "./preload.ts";
import { scene } from "./scene.ts";

it("a report at which its process dies each time is held after five tries, ops are told, and others leave as if it were not", async () => {
  await using stage = await scene({ clients: 2, made: null, scheduled: true });
  const [poisoned, other] = stage.estate.clients.map(({ slug }) => slug) as [string, string];
  const at = stage.renew();
  // As the system does where memory runs out: in the middle of what it makes.
  const env = preloading("die-at.ts", { DIE_AT: "20", DIE_CLIENT: poisoned });
  await at.run(["tick"], { env });
  const [first = "", second = ""] = at.runs();
  expect([first, second].toSorted()).toEqual([`${nameOf(poisoned)} waiting`, `${nameOf(other)} done`].toSorted());
  for (let minute = 1; minute <= 6; minute++) {
    stage.clock?.jumpTo(later(stage.clock.now(), 1));
    await at.run(["tick"], { env });
  }
  expect(at.runs()).toContain(`${nameOf(poisoned)} held RUN_KEEPS_ENDING`);
  expect(at.copies()["ops@agency.example"]).toBe(1);

  stage.clock?.jumpTo(later(stage.clock.now(), 61));
  const after = await at.run(["tick"]);
  expect(after.code, after.said).toBe(0);
  expect(await at.judge()).toMatchObject({ findings: [], duplicates: 0 });

  function nameOf(slug: string): string {
    return `${slug}.ppc.weekly.${stage.estate.period.from}`;
  }
}, 600_000);

it("a worker that stands still keeps neither the daemon from looking nor another client's report from leaving", async () => {
  let onStage = async (_: Stage): Promise<void> => {};
  await using stage = await scene({ clients: 2, made: true, scheduled: true, onStage: (each) => onStage(each) });
  const at = stage.renew();
  stage.clock?.jumpTo(later(stage.clock.now(), 2));
  let stopped = 0;
  const family = familyOf(at.start(["serve", "--port", "0"]));
  onStage = async (each) => {
    if (each !== "data" || stopped > 0) return;
    stopped = family.members().find(({ isWorker }) => isWorker)?.pid ?? 0;
    process.kill(stopped, "SIGSTOP");
  };
  const arrived = () => Object.values(at.states()).filter((state) => state === "accepted").length;
  for (let waited = 0; waited < 200 && (stopped === 0 || arrived() < 3); waited++) await sleep(50);
  expect(arrived()).toBe(3);
  const port = /"health":(\d+)/.exec(family.said())?.[1];
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);

  process.kill(stopped, "SIGCONT");
  for (let waited = 0; waited < 200 && arrived() < 6; waited++) await sleep(50);
  family.child.kill("SIGTERM");
  expect(await family.ended).toMatchObject({ code: 0 });
  expect(await at.judge()).toMatchObject({ findings: [], duplicates: 0, unknown: 0 });
}, 600_000);

const later = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();
