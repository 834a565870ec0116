import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { deliver, deliverQueued, sendQueued, sendTest } from "../../jobs/deliver/deliver.ts";
import { copies, type Script } from "./scripted-smtp.ts";
import { outgoing, stage, states } from "./stage.ts";

const A = "ceo@hanbit.example";
const B = "cmo@hanbit.example";

describe("a mail server that takes the message", () => {
  it("gets it once, to each recipient, byte for byte as it was stored", async () => {
    const { outside, run, server } = await stage();
    const message = outgoing([A, B]);
    const record = await deliver(outside, run, [message], []);
    expect(states(record)).toEqual({ [A]: "accepted", [B]: "accepted" });
    expect(record.state).toBe("done");
    expect(server.taken).toEqual([{ to: [A, B], data: message.bytes.toString() }]);
    expect(record.messages[0]?.deliveries[0]).toMatchObject({ code: 250, response: "250 stored", tries: 1 });
  });

  it("gets nothing more from a second run, even when that run made other bytes", async () => {
    const { outside, run, server, ledger } = await stage();
    await deliver(outside, run, [outgoing([A])], []);
    expect(
      ledger.beginRun(
        {
          client: "hanbit-coffee",
          report: "ppc",
          cadence: "weekly",
          from: "2026-10-26",
          to: "2026-11-01",
          revision: 1,
        },
        "2026-11-03T00:00:00.000Z",
      ),
    ).toEqual({ run, state: "done", existing: true });
    await deliver(outside, run, [outgoing([A, B], { size: 9_000 })], []);
    await deliverQueued(outside);
    expect(copies(server.taken)).toEqual({ [A]: 1 });
  });

  it("gets one message for each audience, to that audience alone", async () => {
    const { outside, run, server } = await stage();
    await deliver(
      outside,
      run,
      [outgoing([A], { audience: "client" }), outgoing(["ae@agency.example"], { audience: "team" })],
      [],
    );
    expect(server.taken.map(({ to }) => to)).toEqual([[A], ["ae@agency.example"]]);
    expect(server.taken[0]?.data).not.toContain("ae@agency.example");
    expect(server.taken[1]?.data).not.toContain(A);
  });

  it("counts as having it when it closes the line at once after its 250", async () => {
    const { outside, run } = await stage({ data: "close after 250" });
    expect(states(await deliver(outside, run, [outgoing([A])], []))).toEqual({ [A]: "accepted" });
  });
});

/** Title, script, state of A and B after the first run, copies kept then, the same after the server is well again. */
const faults: [string, Script, string[], Record<string, number>, string[], Record<string, number>][] = [
  [
    "puts one of two off with 450",
    { recipient: (to) => (to === B ? "450 later" : undefined) },
    ["accepted", "queued"],
    { [A]: 1 },
    ["accepted", "accepted"],
    { [A]: 1, [B]: 1 },
  ],
  [
    "refuses one of two with 550",
    { recipient: (to) => (to === B ? "550 no such user" : undefined) },
    ["accepted", "failed"],
    { [A]: 1 },
    ["accepted", "failed"],
    { [A]: 1 },
  ],
  [
    "answers 450 and 550 and takes none",
    { recipient: (to) => (to === B ? "450 later" : "550 never") },
    ["failed", "queued"],
    {},
    ["failed", "accepted"],
    { [B]: 1 },
  ],
  [
    "greets with 421",
    { greeting: "421 too busy" },
    ["queued", "queued"],
    {},
    ["accepted", "accepted"],
    { [A]: 1, [B]: 1 },
  ],
  [
    "greets with 554",
    { greeting: "554 go away" },
    ["queued", "queued"],
    {},
    ["accepted", "accepted"],
    { [A]: 1, [B]: 1 },
  ],
  ["never greets", { greeting: "silent" }, ["queued", "queued"], {}, ["accepted", "accepted"], { [A]: 1, [B]: 1 }],
  [
    "answers 451 after the final dot",
    { refusal: "451 try later" },
    ["queued", "queued"],
    {},
    ["accepted", "accepted"],
    { [A]: 1, [B]: 1 },
  ],
  [
    "answers 554 after the final dot",
    { refusal: "554 content refused" },
    ["failed", "failed"],
    {},
    ["failed", "failed"],
    {},
  ],
  [
    "dies after it stored the message",
    { data: "die after storing" },
    ["unknown", "unknown"],
    { [A]: 1, [B]: 1 },
    ["unknown", "unknown"],
    { [A]: 1, [B]: 1 },
  ],
  [
    "dies after the final dot without storing",
    { data: "die without storing" },
    ["unknown", "unknown"],
    {},
    ["unknown", "unknown"],
    {},
  ],
  [
    "stores the message and says nothing",
    { data: "silent after storing" },
    ["unknown", "unknown"],
    { [A]: 1, [B]: 1 },
    ["unknown", "unknown"],
    { [A]: 1, [B]: 1 },
  ],
];

