import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../config/load.ts";
import { deliver, sendQueued } from "../../jobs/deliver/deliver.ts";
import { causesOf, overdueCause, reminderCause } from "../../jobs/notice/causes.ts";
import { type NoticeOutside, notices } from "../../jobs/notice/notices.ts";
import { tellCauses } from "../../jobs/notice/tell.ts";
import { type Cause, follow, isDue, type Notice, told, trying } from "../../transforms/notice.ts";
import { problem } from "../../transforms/problem.ts";
import { AGENCY, CLIENT, home } from "../config/home.ts";
import { type Script, scriptedSmtp } from "../deliver/scripted-smtp.ts";
import { outgoing, stage } from "../deliver/stage.ts";

const T = (time: string): string => `2026-11-02T${time}:00.000Z`;

const cause: Cause = {
  key: "server",
  audience: "ops",
  client: null,
  code: "NOTICE_SERVER",
  facts: {},
  since: T("08:00"),
  once: false,
};

describe("the rule of notices", () => {
  /** Goes through instants; at each the causes hold or not. Gives when something was told, and whether as over. */
  function play(steps: readonly [time: string, holds: readonly Cause[], fails?: "fails"][]): string[] {
    let rows: Notice[] = [];
    const said: string[] = [];
    for (const [time, holds, fails] of steps) {
      const now = T(time);
      const changed = new Map(follow(rows, holds, now).map((each) => [each.key, each]));
      rows = [...rows.filter(({ key }) => !changed.has(key)), ...changed.values()];
      rows = rows.map((each) => {
        if (!isDue(each, now)) return each;
        if (fails) return trying(each, now);
        said.push(`${time} ${each.key}${each.ended === null ? "" : " over"}`);
        return told(each, now);
      });
    }
    return said;
  }

  it("tells of a cause once, again after 4 hours while it lasts, and once when it is over", () => {
    const at = [cause];
    expect(
      play([
        ["08:00", at],
        ["08:01", at],
        ["11:59", at],
        ["12:00", at],
        ["12:01", at],
        ["12:02", []],
        ["12:03", []],
      ]),
    ).toEqual(["08:00 server", "12:00 server", "12:02 server over"]);
  });

  it("opens anew what comes back after its end was told, and goes on with what only flickered", () => {
    const at = [cause];
    expect(
      play([
        ["08:00", at],
        ["08:01", []],
        ["08:02", at],
      ]),
    ).toEqual(["08:00 server", "08:01 server over", "08:02 server"]);
    expect(
      play([
        ["08:00", at],
        ["08:01", [], "fails"],
        ["08:02", at],
        ["08:10", at],
        ["12:00", at],
      ]),
    ).toEqual(["08:00 server", "12:00 server"]);
  });

  it("says nothing of what was over before it could be told, and reminds once", () => {
    expect(
      play([
        ["08:00", [cause], "fails"],
        ["08:02", []],
        ["08:10", []],
      ]),
    ).toEqual([]);
    const reminder = [{ ...cause, once: true }];
    expect(
      play([
        ["08:00", reminder],
        ["12:30", reminder],
        ["12:31", []],
        ["12:40", []],
      ]),
    ).toEqual(["08:00 server"]);
  });

  it("tries again 5 minutes after a mail that could not be sent", () => {
    const at = [cause];
    expect(
      play([
        ["08:00", at, "fails"],
        ["08:04", at],
        ["08:05", at],
        ["08:06", at],
      ]),
    ).toEqual(["08:05 server"]);
  });
});

async function room(script: Script = {}, { agency = AGENCY, client = CLIENT } = {}) {
  const staged = await stage(script);
  const mail = await scriptedSmtp();
  const root = home({ "agency.yaml": agency, "clients/hanbit-coffee/client.yaml": client });
  const config = await loadConfig(root);
  const { ledger } = staged;
  const outside: NoticeOutside = { ledger, config, smtp: { ...staged.outside.smtp, port: mail.port } };
  const mails = () =>
    Promise.all(
      mail.taken.splice(0).map(async ({ to, data }) => {
        const { subject = "", text = "" } = await simpleParser(data);
        return { to: to.join(), subject, text };
      }),
    );
  return {
    ...staged,
    reports: staged.outside,
    mail,
    mails,
    notices: (now: string, more: Cause[] = []) => notices(now, { ...outside, more }),
    outside,
  };
}

const HANBIT = AGENCY.replace("domains: { hanbit:", "domains: { hanbit-coffee:");
const hold = {
  client: "hanbit-coffee",
  sha256: "a".repeat(64),
  path: "naver/a.csv",
  source: "ppc naver/*",
  problems: [problem("LOAD_FORMAT_UNSEEN", { file: "a.csv", format: "naver_searchad.report" })],
  confirms: [],
};

