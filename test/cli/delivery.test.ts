import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startMailServer } from "../../jobs/mail/server.ts";
import { copies, type Script, scriptedSmtp } from "../deliver/scripted-smtp.ts";
import { ACME, AGENCY, BROKEN_HANBIT, type Home, home, WEEK } from "./home.ts";

const WEEKLY = `run acme ppc --cadence weekly --period ${WEEK}`;
const HANBIT = `run hanbit ppc --period ${WEEK}`;
const CLIENTS = ["jordan@acme.example", "riley@acme.example"];
const TEAM = "smith@agency.example";

async function scripted(script: Script = {}) {
  const server = await scriptedSmtp(script);
  onTestFinished(() => server.close());
  return Object.assign(server, { env: { SMTP_PORT: String(server.port) } });
}

async function working({ folder }: Home) {
  const server = await startMailServer({ dir: join(folder, "received") });
  onTestFinished(() => server.close());
  return Object.assign(server, { env: { SMTP_PORT: String(server.port) } });
}

/** The state of each recipient of a client's runs, as `history --json` tells it. */
async function states(at: Home, client: string): Promise<Record<string, string>> {
  const { out } = await at.bogo(`history ${client} --json`);
  const runs: { messages: { deliveries: { recipient: string; state: string }[] }[] }[] = JSON.parse(out);
  return Object.fromEntries(
    runs.flatMap(({ messages }) =>
      messages.flatMap(({ deliveries }) => deliveries.map(({ recipient, state }) => [recipient, state])),
    ),
  );
}

describe("a report on its way", () => {
  it("is not sent by a dry run or a test, survives a mail server that is down, and leaves once, as stored", async () => {
    const at = home();
    const server = await working(at);
    const dry = await at.bogo(`${HANBIT} --dry-run`, { env: server.env });
    expect(dry.code).toBe(0);
    expect(dry.out).toContain("A dry run: nothing was sent.");
    expect(server.mails()).toEqual([]);

    const outside = await at.bogo(`${HANBIT} --to spy@rival.example`, { env: server.env });
    expect(outside.code).toBe(1);
    expect(outside.err).toContain("spy@rival.example is outside the mail domains that reports of hanbit may go to");
    expect(outside.err).not.toContain("Reading exports");
    const test = await at.bogo(`${HANBIT} --to lee@agency.example`, { env: server.env });
    expect(test.code).toBe(0);
    expect(test.out).toContain("lee@agency.example: accepted");
    expect(test.out).toContain("A test send: the real report still counts as not sent.");
    expect(server.mails().map(({ to }) => to)).toEqual([["lee@agency.example"]]);

    const down = await at.bogo(HANBIT);
    expect(down.code).toBe(3);
    expect(down.out).toContain("hanbit ppc weekly 2025-10-13 ~ 2025-10-19: queued");
    expect(down.err).toContain("The mail server 127.0.0.1 could not be reached or did not take the message: ");
    expect(down.err).toContain("Nothing is lost: the mail is stored, and running the same command again sends it.");
    expect(down.err).not.toContain("    at ");
    const told = await at.bogo("--lang ko history hanbit");
    expect(told.out).toContain("발송 대기");
    expect(told.out).toContain("메일 서버 127.0.0.1에 연결할 수 없거나 서버가 메시지를 받지 않았습니다");

    const sent = await at.bogo(HANBIT, { env: server.env });
    expect(sent).toMatchObject({ code: 0, err: "" });
    expect(sent.out).toBe("hanbit ppc weekly 2025-10-13 ~ 2025-10-19: accepted\n");
    expect(server.mails().map(({ to }) => to)).toEqual([["lee@agency.example"], ["ceo@hanbit.example"]]);
    const [stored = ""] = globSync(join(at.folder, "state/mail/**/*.eml"));
    expect(readFileSync(server.mails()[1]?.file ?? "").equals(readFileSync(stored))).toBe(true);

    const again = await at.bogo(`--lang ko ${HANBIT}`, { env: server.env });
    expect(again).toMatchObject({ code: 0, err: "" });
    expect(again.out).toContain("이번에는 아무것도 발송하지 않았습니다");
    expect(server.mails()).toHaveLength(2);
  }, 120_000);
});

