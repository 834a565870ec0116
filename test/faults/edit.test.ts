import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Stage } from "../deliver/scripted-smtp.ts";
import { scene } from "./scene.ts";

/** What somebody does to client.yaml while a report leaves. */
const edits: [string, (yaml: string) => string][] = [
  ["another reader", (yaml) => yaml.replaceAll("boss@", "chief@").replaceAll("desk@", "office@")],
  ["another cadence", (yaml) => yaml.replace('weekly: { day: mon, at: "09:00" }', 'monthly: { day: 3, at: "09:00" }')],
  [
    "another zone and day",
    (yaml) => yaml.replace("timezone: UTC", "timezone: Asia/Seoul").replace("day: mon", "day: tue"),
  ],
  ["no such report", (yaml) => yaml.replace(/^ {2}ppc:[\s\S]*?(?=^recipients)/m, "  {}\n")],
  ["a slip", (yaml) => yaml.replace("timezone:", "timezon:")],
];

it("a client.yaml that changes while its report leaves neither doubles nor loses it: it goes to whom it was made for", async () => {
  let onStage = async (_: Stage): Promise<void> => {};
  await using stage = await scene({ made: false, scheduled: true, onStage: (each) => onStage(each) });
  const [client] = stage.estate.clients;
  const file = join(stage.folder, "config", "clients", client?.slug ?? "", "client.yaml");
  const before = readFileSync(file, "utf8");
  for (const [what, edit] of edits) {
    writeFileSync(file, before);
    const at = stage.renew();
    const after = edit(before);
    expect(after, what).not.toBe(before);
    onStage = async (now) => {
      if (now === "greeting") writeFileSync(file, after);
    };
    const { said } = await at.run(["tick"]);
    expect(said, what).not.toContain("    at ");
    stage.clock?.jumpTo(new Date(Date.parse(stage.clock.now()) + 2 * 86_400_000).toISOString());
    await at.run(["tick"]);
    expect(await at.judge(), what).toMatchObject({
      findings: [],
      recipients: 3,
      duplicates: 0,
      unknown: 0,
      foreign: 0,
    });
    expect(
      at.runs().find((run) => run.includes(".weekly.")),
      what,
    ).toMatch(/ done$/);
  }
}, 600_000);