describe("a mail server that", () => {
  it.each(faults)("%s", async (_, script, first, kept, second, keptThen) => {
    const { outside, run, server } = await stage(script);
    const message = outgoing([A, B]);
    const record = await deliver(outside, run, [message], []);
    expect(states(record)).toEqual({ [A]: first[0], [B]: first[1] });
    expect(copies(server.taken)).toEqual(kept);
    for (const { state, reason } of record.messages[0]!.deliveries) expect(reason === null).toBe(state === "accepted");

    server.script = {};
    const healed = await sendQueued(outside, run);
    expect(states(healed)).toEqual({ [A]: second[0], [B]: second[1] });
    expect(copies(server.taken)).toEqual(keptThen);
    for (const { data } of server.taken) expect(data).toBe(message.bytes.toString());
    expect(healed.state).toBe(second.includes("unknown") ? "rendered" : "done");
  });

  it("dies in the middle of a long message gets it again, since its end never left", async () => {
    const { outside, run, server } = await stage({ data: "die in the middle" }, { timeouts: undefined });
    const long = { ...outside, maxBytes: 20_000_000 };
    const record = await deliver(long, run, [outgoing([A], { size: 12_000_000 })], []);
    expect(states(record)).toEqual({ [A]: "queued" });
    server.script = {};
    expect(states(await sendQueued(long, run))).toEqual({ [A]: "accepted" });
    expect(copies(server.taken)).toEqual({ [A]: 1 });
  });

  it("is not there leaves the delivery queued", async () => {
    const { outside, run, server } = await stage();
    await server.close();
    const record = await deliver(outside, run, [outgoing([A])], []);
    expect(states(record)).toEqual({ [A]: "queued" });
    expect(record.messages[0]?.deliveries[0]?.reason?.code).toBe("MAIL_CONNECTION");
  });

  it("offers no STARTTLS gets neither sender nor message in clear", async () => {
    const { outside, run, server } = await stage({}, { tls: undefined });
    expect(states(await deliver(outside, run, [outgoing([A])], []))).toEqual({ [A]: "queued" });
    expect(server.commands.filter((line) => /^(MAIL|AUTH|DATA)/.test(line))).toEqual([]);
  });

  it("shows a certificate that nobody vouches for gets nothing", async () => {
    const { SMTPServer } = await import("smtp-server");
    const untrusted = new SMTPServer({ logger: false, authOptional: true });
    untrusted.on("error", () => {});
    await new Promise<void>((resolve) => untrusted.listen(0, "127.0.0.1", resolve));
    const port = (untrusted.server.address() as { port: number }).port;
    const { outside, run } = await stage({}, { port, tls: "starttls" });
    const record = await deliver(outside, run, [outgoing([A])], []);
    await new Promise<void>((resolve) => untrusted.close(() => resolve()));
    expect(states(record)).toEqual({ [A]: "queued" });
    expect(record.messages[0]?.deliveries[0]?.response).toMatch(/certificate/);
  });

  it("refuses the password leaves everything queued, for the password can be put right", async () => {
    const { outside, run, server } = await stage(
      { offers: ["AUTH PLAIN"], auth: "535 wrong password" },
      { user: "bogo", pass: "canary" },
    );
    const record = await deliver(outside, run, [outgoing([A])], []);
    expect(states(record)).toEqual({ [A]: "queued" });
    expect(JSON.stringify(record)).not.toContain("canary");
    server.script = { offers: ["AUTH PLAIN"] };
    expect(states(await sendQueued(outside, run))).toEqual({ [A]: "accepted" });
  });
});

