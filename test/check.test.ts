import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { formatsOf } from "../config/formats.ts";
import { loadConfig, projectConfig } from "../config/load.ts";
import { type CheckInput, check } from "../jobs/check.ts";
import { googleAds } from "./cli/home.ts";
import { AGENCY, home, CLIENT as SILENT } from "./config/home.ts";

const env = { SMTP_PASS: "secret-value" };
const now = "2026-11-02T00:00:00.000Z"; // Monday, 09:00 in Seoul: the slot of that instant has come already

/** The usual client, whose source says all that its exports leave out. */
const CLIENT = SILENT.replace('account: "1"', 'account: "1", timezone: Asia/Seoul, window: 클릭 후 30일');

const report = googleAds({ from: "2026-10-01", to: "2026-11-01", currency: "KRW" });

/** Somebody has confirmed how every format is read; what no one has confirmed is a test of its own. */
const confirmed = { isConfirmed: (subject: string) => subject.startsWith("format "), holdOf: () => null };

async function checked(
  client: string,
  {
    agency = AGENCY,
    lang = "en" as "ko" | "en",
    files = { "google-ads/a.csv": report } as Record<string, string | Uint8Array>,
    at = now,
    ledger = confirmed as CheckInput["ledger"],
    beside = {} as Record<string, string>,
  } = {},
) {
  const inbox = mkdtempSync(join(tmpdir(), "bogo-inbox-"));
  onTestFinished(() => rmSync(inbox, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(inbox, "hanbit", file, ".."), { recursive: true });
    writeFileSync(join(inbox, "hanbit", file), content);
  }
  const more = Object.fromEntries(Object.entries(beside).map(([name, text]) => [`clients/hanbit/${name}`, text]));
  const config = await loadConfig(home({ "agency.yaml": agency, "clients/hanbit/client.yaml": client, ...more }));
  const { formats } = await formatsOf(config.root);
  return check({ config, formats, inbox, env, lang, ledger, now: at });
}

