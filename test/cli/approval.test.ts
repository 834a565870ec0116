import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Script, scriptedSmtp } from "../deliver/scripted-smtp.ts";
import { HANBIT, home, WEEK } from "./home.ts";

const CLIENT = "ceo@hanbit.example";
const APPROVER = "lee@agency.example";
const NAME = "hanbit.ppc.weekly.2025-10-13.r1";

/** A home whose client has one more line, and a mail server. */
async function office(line: string, script: Script = {}) {
  const at = home();
  at.write("config/clients/hanbit/client.yaml", HANBIT.replace("ae: lee\n", `ae: lee\n${line}\n`));
  const server = await scriptedSmtp(script);
  onTestFinished(() => server.close());
  const env = { SMTP_PORT: String(server.port) };
  return {
    ...at,
    server,
    to: () => server.taken.map(({ to }) => to.join()),
    bogo: (args: string) => at.bogo(args, { env }),
    run: (week = WEEK, more = "") => at.bogo(`run hanbit ppc --period ${week}${more}`, { env }),
    stored: (audience: string) => globSync(join(at.folder, `state/mail/hanbit/*.${audience}.*.eml`)),
  };
}

describe("a report that somebody has to approve", () => {
  it("shows that person the final mail itself and to whom it would go, then leaves as exactly these bytes", async () => {
    const at = await office("approve: always");
    expect((await at.bogo("check hanbit")).out).toContain("after approval by 이과장");
    const run = await at.run();
    expect(run.code).toBe(3);
    expect(run.err).toContain("The mail is made and waits for 이과장 to approve it.");
    expect(run.err).toContain(`\`bogo approve ${NAME}\` sends exactly these bytes`);
    expect(at.to()).toEqual([APPROVER]);

    const asked = await simpleParser(at.server.taken[0]!.data);
    expect(asked.subject).toMatch(/^\[승인 요청\] 광고비 ₩296,100 .* · 한빛커피/);
    expect(asked.text).toContain("client → 김대표 <ceo@hanbit.example>");
    expect(asked.text).toContain(`bogo approve ${NAME}`);
    const [final = "", ...others] = at.stored("client");
    expect(others).toEqual([]);
    expect(at.server.taken[0]?.data).toContain(readFileSync(final, "utf8"));
    expect(asked.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      [`${NAME}.client.eml`, "message/rfc822"],
    ]);

    const again = await at.run();
    expect(again.code).toBe(3);
    expect(at.to()).toEqual([APPROVER]);
    expect((await at.bogo("history hanbit")).out).toMatch(/^1 .* held\n +The mail is made and waits for/m);

    const approved = await at.bogo("approve 1 --by lee");
    expect(approved.code).toBe(0);
    expect(approved.out).toMatch(/client: ceo@hanbit\.example +accepted/);
    expect(at.to()).toEqual([APPROVER, CLIENT]);
    expect(at.server.taken[1]?.data).toBe(readFileSync(final, "utf8"));

    const twice = await at.bogo(`--lang ko approve ${NAME}`);
    expect(twice.code).toBe(1);
    expect(twice.err).toContain(`${NAME}에 보류된 메일이 없습니다.`);
    expect((await at.bogo("approve 99")).code).toBe(2);
    expect(at.to()).toHaveLength(2);
  });

  it("is not sent when the stored mail is no longer what was approved", async () => {
    const at = await office("approve: always");
    await at.run();
    const [final = ""] = at.stored("client");
    writeFileSync(final, "X", { flag: "r+" });
    const refused = await at.bogo("approve 1");
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("MAIL_CHANGED");
    await at.run();
    expect(at.to()).toEqual([APPROVER]);
  });

  it("asks once a mail server that was down is back, and asks once", async () => {
    const at = await office("approve: { when: always, by: smith }", { greeting: "421 busy" });
    await at.run();
    at.server.script = {};
    await at.run();
    await at.run();
    expect(at.to()).toEqual(["smith@agency.example"]);
  });

  it("is the client's first under `first`, and again the first after its recipients have changed", async () => {
    const at = await office("approve: first");
    expect((await at.run("2025-W41")).code).toBe(3);
    expect((await at.bogo("approve 1")).code).toBe(0);
    expect((await at.run()).code).toBe(0);
    expect(at.to()).toEqual([APPROVER, CLIENT, CLIENT]);

    at.write(
      "config/clients/hanbit/client.yaml",
      HANBIT.replace("ae: lee\n", "ae: lee\napprove: first\n")
        .replace("cadence: {", 'cadence: { monthly: { day: 3, at: "10:00" },')
        .replace('"김대표 <ceo@hanbit.example>"', '"김대표 <ceo@hanbit.example>", cmo@hanbit.example'),
    );
    expect((await at.bogo("run hanbit ppc --cadence monthly --period 2025-10")).code).toBe(3);
    expect(at.to().slice(3)).toEqual([APPROVER]);
  });
});

describe("what persons do about a mail", () => {
  it("settles an unknown outcome by saying that it arrived, once", async () => {
    const at = await office("", { data: "die after storing" });
    expect((await at.run()).code).toBe(3);
    at.server.script = {};
    const told = (await at.bogo("history hanbit")).out;
    expect(told).toContain("`bogo resolve 1 --sent` or `bogo resolve 1 --resend`");
    expect((await at.bogo("resolve 1")).code).toBe(2);
    const settled = await at.bogo("resolve 1 --sent --by lee");
    expect(settled.code).toBe(0);
    expect(settled.out).toMatch(/ceo@hanbit\.example +accepted/);
    const again = await at.bogo("--lang ko resolve 1 --resend");
    expect(again.code).toBe(1);
    expect(again.err).toContain("현재 발송 완료");
    expect((await at.bogo("resolve 7 --sent")).code).toBe(2);
    expect(at.to()).toEqual([CLIENT]);
  });

  it("settles it by sending the same bytes again", async () => {
    const at = await office("", { data: "die without storing" });
    await at.run();
    at.server.script = {};
    const sent = await at.bogo("resolve 1 --resend");
    expect(sent.code).toBe(0);
    expect(at.server.taken.map(({ data }) => data)).toEqual(
      at.stored("client").map((file) => readFileSync(file, "utf8")),
    );
  });

  it("holds back what has not left, and lets it go", async () => {
    const at = await office("", { greeting: "421 busy" });
    await at.run();
    at.server.script = {};
    const held = await at.bogo("hold 1 --by lee");
    expect(held.code).toBe(0);
    expect(held.out).toContain("A person holds this mail back.");
    expect((await at.run()).code).toBe(3);
    expect(at.to()).toEqual([]);
    expect((await at.bogo("approve 1")).code).toBe(0);
    expect(at.to()).toEqual([CLIENT]);
    expect((await at.bogo("hold 1")).err).toContain("HOLD_NOTHING");
  });

  it("sends the stored mail again to whom it failed, to one on request, and to nobody else", async () => {
    const at = await office("", { recipient: () => "550 no such user" });
    expect((await at.run()).code).toBe(3);
    at.server.script = {};
    expect((await at.bogo("resend 1")).code).toBe(0);
    expect((await at.bogo(`resend ${NAME} --to ${CLIENT}`)).code).toBe(0);
    expect(at.to()).toEqual([CLIENT, CLIENT]);
    const other = await at.bogo("resend 1 --to lee@agency.example");
    expect(other.code).toBe(2);
    expect(other.err).toContain("lee@agency.example did not get");
    expect(at.to()).toHaveLength(2);
  });
});