describe("a report whose unknown outcomes are sent once more", () => {
  it.each<[string, Script]>([
    ["stored it", { data: "die after storing" }],
    ["lost it", { data: "die without storing" }],
  ])("reaches its reader after a server %s and died, at most twice and in the same bytes", async (_, script) => {
    const { outside, run, server, clock, ledger } = await stage(script);
    const message = { ...outgoing([A]), onUnknown: "resend_once" as const };
    expect(states(await deliver(outside, run, [message], []))).toEqual({ [A]: "queued" });
    expect(ledger.run(run).messages[0]?.deliveries[0]?.reason?.code).toBe("MAIL_REPEATED");
    expect(await deliverQueued(outside)).toEqual([]);
    server.script = {};
    clock.pass(60_000);
    expect((await deliverQueued(outside)).map(states)).toEqual([{ [A]: "accepted" }]);
    for (const { data } of server.taken) expect(data).toBe(message.bytes.toString());
    expect(copies(server.taken)).toEqual({ [A]: script.data === "die after storing" ? 2 : 1 });
  });

  it("waits for a person when the second outcome is unknown as well", async () => {
    const { outside, run, server, clock } = await stage({ data: "die after storing" });
    await deliver(outside, run, [{ ...outgoing([A]), onUnknown: "resend_once" }], []);
    for (let turn = 0; turn < 5; turn++) {
      clock.pass(3_600_000);
      await deliverQueued(outside);
    }
    expect(states(outside.ledger.run(run))).toEqual({ [A]: "unknown" });
    expect(copies(server.taken)).toEqual({ [A]: 2 });
  });
});

describe("what stands between a stored message and the wire", () => {
  it("refuses clear text to a server that is not on this machine, before anything is claimed", async () => {
    const { outside, run, ledger } = await stage({}, { host: "mail.agency.example" });
    await expect(deliver(outside, run, [outgoing([A])], [])).rejects.toThrow("MAIL_TLS");
    expect(states(ledger.run(run))).toEqual({ [A]: "queued" });
  });

  it.each([
    ["changed by one byte", (file: string) => writeFileSync(file, "X", { flag: "r+" })],
    ["missing", (file: string) => rm(file)],
  ])("refuses stored bytes that are %s", async (_, damage) => {
    const { outside, run, server, folder } = await stage({ greeting: "421 busy" });
    const record = await deliver(outside, run, [outgoing([A])], []);
    server.script = {};
    await damage(join(folder, "mail", record.messages[0]!.path));
    const after = await sendQueued(outside, run);
    expect(states(after)).toEqual({ [A]: "failed" });
    expect(after.messages[0]?.deliveries[0]?.reason?.code).toBe("MAIL_CHANGED");
    expect(server.taken).toEqual([]);
  });

  it("refuses a recipient outside the client's domains, and only that one", async () => {
    const { outside, run, server } = await stage();
    const record = await deliver(outside, run, [outgoing([A, "spy@rival.example", "x@sub.hanbit.example"])], []);
    expect(states(record)).toEqual({
      [A]: "accepted",
      "spy@rival.example": "failed",
      "x@sub.hanbit.example": "failed",
    });
    expect(copies(server.taken)).toEqual({ [A]: 1 });
    expect(server.commands.join()).not.toContain("rival");
  });

  it("asks for the domains at the time of sending, not at the time of making", async () => {
    const { outside, run, server } = await stage({ greeting: "421 busy" });
    await deliver(outside, run, [outgoing([A])], []);
    server.script = {};
    expect(states(await sendQueued({ ...outside, domains: {} }, run))).toEqual({ [A]: "failed" });
    expect(server.taken).toEqual([]);
  });

  it("holds a message that is too big for most mail servers", async () => {
    const { outside, run, server, ledger } = await stage();
    const record = await deliver({ ...outside, maxBytes: 1_000 }, run, [outgoing([A])], []);
    expect(record.messages[0]).toMatchObject({ state: "held", reason: { code: "MAIL_TOO_BIG" } });
    expect(record.state).toBe("rendered");
    await sendQueued(outside, run);
    expect(ledger.due({ run })).toEqual([]);
    expect(server.taken).toEqual([]);
  });

  it("refuses what is no single address before anything is stored", async () => {
    const { outside, run, ledger } = await stage();
    await expect(deliver(outside, run, [outgoing(["a@hanbit.example, b@rival.example"])], [])).rejects.toThrow(
      "MAIL_ADDRESS",
    );
    expect(ledger.run(run)).toMatchObject({ state: "waiting", messages: [] });
  });

  it("stops between messages when it is told to, and leaves the rest queued", async () => {
    const { outside, run } = await stage();
    const stop = new AbortController();
    const messages = [outgoing([A], { audience: "client" }), outgoing([B], { audience: "team" })];
    const record = await deliver({ ...outside, signal: stop.signal, onResult: () => stop.abort() }, run, messages, []);
    expect(states(record)).toEqual({ [A]: "accepted", [B]: "queued" });
  });
});

