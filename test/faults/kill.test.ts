import { expect, it } from "vitest";
import { killAgainAndAgain } from "./kill.ts";

it("nothing is lost and nothing sent twice where two processes are killed fifty times", async () => {
  const { figures, broken } = await killAgainAndAgain({ kills: 50, daemons: 2, policy: "hold", seed: 20261102 });
  expect(broken).toEqual([]);
  expect(figures).toMatchObject({ kills: 50, lost: 0, duplicates: 0, foreign: 0 });
  const { queued, sending, handed } = figures.kills_by_state;
  expect(Math.min(queued, sending, handed)).toBeGreaterThan(0);
}, 600_000);
