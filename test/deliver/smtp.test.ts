import { describe, expect, it } from "vitest";
import { sendMail } from "../../jobs/deliver/smtp.ts";
import { outgoing, stage } from "./stage.ts";

const A = "ceo@hanbit.example";

describe("an SMTP transaction", () => {
  it.each([
    ["a short message", 500],
    ["a long one", 3_000_000],
  ])("asks once for the release of %s, when the server waits for it and before the end leaves", async (_, size) => {
    const { outside, server } = await stage();
    const { sender: from, bytes } = outgoing([A], { size });
    const seen: { data: boolean; taken: number }[] = [];
    const release = () => {
      seen.push({ data: server.commands.includes("DATA"), taken: server.taken.length });
      return true;
    };
    const [outcome] = await sendMail({ ...outside.smtp, timeouts: {} }, { from, to: [A], bytes, release });
    expect(outcome?.outcome).toBe("accepted");
    expect(seen).toEqual([{ data: true, taken: 0 }]);
    expect(server.taken[0]?.data).toBe(bytes.toString());
  });

  it.each([
    ["is refused", () => false],
    [
      "fails",
      () => {
        throw new Error("disk full");
      },
    ],
  ])("sends no final dot when the release %s", async (_, release) => {
    const { outside, server } = await stage();
    const { sender: from, bytes } = outgoing([A]);
    expect(await sendMail(outside.smtp, { from, to: [A], bytes, release })).toMatchObject([{ outcome: "deferred" }]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.taken).toEqual([]);
  });

  it("ends within its limit although the server keeps the line busy, and what was released is unknown", async () => {
    const { outside } = await stage({ data: "trickle after storing" });
    const { sender: from, bytes } = outgoing([A]);
    const started = performance.now();
    const settings = { ...outside.smtp, timeouts: { ...outside.smtp.timeouts, whole: 600 } };
    expect(await sendMail(settings, { from, to: [A], bytes, release: () => true })).toMatchObject([
      { outcome: "unknown" },
    ]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it("that is aborted before it began sends nothing", async () => {
    const { outside, server } = await stage();
    const { sender: from, bytes } = outgoing([A]);
    const outcomes = await sendMail(outside.smtp, {
      from,
      to: [A],
      bytes,
      release: () => true,
      signal: AbortSignal.abort(),
    });
    expect(outcomes).toMatchObject([{ outcome: "deferred" }]);
    expect(server.commands).toEqual([]);
  });
});