describe("notices by mail", () => {
  it("bring the AE what waits for the AE in one mail and ops the faults in another, each with its command", async () => {
    const at = await room(
      { recipient: (address) => (address.startsWith("ceo") ? "550 no such user" : undefined) },
      { agency: HANBIT },
    );
    await deliver(at.reports, at.run, [outgoing(["ceo@hanbit.example", "cmo@hanbit.example"])], []);
    at.ledger.openHold(hold, T("09:00"));
    at.ledger.openHold({ ...hold, path: "naver/b.csv", sha256: "b".repeat(64) }, T("09:00"));
    expect(await at.notices(T("09:01"))).toEqual({ told: 3, failed: 0 });
    const sent = await at.mails();
    expect(sent.map(({ to }) => to).toSorted()).toEqual(["lee@agency.example", "ops@agency.example"]);
    const ae = sent.find(({ to }) => to.startsWith("lee"));
    expect(ae?.subject).toBe("[bogo] 확인할 일 2건: hanbit-coffee");
    expect(ae?.text).toContain("naver/a.csv");
    expect(ae?.text).toContain("bogo accept 1");
    expect(ae?.text).toContain("2026-11-02 09:00 UTC부터");
    const ops = sent.find(({ to }) => to.startsWith("ops"));
    expect(ops?.text).toContain("client 대상 hanbit-coffee.ppc.weekly.2026-10-26.r1 메일 1통을 전달하지 못했습니다");
    expect(ops?.text).toContain("bogo history hanbit-coffee");
    expect(ops?.text).not.toContain("ceo@");

    expect(await at.notices(T("09:02"))).toEqual({ told: 0, failed: 0 });
    at.ledger.closeHold(1, "loaded", T("09:03"));
    await at.notices(T("09:03"));
    const [over, ...more] = await at.mails();
    expect(more).toEqual([]);
    expect(over?.subject).toBe("[bogo] 해결됨 1건: hanbit-coffee");
    expect(over?.text).toContain("더 이상 해당하지 않는 일:");
  });

  it("are written in the person's own language", async () => {
    const agency = HANBIT.replace(
      '"이과장 <lee@agency.example>"',
      '{ mail: "Lee <lee@agency.example>", language: en }',
    );
    const at = await room({}, { agency });
    at.ledger.openHold(hold, T("09:00"));
    await at.notices(T("09:01"));
    const [sent] = await at.mails();
    expect(sent).toMatchObject({ to: "lee@agency.example", subject: "[bogo] 1 thing to look at: hanbit-coffee" });
    expect(sent?.text).toContain("since 2026-11-02 09:00 UTC");
  });

  it("name a mail server that cannot be reached as one cause, however many deliveries wait for it", async () => {
    const at = await room({ greeting: "554 not for you" }, { agency: HANBIT });
    await deliver(at.reports, at.run, [outgoing(["a@hanbit.example", "b@hanbit.example"])], []);
    await at.notices(T("09:00"));
    const [sent, ...more] = await at.mails();
    expect(more).toEqual([]);
    expect(sent?.to).toBe("ops@agency.example");
    at.server.script = {};
    await sendQueued(at.reports, at.run);
    await at.notices(T("09:10"));
    expect((await at.mails()).map(({ subject }) => subject)).toEqual(["[bogo] 해결됨 1건"]);
  });

  it("tell the AE once of a mail that went without its files", async () => {
    const at = await room({}, { agency: HANBIT });
    const facts = { audience: "client", size: "12.5", limit: "10", files: "report.pdf", folder: "out/hanbit-coffee" };
    const message = { ...outgoing(["ceo@hanbit.example"]), reason: { code: "DELIVERY_TOO_LARGE", facts } as const };
    expect((await deliver(at.reports, at.run, [message], [])).state).toBe("done");
    await at.notices(T("09:00"));
    const [sent, ...more] = await at.mails();
    expect(more).toEqual([]);
    expect(sent?.to).toBe("lee@agency.example");
    expect(sent?.text).toContain("client 메일이 12.5MB로 `size_limit`의 10MB를 넘어 report.pdf 없이 보내며");
    await at.notices(T("14:00"));
    expect(await at.mails()).toEqual([]);
  });

  it("remind the AE of an approval after 4 hours, since the mail that asks for it has come before", async () => {
    const at = await room({}, { agency: HANBIT });
    const facts = { person: "이과장", run: "hanbit-coffee.ppc.weekly.2026-10-26.r1" };
    const reason = { code: "APPROVAL_NEEDED", facts } as const;
    const message = { ...outgoing(["ceo@hanbit.example"]), approver: "lee@agency.example", reason };
    await deliver(at.reports, at.run, [message], []);
    await at.notices(T("03:59"));
    expect(await at.mails()).toEqual([]);
    await at.notices(T("04:00"));
    const [sent] = await at.mails();
    expect(sent?.to).toBe("lee@agency.example");
    expect(sent?.text).toContain("`bogo approve hanbit-coffee.ppc.weekly.2026-10-26.r1`");
  });

  it("are tried again when they could not be sent, and never become a cause themselves", async () => {
    const at = await room({}, { agency: HANBIT });
    at.ledger.openHold(hold, T("09:00"));
    at.mail.script = { refusal: "451 later" };
    expect(await at.notices(T("09:01"))).toEqual({ told: 0, failed: 1 });
    expect(await at.notices(T("09:02"))).toEqual({ told: 0, failed: 0 });
    expect(at.ledger.notices().map(({ key }) => key)).toEqual(["load 1"]);
    at.mail.script = {};
    expect(await at.notices(T("09:06"))).toEqual({ told: 1, failed: 0 });
    expect(await notices(T("13:07"), { ...at.outside, smtp: null })).toEqual({ told: 0, failed: 0 });
    expect(at.ledger.troubles()).toMatchObject({ deliveries: [], server: null });
  });

  it("are sent once by two processes that look at the same moment", async () => {
    const at = await room({}, { agency: HANBIT });
    at.ledger.openHold(hold, T("09:00"));
    const both = await Promise.all([at.notices(T("09:01")), at.notices(T("09:01"))]);
    expect(both.map((each) => each.told).toSorted()).toEqual([0, 1]);
    expect(await at.mails()).toHaveLength(1);
  });

  it("tell ops of a refused config and an overdue slot, and remind the AE of missing exports once", async () => {
    const at = await room({}, { agency: HANBIT, client: CLIENT.replace("locale: ko-KR", "locale: kr") });
    const overdue = overdueCause({
      client: "hanbit-coffee",
      report: "ppc",
      cadence: "weekly",
      from: "2026-10-26",
      at: T("00:00"),
    });
    const lacking = reminderCause({
      client: "hanbit-coffee",
      report: "ppc",
      cadence: "monthly",
      from: "2026-10-01",
      slot: T("10:00"),
      reason: { code: "NOTICE_LACKING", facts: { report: "ppc monthly", what: "google-ads/*  아직 없음" } },
      looked: T("00:04"),
    });
    if (!lacking) throw new Error("a reminder with a reason is a cause");
    await at.notices(T("00:05"), [overdue, lacking]);
    const text = (await at.mails()).map((each) => each.text).join("\n");
    expect(text).toContain("clients/hanbit-coffee/client.yaml:2: ");
    expect(text).toContain("`bogo check hanbit-coffee`");
    expect(text).toContain("2026-11-02 00:00 UTC에 나가야 했지만");
    expect(text).toContain("hanbit-coffee: ppc monthly: google-ads/*  아직 없음");
    await at.notices(T("05:00"), [overdue, lacking]);
    const again = (await at.mails()).map((each) => each.text).join("\n");
    expect(again).toContain("(알림 2번째)");
    expect(again).not.toContain("google-ads/*");
  });

  it("are told, and not mailed, to a person who runs a report by hand: what else waits at that client", async () => {
    const at = await room({ data: "die after storing" }, { agency: HANBIT });
    const record = await deliver(at.reports, at.run, [outgoing(["ceo@hanbit.example"])], []);
    at.ledger.openHold(hold, T("09:00"));
    at.ledger.openHold({ ...hold, client: "another" }, T("09:00"));
    const causes = causesOf(at.ledger, at.outside.config, T("09:01"));
    expect(tellCauses(causes, "hanbit-coffee", { record, made: null }, "en")).toMatch(
      /^What else waits for somebody:\n {2}.*naver\/a\.csv.*\n {4}→ .*bogo accept 1.*$/,
    );
    const next = {
      client: "hanbit-coffee",
      report: "seo",
      cadence: "weekly",
      from: "2026-10-26",
      revision: 1,
    } as const;
    const other = at.ledger.run(at.ledger.beginRun({ ...next, to: "2026-11-01" }, T("09:00")).run);
    const told = tellCauses(causes, "hanbit-coffee", { record: other, made: null }, "en");
    expect(told).toContain("hanbit-coffee.ppc.weekly.2026-10-26.r1 to client arrived is not known");
    expect(tellCauses([], "hanbit-coffee", { record, made: null }, "en")).toBe("");
    expect(await at.mails()).toEqual([]);
  });
});