describe("a mail server that refuses", () => {
  it("is asked again for whom it put off, never for whom it took, and not for whom it refused for good", async () => {
    const at = home();
    const server = await scripted({ recipient: () => "450 busy, come back" });
    const first = await at.bogo(WEEKLY, { env: server.env });
    expect(first.code).toBe(3);
    expect(first.err).toMatch(/The mail server put jordan@acme\.example off: 450 busy, come back\./);
    expect(first.err).toMatch(/running the same command again, best after \d{4}-\d\d-\d\d \d\d:\d\d UTC, sends it\./);
    expect(server.taken).toEqual([]);

    server.script = { recipient: (address) => (address.startsWith("jordan") ? "550 no such user" : undefined) };
    const second = await at.bogo(WEEKLY, { env: server.env });
    expect(second.code).toBe(3);
    expect(second.err).toContain("The mail server refuses jordan@acme.example for good: 550 no such user.");
    expect(copies(server.taken)).toEqual({ "riley@acme.example": 1, [TEAM]: 1 });
    expect(second.err).toMatch(/jordan@acme\.example +failed/);
    expect(second.err).toMatch(/riley@acme\.example +accepted/);

    server.script = {};
    const third = await at.bogo(WEEKLY, { env: server.env });
    expect(third.code).toBe(3);
    expect(third.out).toContain("This report was dealt with before: nothing was sent now.");
    expect(third.err).toContain("550 no such user");
    expect(copies(server.taken)).toEqual({ "riley@acme.example": 1, [TEAM]: 1 });
  });
});

describe("mail settings without a value", () => {
  it("are named in a sentence before anything is made", async () => {
    const { code, err } = await home().bogo(WEEKLY, { env: { SMTP_PORT: undefined } });
    expect(code).toBe(1);
    expect(err).toContain("CONFIG_SECRET_MISSING  agency.yaml");
    expect(err).toContain("env:SMTP_PORT}` has no value here: SMTP_PORT is not set.");
    expect(err).not.toContain("    at ");
  });
});

describe("a period without figures", () => {
  it("makes no report: exit 3, with the folder and the period, in history as waiting", async () => {
    const at = home();
    const server = await working(at);
    const english = await at.bogo("run hanbit ppc --period 2025-W30", { env: server.env });
    expect(english.code).toBe(3);
    expect(english.err).toContain("No figures are held for hanbit ppc weekly, 2025-07-21 – 2025-07-27.");
    expect(english.err).toContain(
      `Put the exports that cover 2025-07-21 – 2025-07-27 into ${at.folder}/inbox/hanbit (google-ads/*) and run again. Nothing was sent.`,
    );
    const korean = await at.bogo("--lang ko preview hanbit --period 2025-W30 --once");
    expect(korean.code).toBe(3);
    expect(korean.err).toContain("hanbit ppc weekly의 2025-07-21 – 2025-07-27 데이터가 없습니다.");
    expect(korean.err).toContain("아무것도 발송되지 않았습니다.");
    expect(server.mails()).toEqual([]);
    expect((await at.bogo("history hanbit")).out).toMatch(/2025-07-21 ~ 2025-07-27 +waiting\n +No figures are held/);
  });
});

describe("a recipient outside the domains of agency.yaml", () => {
  it("is not sent to even where the mail was stored before the domain was taken away", async () => {
    const at = home();
    expect((await at.bogo(WEEKLY)).code).toBe(3);
    at.write("config/agency.yaml", AGENCY.replace("[acme.example, agency.example]", "[agency.example]"));

    const server = await working(at);
    const refused = await at.bogo(WEEKLY, { env: server.env });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("CONFIG_RECIPIENT_DOMAIN  clients/acme/client.yaml:");
    expect(server.mails()).toEqual([]);

    at.write("config/clients/acme/client.yaml", ACME.replace(/client: \["Jordan.*/, 'client: ["lee@agency.example"]'));
    const sent = await at.bogo(WEEKLY, { env: server.env });
    expect(sent.code).toBe(3);
    for (const address of CLIENTS)
      expect(sent.err).toContain(`${address} is outside the mail domains that reports of acme may go to`);
    expect(server.mails().map(({ to }) => to)).toEqual([[TEAM]]);
  });
});

describe("two runs of one report at once", () => {
  it("send one mail to each recipient between them, whatever is wrong with another client", async () => {
    const at = home();
    at.write("config/clients/hanbit/client.yaml", BROKEN_HANBIT);
    const server = await working(at);
    const ended = await Promise.all([WEEKLY, WEEKLY].map((run) => at.bogo(run, { env: server.env })));
    expect(ended.map(({ err }) => err).join("")).not.toContain("    at ");
    expect(ended.map(({ code }) => code).toSorted()[0]).toBe(0);
    const addressed = server.mails().flatMap(({ to }) => to);
    expect(addressed.toSorted()).toEqual([...CLIENTS, TEAM].toSorted());
    expect(await states(at, "acme")).toEqual(
      Object.fromEntries([...CLIENTS, TEAM].map((address) => [address, "accepted"])),
    );
  });
});
