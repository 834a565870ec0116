import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadConfig, projectConfig } from "../config/load.ts";
import { check } from "../jobs/check.ts";
import { AGENCY, CLIENT, home } from "./config/home.ts";

const env = { SMTP_PASS: "secret-value" };
const now = "2026-11-02T00:00:00.000Z"; // Monday, 09:00 in Seoul: the slot of that instant has come already

async function checked(
  client: string,
  { agency = AGENCY, lang = "en" as "ko" | "en", files = ["google-ads/a.csv"], at = now } = {},
) {
  const inbox = mkdtempSync(join(tmpdir(), "bogo-inbox-"));
  onTestFinished(() => rmSync(inbox, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(join(inbox, "hanbit", file, ".."), { recursive: true });
    writeFileSync(join(inbox, "hanbit", file), "x");
  }
  const config = await loadConfig(home({ "agency.yaml": agency, "clients/hanbit/client.yaml": client }));
  return check({ config, inbox, env, lang, now: at });
}

describe("check", () => {
  it("shows what goes out next, on which period, and to whom", async () => {
    const { text, exit, problems } = await checked(CLIENT);
    expect(problems).toEqual([]);
    expect(exit).toBe(0);
    expect(text).toBe(`✓ hanbit  한빛커피
    2026-11-03 10:00 Asia/Seoul  hanbit ppc.monthly  on 2026-10-01 ~ 2026-10-31
        client: ceo@hanbit.example
    2026-11-09 09:00 Asia/Seoul  hanbit ppc.weekly  on 2026-11-02 ~ 2026-11-08
        client: ceo@hanbit.example

1 of 1 clients are ready; 0 errors, 0 warnings. Nothing was changed or sent.`);
  });

  it("tells every problem with its place and next step, in Korean", async () => {
    const { text, exit } = await checked(CLIENT.replace("ae: lee", "ae: leee"), { lang: "ko" });
    expect(exit).toBe(1);
    expect(text).toBe(`✗ hanbit  오류가 있어 고칠 때까지 실행하지 않습니다
  ✗ clients/hanbit/client.yaml:6:5  CONFIG_UNKNOWN_PERSON
      \`leee\`는 agency.yaml에 없는 사람입니다.
      → \`lee\`를 쓰려던 것인지 확인하세요. 등록된 사람: lee

클라이언트 1곳 중 0곳 정상, 오류 1건, 경고 0건. 아무것도 바뀌거나 발송되지 않았습니다.`);
  });

  it("warns of a source without a file and a mail setting without a value, and still exits 0", async () => {
    const { problems, exit, text } = await checked(CLIENT, {
      files: [],
      agency: AGENCY.replace("SMTP_PASS", "OTHER_PASS"),
    });
    expect(problems.map(({ code }) => code)).toEqual(["CONFIG_SECRET_MISSING", "CONFIG_SOURCE_EMPTY"]);
    expect(exit).toBe(0);
    expect(text).not.toContain("secret-value");
  });

  it("moves a slot off a public holiday of the client's country", async () => {
    const cadence = '    cadence: { weekly: { day: fri, at: "09:00", on_holiday: next_business_day } }\n    goals:';
    const { text } = await checked(CLIENT.replace("    goals:", cadence), { at: "2026-12-22T00:00:00Z" });
    // 2026-12-25 is a Friday and Christmas Day; the 26th and 27th are the weekend.
    expect(text).toContain("2026-12-28 09:00 Asia/Seoul  hanbit ppc.weekly  on 2026-12-14 ~ 2026-12-20");
  });

  it("says that a report is paused, has not begun, or has ended", async () => {
    const paused = CLIENT.replace("    goals:", "    paused: true\n    goals:");
    expect((await checked(paused)).text).toContain("on 2026-11-02 ~ 2026-11-08  (paused)");
    const later = CLIENT.replace("    goals:", "    from: 2027-02-10\n    goals:");
    expect((await checked(later)).text).toContain(
      "2027-03-03 10:00 Asia/Seoul  hanbit ppc.monthly  on 2027-02-01 ~ 2027-02-28",
    );
    const ended = CLIENT.replace("    goals:", "    until: 2026-09-30\n    goals:");
    expect((await checked(ended)).text).toContain("ppc.weekly  ended on 2026-09-30");
  });

  it("finds nothing wrong with the sample clients", async () => {
    const config = await loadConfig(projectConfig);
    const { problems, text } = await check({
      config,
      inbox: join(projectConfig, "../inbox"),
      env: { SMTP_HOST: "localhost", SMTP_USER: "u" },
      lang: "ko",
      now,
    });
    expect(problems.map(({ code }) => code)).toEqual(["CONFIG_SECRET_MISSING"]); // the password's file is only where it runs
    expect(text).toContain("클라이언트 2곳 중 2곳 정상");
  });
});
