import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Stage } from "../deliver/scripted-smtp.ts";
import { familyOf } from "./family.ts";
import { scene } from "./scene.ts";

/** When it is asked to end: so many milliseconds after it began, or as the mail server is at a stage. */
const moments: [string, (number | Stage)[]][] = [
  ["tick", [300, "data"]],
  ["serve", [500, 1_500, "greeting", "data", "dot", "answered"]],
];
const graceMs = 10_000;

it.each(moments)(
  "bogo %s, asked to end at any stage, does so in ten seconds, leaves nothing unknown, and the next one goes on",
  async (command, times) => {
    let onStage = async (_: Stage): Promise<void> => {};
    await using stage = await scene({ clients: 2, made: false, scheduled: true, onStage: (each) => onStage(each) });
    let longest = 0;
    for (const moment of times) {
      const at = stage.renew();
      const family = familyOf(at.start(command === "tick" ? ["tick"] : ["serve", "--port", "0"]));
      await new Promise<void>((come) => {
        if (typeof moment === "number") return void setTimeout(come, moment);
        onStage = async (each) => {
          if (each !== moment) return;
          onStage = async () => {};
          come();
          // The server answers after it has been asked, as servers take their time.
          await sleep(300);
        };
      });
      const began = performance.now();
      // A supervisor tells the first process only.
      family.child.kill("SIGTERM");
      await family.ended;
      const took = performance.now() - began;
      expect(took, `${moment}: ${family.said()}`).toBeLessThan(graceMs);
      longest = Math.max(longest, took);
      expect(family.members(), `${moment}`).toEqual([]);
      expect(Object.values(at.states()), `${moment}`).not.toContain("unknown");

      const after = await at.run(["tick"]);
      expect(after.code, `${moment}: ${after.said}`).toBe(0);
      expect(await at.judge(), `${moment}`).toMatchObject({ findings: [], recipients: 6, duplicates: 0, unknown: 0 });
    }
    console.info(`bogo ${command} ended within ${Math.round(longest)} ms`);
  },
  600_000,
);