describe("what earlier runs left queued", () => {
  it("is tried after 1, 5, 15 and 60 minutes and not before, then hourly, each in its own minute", async () => {
    const { outside, run, clock, server, ledger } = await stage({ greeting: "421 busy" });
    await deliver(outside, run, [outgoing([A])], []);
    const next = () => Date.parse(ledger.run(run).messages[0]?.deliveries[0]?.next ?? "") - Date.parse(clock.now());
    const waits = [];
    for (let turn = 0; turn < 6; turn++) {
      waits.push(next() / 60_000);
      clock.pass(next() - 1);
      const before = server.commands.length;
      expect(await deliverQueued(outside)).toEqual([]);
      expect(server.commands.length).toBe(before);
      clock.pass(1);
      expect((await deliverQueued(outside)).map(states)).toEqual([{ [A]: "queued" }]);
    }
    expect(waits.slice(0, 4)).toEqual([1, 5, 15, 60]);
    for (const wait of waits.slice(4)) expect(wait >= 60 && wait < 66).toBe(true);
    server.script = {};
    clock.pass(66 * 60_000);
    expect(await deliverQueued(outside, "northwind-outfitters")).toEqual([]);
    expect((await deliverQueued(outside, "hanbit-coffee")).map(states)).toEqual([{ [A]: "accepted" }]);
    expect(copies(server.taken)).toEqual({ [A]: 1 });
  });

  it("is given up after a day, with the last answer as the reason, and a person can send it again", async () => {
    const { outside, run, clock, server, ledger } = await stage({ recipient: () => "450 mailbox full" });
    await deliver(outside, run, [outgoing([A])], []);
    const delivery = () => ledger.run(run).messages[0]!.deliveries[0]!;
    const began = clock.now();
    while (delivery().state === "queued") {
      clock.pass(Date.parse(delivery().next) - Date.parse(clock.now()));
      await deliverQueued(outside);
    }
    const hours = (Date.parse(clock.now()) - Date.parse(began)) / 3_600_000;
    expect(hours > 22 && hours <= 24).toBe(true);
    expect(delivery()).toMatchObject({
      state: "failed",
      reason: { code: "MAIL_GIVEN_UP", facts: { recipient: A, answer: "450 mailbox full" } },
    });
    expect(ledger.run(run).state).toBe("done");

    expect(ledger.resend([delivery().id], "lee", clock.now())).toEqual([delivery().id]);
    expect(ledger.run(run).state).toBe("rendered");
    await deliverQueued(outside);
    expect(delivery()).toMatchObject({ state: "queued", tries: 1 });
    server.script = {};
    expect(states(await sendQueued(outside, run))).toEqual({ [A]: "accepted" });
    expect(copies(server.taken)).toEqual({ [A]: 1 });
  });

  it("keeps the figures of the report", async () => {
    const { outside, run, ledger } = await stage();
    const figures = [
      { id: "cost", value: "5474.03", unit: "money" as const, currency: "USD", reason: null },
      { id: "roas", value: null, unit: "ratio" as const, currency: null, reason: "no_denominator" as const },
    ];
    await deliver(outside, run, [outgoing([A])], figures);
    expect(ledger.figures(run)).toEqual(figures);
  });
});

describe("a test send", () => {
  it("reaches its address and leaves no trace in the ledger", async () => {
    const { outside, run, server, ledger } = await stage();
    const before = JSON.stringify(ledger.history());
    const { sender, bytes } = outgoing([A]);
    const outcomes = await sendTest(outside, {
      client: "hanbit-coffee",
      sender,
      recipients: ["me@agency.example"],
      bytes,
    });
    expect(outcomes).toEqual([{ address: "me@agency.example", outcome: "accepted", code: 250, text: "250 stored" }]);
    expect(copies(server.taken)).toEqual({ "me@agency.example": 1 });
    expect(JSON.stringify(ledger.history())).toBe(before);
    await deliver(outside, run, [outgoing([A])], []);
    expect(copies(server.taken)).toEqual({ "me@agency.example": 1, [A]: 1 });
  });

  it("keeps to the client's domains", async () => {
    const { outside, server } = await stage();
    const { sender, bytes } = outgoing([A]);
    await expect(
      sendTest(outside, { client: "hanbit-coffee", sender, recipients: ["me@elsewhere.example"], bytes }),
    ).rejects.toThrow("MAIL_DOMAIN");
    expect(server.commands).toEqual([]);
  });
});
