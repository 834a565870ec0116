import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { deliver, deliverQueued } from "../../jobs/deliver/deliver.ts";
import { sendMail } from "../../jobs/deliver/smtp.ts";
import { outgoing, stage, states } from "./stage.ts";

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

describe("a line that is not to be trusted", () => {
  const tls = { tls: "starttls", timeouts: {} } as const;

  it("takes neither password nor mail where the server offers no TLS", async () => {
    const { outside, server, run } = await stage({ offers: ["AUTH PLAIN"] }, { ...tls, user: "u", pass: "canary" });
    const record = await deliver(outside, run, [outgoing([A])], []);
    expect(record.messages[0]?.deliveries[0]).toMatchObject({ state: "queued", reason: { code: "MAIL_UNTRUSTED" } });
    expect(server.commands.map((line) => line.slice(0, 4))).toEqual(["EHLO", "STAR"]);
    expect(server.taken).toEqual([]);
  });

  it.each(["starttls", "implicit"] as const)(
    "takes nothing of a server whose certificate nobody vouches for (%s)",
    async (tls) => {
      const seen: string[] = [];
      const server = new SMTPServer({
        secure: tls === "implicit",
        authOptional: true,
        onAuth(_auth, _session, done) {
          seen.push("auth");
          done(null, { user: "u" });
        },
        onData(_stream, _session, done) {
          seen.push("data");
          done();
        },
      });
      server.on("error", () => {});
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
      const { port } = server.server.address() as AddressInfo;
      const { outside, run } = await stage({}, { tls, port, user: "u", pass: "canary", timeouts: {} });
      const record = await deliver(outside, run, [outgoing([A])], []);
      expect(record.messages[0]?.deliveries[0]).toMatchObject({ state: "queued", reason: { code: "MAIL_UNTRUSTED" } });
      expect(seen).toEqual([]);
    },
  );

  it("is tried at the pace of every failure and is one thing to tell", async () => {
    const { outside, run, ledger, clock } = await stage({}, tls);
    await deliver(
      outside,
      run,
      [outgoing([A], { audience: "client" }), outgoing(["ae@agency.example"], { audience: "team" })],
      [],
    );
    expect(ledger.troubles().server).toMatchObject({ count: 2, reason: expect.stringContaining("MAIL_UNTRUSTED") });
    expect(await deliverQueued(outside)).toEqual([]);
    clock.pass(60_000);
    expect(await deliverQueued(outside)).toHaveLength(1);
  });
});

describe("access by OAuth2", () => {
  async function tokens(answer: (form: URLSearchParams) => { status?: number; body: unknown }) {
    const asked: URLSearchParams[] = [];
    const server = createServer((request, response) => {
      text(request).then((form) => {
        asked.push(new URLSearchParams(form));
        const { status = 200, body } = answer(asked.at(-1)!);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token` };
  }
  const grant = { user: "reports@agency.example", clientId: "bogo", clientSecret: "secret", refreshToken: "refresh" };

  it("fetches a token for the mail and shows it to the mail server", async () => {
    const { asked, url } = await tokens(() => ({ body: { access_token: "token-1", expires_in: 3600 } }));
    const { outside, run, server } = await stage({ offers: ["AUTH XOAUTH2"] }, { oauth2: { ...grant, url } });
    const record = await deliver(outside, run, [outgoing([A])], []);
    expect(states(record)).toEqual({ [A]: "accepted" });
    expect(Object.fromEntries(asked[0]!)).toEqual({
      client_id: "bogo",
      client_secret: "secret",
      refresh_token: "refresh",
      grant_type: "refresh_token",
    });
    const shown = server.commands.find((line) => line.startsWith("AUTH XOAUTH2 "))?.slice(13) ?? "";
    expect(Buffer.from(shown, "base64").toString()).toBe(
      "user=reports@agency.example\u0001auth=Bearer token-1\u0001\u0001",
    );
  });

  it("leaves the mail queued where no token is given, and says why", async () => {
    const { url } = await tokens(() => ({ status: 400, body: { error: "invalid_grant" } }));
    const { outside, run, server } = await stage({ offers: ["AUTH XOAUTH2"] }, { oauth2: { ...grant, url } });
    const record = await deliver(outside, run, [outgoing([A])], []);
    expect(record.messages[0]?.deliveries[0]).toMatchObject({
      state: "queued",
      reason: { code: "MAIL_CONNECTION", facts: { answer: expect.stringContaining("invalid_grant") } },
    });
    expect(server.taken).toEqual([]);
  });

  it("asks nobody for a token over a line that anybody can read", async () => {
    const { outside, run, server } = await stage({}, { oauth2: { ...grant, url: "http://login.example/token" } });
    await expect(deliver(outside, run, [outgoing([A])], [])).rejects.toThrow("MAIL_TOKEN_URL");
    expect(server.commands).toEqual([]);
  });
});
