import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { Stage } from "../deliver/scripted-smtp.ts";
import { textOf } from "./family.ts";
import { preloading } from "./preload.ts";
import { scene } from "./scene.ts";
import type { Behaviour } from "./sink.ts";

/** What a mail server does, and what has become of boss, desk and team after it and after a second, healthy run. */
const cases: [string, Behaviour, string[], string[]][] = [
  // All of a short message has left before the server dies, and nobody can tell how much of it arrived.
  ["dies in the middle of the message", { data: "die in the middle" }, ["unknown"], ["unknown 0"]],
  ["dies after it stored the message", { data: "die after storing" }, ["unknown"], ["unknown 1"]],
  ["dies and forgets the message", { data: "die without storing" }, ["unknown"], ["unknown 0"]],
  ["closes the line with its answer", { data: "close after 250" }, ["accepted"], ["accepted 1"]],
  ["is busy", { greeting: "421 too many connections" }, ["queued"], ["accepted 1"]],
  ["puts the message off at its end", { refusal: "451 try again" }, ["queued"], ["accepted 1"]],
  ["refuses the message at its end", { refusal: "554 not here" }, ["failed"], ["failed 0"]],
  ["greylists", { greylist: true }, ["queued"], ["accepted 1"]],
  [
    "refuses one recipient, puts one off and takes one",
    { refuse: { boss: "550 no such user", desk: "452 full" } },
    ["failed", "queued", "accepted"],
    ["failed 0", "accepted 1", "accepted 1"],
  ],
];

describe("a mail server that", () => {
  it("breaks the conversation gets what it surely has not, once, and nothing that it may have", async () => {
    await using stage = await scene({ made: true });
    const { slug, recipients } = stage.estate.clients[0]!;
    const args = ["run", slug, "ppc"];
    const named = Object.fromEntries(recipients.map((address) => [address.split("@")[0], address]));
    for (const [what, { refuse = {}, ...behaviour }, first, second] of cases) {
      const at = stage.renew();
      const spell = ([name, reply]: [string, string]) => [named[name] ?? name, reply];
      stage.sink.behave({ ...behaviour, refuse: Object.fromEntries(Object.entries(refuse).map(spell)) });
      const all = (states: string[]) => recipients.map((_, index) => states[index] ?? states[0]);
      await at.run(args);
      expect(Object.values(at.states()), what).toEqual(all(first));
      stage.sink.behave({});
      await at.run(args);
      await at.run(args);
      const states = at.states();
      const copies = at.copies();
      expect(
        recipients.map((address) => `${states[address]} ${copies[address] ?? 0}`),
        what,
      ).toEqual(all(second));
    }
  }, 600_000);
});

describe("a process that is stopped while it sends", { timeout: 300_000 }, () => {
  it("may not let go of its message when it goes on after its claim has passed to another", async () => {
    let onStage = async (_: Stage): Promise<void> => {};
    await using stage = await scene({ made: true, onStage: (each) => onStage(each) });
    const args = ["run", stage.estate.clients[0]!.slug, "ppc"];
    const at = stage.renew();
    const slow = at.start(args);
    const said = textOf(slow);
    const ended = once(slow, "exit");
    await new Promise<void>((stopped) => {
      onStage = async (each) => {
        if (each !== "data") return;
        onStage = async () => {};
        slow.kill("SIGSTOP");
        stopped();
      };
    });

    // Ten minutes later, when the claim of the stopped process has run out.
    const other = await at.run(args, { env: preloading("other-clock.ts", { CLOCK_AHEAD: String(600_000) }) });
    expect(other.code, other.said).toBe(0);
    slow.kill("SIGCONT");
    await ended;
    expect(said()).not.toContain("    at ");
    expect(await at.judge()).toMatchObject({ findings: [], duplicates: 0, unknown: 0 });
  });
});