describe("check", () => {
  it("shows what goes out next, on which period, and to whom", async () => {
    const { text, exit, problems } = await checked(CLIENT);
    expect(problems).toEqual([]);
    expect(exit).toBe(0);
    expect(text).toBe(`✓ hanbit  한빛커피
    2026-11-03 10:00 Asia/Seoul  hanbit ppc.monthly  on 2026-10-01 ~ 2026-10-31
        client: ceo@hanbit.example
        exports: all there
    2026-11-09 09:00 Asia/Seoul  hanbit ppc.weekly  on 2026-11-02 ~ 2026-11-08
        client: ceo@hanbit.example
        exports still needed by 2026-11-09 09:00, downloaded after 2026-11-08:
          google-ads/*  held to 2026-11-01; days 2026-11-02 ~ 2026-11-08

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

  it("warns of a logo that can hardly be seen on paper, with the contrast that it reaches", async () => {
    const white =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="#f4f4f4" d="M0 0h40v10H0z"/></svg>';
    const themed = (logo: string) =>
      checked(CLIENT, { beside: { "theme.yaml": "logo: logo.svg\n", "logo.svg": logo } });
    const { text, exit } = await themed(white);
    expect(exit).toBe(0);
    expect(text).toContain(`  ! clients/hanbit/theme.yaml:1:7  THEME_LOGO_FAINT
      logo.svg is hard to see on #ffffff: its clearest parts have a contrast of 1.1:1, where 3:1 are needed.
      → Use the version of the logo that is made for white paper.`);
    expect((await themed(white.replace("#f4f4f4", "#114488"))).problems).toEqual([]);
  });

  it("warns of a source without a file and a mail setting without a value, and still exits 0", async () => {
    const { problems, exit, text } = await checked(CLIENT, {
      files: {},
      agency: AGENCY.replace("SMTP_PASS", "OTHER_PASS"),
    });
    expect(problems.map(({ code }) => code)).toEqual(["CONFIG_SECRET_MISSING", "CONFIG_SOURCE_EMPTY"]);
    expect(exit).toBe(0);
    expect(text).not.toContain("secret-value");
  });

  it("asks once for everything that neither the files nor their source say, with the lines to add", async () => {
    const { problems, exit, text } = await checked(SILENT);
    expect(problems).toHaveLength(1);
    expect(exit).toBe(0);
    expect(text).toContain(`  ! clients/hanbit/client.yaml:9:15  CONFIG_SOURCE_UNSTATED
      The exports of \`google-ads/*\` (channel \`ppc\`) do not say, and neither does their source: in which time zone its days begin, the attribution window of conversions.
      → Add to this source, with your own values for these examples: \`timezone: Asia/Seoul\`, \`window: "7-day click, 1-day view"\`. Until then reports cannot say it.`);
  });

  it("calls it an error where files cannot be loaded without, and asks for the rest in the same breath", async () => {
    const sample = (path: string) => readFileSync(join(import.meta.dirname, "samples", path));
    const { problems, exit, text } = await checked(SILENT.replace('google-ads/*, account: "1"', "kakao/*"), {
      files: {
        "kakao/소재.csv": "소재 ID,소재 이름,캠페인 이름,노출수,클릭수,비용,구매 (7일)\n1,가,나,100,3,5000,1\n",
        "kakao/맞춤보고서.csv": sample("kakao_moment/맞춤보고서_한빛커피.csv"),
      },
      lang: "ko",
    });
    expect(problems).toHaveLength(1);
    expect(exit).toBe(1);
    // Kakao's headers say the attribution window themselves: `구매 (7일)`.
    expect(text).toContain(`  ✗ clients/hanbit/client.yaml:9:15  CONFIG_SOURCE_UNLOADABLE
      \`ppc\` 채널의 \`kakao/*\` 파일에도, 그 소스 설정에도 없는 정보: 계정, 날짜 없는 행의 기간, 날짜를 나누는 시간대, 광고비의 VAT 포함 여부. 이 때문에 맞춤보고서.csv 등 2개 파일을 읽지 못합니다.
      → 이 소스에 추가하고 예시를 실제 값으로 바꾸세요: \`account: "123-456-7890"\`, \`period: { from: 2026-10-01, to: 2026-10-31 }\`, \`timezone: Asia/Seoul\`, \`vat: excluded\`. 파일은 그대로 두면 됩니다.`);
  });

  it("does not ask for what the platform fixes or the file states, nor for VAT where there is none", async () => {
    const sample = (path: string) => readFileSync(join(import.meta.dirname, "samples", path));
    const client = (files: string) => SILENT.replace('google-ads/*, account: "1"', files);
    const zip = { "gsc/Chart.csv": sample("search_console/Chart.csv") };
    expect((await checked(client('gsc/*, account: "1"'), { files: zip })).problems).toEqual([]);
    const microsoft = { "bing/a.csv": sample("microsoft_ads/Campaign by day.csv") };
    const american = client('bing/*, window: "30-day click"').replace("country: KR", "country: US");
    expect((await checked(american, { files: microsoft })).problems).toEqual([]);
  });

  it("names a file that would not load, with its place in the inbox", async () => {
    const { problems, exit } = await checked(CLIENT, {
      files: { "google-ads/a.csv": report, "google-ads/b.csv": "x" },
    });
    expect(problems.map(({ code, file }) => [code, file])).toEqual([["FILE_UNKNOWN", "inbox/hanbit/google-ads/b.csv"]]);
    expect(exit).toBe(1);
  });

  it("lists what the next report still lacks, a line a source, in Korean", async () => {
    const client = CLIENT.replace("sources: [", "sources: [{ files: meta/* }, ");
    const shop = "metric,from,to,value\nnew_customers,2026-10-01,2026-10-31,58\n";
    const more = { "google-ads/a.csv": report, "google-ads/shop.csv": shop };
    const { text } = await checked(client, { files: more, lang: "ko", at: "2026-11-10T00:00:00Z" });
    expect(text).toContain(`ppc.monthly  대상 기간 2026-11-01 ~ 2026-11-30
        client: ceo@hanbit.example
        2026-12-03 10:00까지 더 필요한 파일(2026-11-30 다음 날부터 내려받을 수 있음):
          meta/*  아직 없음; 2026-11-01 ~ 2026-11-30 일별 데이터
          google-ads/*  현재 2026-11-01까지 있음; 2026-11-02 ~ 2026-11-30 일별 데이터; 기간이 정확히 2026-11-01 ~ 2026-11-30인 보고서 (“shop.csv”)`);
    expect(text).toContain(`ppc.weekly  대상 기간 2026-11-09 ~ 2026-11-15
        client: ceo@hanbit.example
        2026-11-16 09:00까지 더 필요한 파일(2026-11-15 다음 날부터 내려받을 수 있음):
          meta/*  아직 없음; 2026-11-09 ~ 2026-11-15 일별 데이터
          google-ads/*  현재 2026-11-01까지 있음; 2026-11-09 ~ 2026-11-15 일별 데이터
`);
  });

  it("asks for no exports of a report that is paused", async () => {
    const { text } = await checked(CLIENT.replace("    goals:", "    paused: true\n    goals:"));
    expect(text).not.toContain("exports");
  });

  it("moves a slot off a public holiday of the client's country", async () => {
    const cadence = '    cadence: { weekly: { day: fri, at: "09:00", on_holiday: next_business_day } }\n    goals:';
    const { text } = await checked(CLIENT.replace("    goals:", cadence), { at: "2026-12-22T00:00:00Z" });
    // 2026-12-25 is a Friday and Christmas Day; the 26th and 27th are the weekend.
    expect(text).toContain("2026-12-28 09:00 Asia/Seoul  hanbit ppc.weekly  on 2026-12-14 ~ 2026-12-20");
  });

  it("counts what was dropped unsorted, says what nobody can place, and changes nothing", async () => {
    const naver = (account: string) =>
      `"보고서(2026.10.26.~2026.10.26.),${account}"\n캠페인,일별,노출수,클릭수,총비용\n파워링크,2026.10.26.,10,1,100\n`;
    const source = "{ files: naver/*, account: hanbit, timezone: Asia/Seoul, vat: included, window: 14일 }";
    const { text, problems } = await checked(CLIENT.replace("sources: [", `sources: [${source}, `), {
      files: {
        "google-ads/a.csv": report,
        "../_shared/내려받은 파일/보고서.csv": naver("hanbit"),
        "../_shared/other.csv": naver("someone"),
        "Campaign report.csv": report,
      },
    });
    expect(problems.map(({ code, file }) => [code, file])).toEqual([
      ["DROP_ACCOUNT_UNKNOWN", "_shared/other.csv"],
      ["CHECK_WILL_WAIT", "Campaign report.csv"],
    ]);
    expect(text).toContain("naver/*  held to 2026-10-26; days 2026-11-02 ~ 2026-11-08");
  });

  it("says before the report is due which files a person has to look at, once for what one answer settles", async () => {
    const tiktok =
      "By Day,Campaign name,Currency,Cost,Impressions,Clicks (destination)\n2026-10-26,Spark,KRW,5,100,5\n";
    const source = '{ files: tiktok/*, account: "7", timezone: Asia/Seoul, vat: excluded, window: 7d }';
    const client = CLIENT.replace("sources: [", `sources: [${source}, `);
    const files = { "google-ads/a.csv": report, "tiktok/a.csv": tiktok, "tiktok/b.csv": tiktok };
    const { text, exit } = await checked(client, { files, lang: "ko", ledger: null });
    expect(exit).toBe(0);
    expect(text).toContain(
      "불러올 때 확인이 필요한 파일: a.csv 외 1개. tiktok_ads.report 형식은 설명 자료로만 알려져 있고",
    );
    expect(text.match(/CHECK_WILL_WAIT/g)).toHaveLength(1);
    expect((await checked(client, { files, ledger: confirmed })).problems).toEqual([]);
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
    const { formats } = await formatsOf(projectConfig);
    const { problems, text } = await check({
      config,
      formats,
      inbox: join(projectConfig, "../inbox"),
      env: { SMTP_HOST: "localhost", SMTP_USER: "u" },
      lang: "ko",
      ledger: { isConfirmed: () => true, holdOf: () => null },
      now,
    });
    expect(problems.map(({ code }) => code)).toEqual(["CONFIG_SECRET_MISSING"]); // the password's file is only where it runs
    expect(text).toContain("클라이언트 2곳 중 2곳 정상");
  });

  it("finds every export of the sample clients' newest week and month there", async () => {
    const config = await loadConfig(projectConfig);
    const { formats } = await formatsOf(projectConfig);
    const inbox = join(projectConfig, "../inbox");
    const { text } = await check({
      config,
      formats,
      inbox,
      env: {},
      lang: "en",
      ledger: null,
      now: "2026-11-01T12:00:00Z",
    });
    expect(text.match(/exports: all there/g)).toHaveLength(14);
    expect(text).not.toContain("still needed");
  });
});
