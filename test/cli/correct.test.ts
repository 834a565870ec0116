import { simpleParser } from "mailparser";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Script, scriptedSmtp } from "../deliver/scripted-smtp.ts";
import { googleAds, HANBIT, home, meta, WEEK } from "./home.ts";

const RUN = `run hanbit ppc --period ${WEEK}`;
const CLIENT = "ceo@hanbit.example";
const DAYS = { from: "2025-10-06", to: "2025-10-19" };

async function office(script: Script = {}) {
  const at = home();
  const server = await scriptedSmtp(script);
  onTestFinished(() => server.close());
  return {
    ...at,
    server,
    bogo: (args: string) => at.bogo(args, { env: { SMTP_PORT: String(server.port) } }),
    /** The client's export, downloaded again: every figure is this many times as large. */
    replaced: (scale: number) =>
      at.write("inbox/hanbit/google-ads/Campaign report.csv", googleAds({ ...DAYS, currency: "KRW", scale })),
    mails: () => Promise.all(server.taken.map(({ data }) => simpleParser(data))),
    to: () => server.taken.map(({ to }) => to.join()),
  };
}

describe("a correction", { timeout: 120_000 }, () => {
  it("goes to the same readers as a new revision that is marked and lists old and new figures", async () => {
    const at = await office();
    expect((await at.bogo(RUN)).code).toBe(0);
    const same = await at.bogo(`${RUN} --correct`);
    expect(same.code).toBe(1);
    expect(same.err).toContain("The report says today exactly what was sent as hanbit.ppc.weekly.2025-10-13.r1");
    expect(at.to()).toEqual([CLIENT]);

    at.replaced(1200);
    expect((await at.bogo(RUN)).code).toBe(0);
    expect(at.to()).toEqual([CLIENT]);
    const corrected = await at.bogo(`${RUN} --correct`);
    expect(corrected).toMatchObject({ code: 0, err: expect.not.stringContaining("    at ") });
    expect(at.to()).toEqual([CLIENT, CLIENT]);

    const [first, second] = await at.mails();
    expect(first?.subject).toMatch(/^광고비 .* · 한빛커피 /);
    expect(second?.subject).toMatch(/^\[정정\] 광고비 .* · 한빛커피 /);
    // Seven days of (30.25 + day) and 2.05, in thousands: 296.10. The replacement has 1.2 times as much.
    for (const text of [second?.html, second?.text]) {
      expect(text).toMatch(/정정본입니다\. \d{4}\.\d\d\.\d\d에 보낸 리포트를 대신합니다\./);
      expect(text).toContain("₩296,100 → ₩355,320");
    }
    expect(second?.headers.get("x-report-run")).toBe("hanbit.ppc.weekly.2025-10-13.r2");
    expect(second?.messageId).not.toBe(first?.messageId);
    expect(second?.attachments.map(({ filename }) => filename)).toContainEqual(expect.stringMatching(/ r2\.xlsx$/));

    expect((await at.bogo(`${RUN} --correct`)).err).toContain("2025-10-13.r2, so no correction was made");
    expect((await at.bogo(RUN)).out).toContain("This report was dealt with before");
    expect(at.to()).toHaveLength(2);
    expect((await at.bogo("history hanbit")).out).toMatch(/ppc weekly r2 .* accepted/);
  });

  it("is refused where nothing was made yet, in a sentence", async () => {
    const at = await office();
    const refused = await at.bogo(`--lang ko ${RUN} --correct`);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("아직 아무에게도 발송되지 않아 정정할 것이 없습니다");
    expect(at.to()).toEqual([]);
  });

  it("takes the place of what has not left: whoever did not get the first version gets the correction alone", async () => {
    const at = await office({ recipient: (to) => (to.startsWith("jordan") ? "450 later" : undefined) });
    const run = `run acme ppc --cadence weekly --period ${WEEK}`;
    expect((await at.bogo(run)).code).toBe(3);
    at.server.script = {};
    at.write("inbox/acme/meta/Acme-Campaigns-Oct-6-2025-Oct-19-2025.csv", meta({ ...DAYS, scale: 2 }));
    expect((await at.bogo(`${run} --correct`)).code).toBe(0);
    const subjects = (await at.mails()).map(({ subject = "" }, each) => [
      subject.startsWith("[Corrected] "),
      at.server.taken[each]?.to.join(),
    ]);
    expect(subjects).toEqual([
      [false, "riley@acme.example"],
      [false, "smith@agency.example"],
      [true, "jordan@acme.example,riley@acme.example"],
      [true, "smith@agency.example"],
    ]);
    const told = (await at.bogo("history acme")).out;
    expect(told).toMatch(
      /jordan@acme\.example +cancelled\n +A correction of this report was made before this mail left/,
    );
    const old = await at.bogo("resend 1");
    expect(old.code).toBe(1);
    expect(old.err).toContain("acme.ppc.weekly.2025-10-13.r2 has taken the place of acme.ppc.weekly.2025-10-13.r1");
    expect(at.to()).toHaveLength(4);
  });

  it("is no correction to readers who never got the first version, as where its approver found the mistake", async () => {
    const at = await office();
    at.write("config/clients/hanbit/client.yaml", HANBIT.replace("ae: lee\n", "ae: lee\napprove: always\n"));
    await at.bogo(RUN);
    at.replaced(1200);
    expect((await at.bogo(`${RUN} --correct`)).code).toBe(3);
    expect((await at.bogo("approve 1")).err).toContain("RUN_REPLACED");
    expect((await at.bogo("approve 2")).code).toBe(0);
    expect(at.to()).toEqual(["lee@agency.example", "lee@agency.example", CLIENT]);
    const [, , sent] = await at.mails();
    expect(sent?.subject).toMatch(/^광고비 .* · 한빛커피 /);
    expect(sent?.text).toContain("₩355,320");
    expect(sent?.text).not.toContain("정정");
  });
});
