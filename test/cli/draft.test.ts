import { readFileSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { type Home, home } from "./home.ts";

const PINS = `Pin report
Date range: 10/06/2025 - 10/19/2025
Account ID,549755885175
Currency: USD

Date,Campaign name,Campaign ID,Impressions,Pin clicks,CTR,Total spend,Checkouts,Bid strategy
10/13/2025,Autumn pins,626735565838,"1,200",40,3.33%,"1,012.50",3,Auto
10/14/2025,Autumn pins,626735565838,"1,300",41,3.15%,12.75,-,Auto
10/14/2025,"Pins, all",626735565839,200,2,1.00%,0.25,1,Auto
Total,,,"2,700",83,3.07%,"1,025.50",4,
Generated on 10/20/2025
`;

const KOREAN = `당근 비즈니스 보고서
조회 기간: 2025.10.13. ~ 2025.10.14.
기준일,캠페인 이름,노출 수,클릭 수,클릭률,총 광고비용(원),단골 수
2025.10.13.,가을 할인,"1,200",40,3.33%,"12,000",2
2025.10.14.,가을 할인,"1,300",41,3.15%,"13,500",-
2025.10.14.,신규 고객,-,5,-,700,1
합계,,"2,500",86,3.44%,"26,200",3
`;

const SEMICOLONS = `Day;Campaign;Impressions;Clicks;Cost (EUR);Conversion value;Winner
13.10.2025;Herbst;1.200;40;1.012,50;99,90;x
14.10.2025;Herbst;11.300;41;12,75;1.000,05;x
Total;;12.500;81;1.025,25;1.099,95;
`;

interface Inspected {
  format: string;
  rows: number;
  rejected: number;
  skipped: Record<string, number>;
  from: string | null;
  to: string | null;
  account: string | null;
  currency: string | null;
  sums: Record<string, string>;
}

/** Drafts a format from a file, lays it into the config home, and reads the file by it. */
async function drafted(at: Home, file: string, content: string | Uint8Array, { lang = "en" } = {}) {
  at.write(file, content);
  const draft = await at.bogo(`--lang ${lang} formats draft ${file} --platform pinterest`);
  expect(draft).toMatchObject({ code: 0, err: "" });
  at.write("config/formats/pinterest.yaml", draft.out);
  const check = await at.bogo("check");
  const answer = JSON.parse((await at.bogo(`inspect ${file} --json`)).out);
  const [read] = answer.files;
  return { yaml: draft.out, check, table: read.tables[0] as Inspected, problems: read.problems };
}

const linesOf = (table: Inspected): number =>
  table.rows + table.rejected + Object.values(table.skipped).reduce((sum, count) => sum + count, 0);

describe("`bogo formats draft`", () => {
  it("writes a format by which an unknown English export with preamble, totals and a last line is read whole", async () => {
    const at = home();
    at.write("pins.csv", PINS);
    expect((await at.bogo("inspect pins.csv")).code).toBe(1);
    const { yaml, check, table, problems } = await drafted(at, "pins.csv", PINS);
    expect(check).toMatchObject({ code: 0, err: "" });
    expect(table).toMatchObject({
      format: "pinterest.report",
      rows: 3,
      rejected: 0,
      from: "2025-10-13",
      to: "2025-10-14",
      account: "549755885175",
      currency: "USD",
      // 1,200 + 1,300 + 200; 40 + 41 + 2; 1,012.50 + 12.75 + 0.25.
      sums: { impressions: "2700", clicks: "83", cost: "1025.5" },
    });
    expect(linesOf(table)).toBe(11);
    // Its range begins a week before its first row.
    expect(problems).toMatchObject([{ code: "FILE_DOUBT_DAYS" }]);
    expect(yaml).toMatch(/is: clicks, names: \[Pin clicks\] } # guessed from "Clicks" \(.+\)$/m);
    expect(yaml).toMatch(/is: cost, names: \[Total spend\] } # guessed from "(Total )?[Ss]pend"/m);
    expect(yaml).toMatch(/is: ignore, names: \[Checkouts\] } # ASK: nobody knows it; such as "3"$/m);
    expect(yaml).toMatch(/# Date range: 10\/06\/2025 - 10\/19\/2025$/m);
    expect(yaml).not.toContain("names no currency");
  });

  it("writes one in Korean for a CP949 file whose days stand under an unknown name", async () => {
    const at = home();
    const { yaml, check, table } = await drafted(at, "carrot.csv", iconv.encode(KOREAN, "cp949"), { lang: "ko" });
    expect(check).toMatchObject({ code: 0, err: "" });
    expect(table).toMatchObject({
      format: "pinterest.report",
      rows: 3,
      rejected: 0,
      from: "2025-10-13",
      to: "2025-10-14",
      currency: "KRW",
      // 1,200 + 1,300; 40 + 41 + 5; 12,000 + 13,500 + 700.
      sums: { impressions: "2500", clicks: "86", cost: "26200" },
    });
    expect(linesOf(table)).toBe(7);
    expect(yaml).toMatch(/is: day, names: \[기준일\] } # 값에서 추정\. 예: "2025\.10\.13\."$/m);
    expect(yaml).toMatch(/is: cost, currency: KRW, names: \["총 광고비용\(원\)"\] } # ".+"에서 추정/m);
    expect(yaml).toMatch(/is: ignore, names: \[단골 수\] } # 확인 필요: 알려지지 않은 열\. 예: "2"$/m);
    expect(yaml).toMatch(/^nulls: \["-"\]/m);
  });

  it("reads decimal commas from the cells of a file with semicolons", async () => {
    const at = home();
    const { yaml, check, table } = await drafted(at, "herbst.csv", SEMICOLONS);
    expect(check).toMatchObject({ code: 0, err: "" });
    expect(yaml).toContain('dates: ["%d.%m.%Y"]\nnumbers: { thousands: ".", decimal: "," }\n');
    expect(table).toMatchObject({
      format: "pinterest.report",
      rows: 2,
      rejected: 0,
      currency: "EUR",
      // 1,200 + 11,300; 40 + 41; 1,012.50 + 12.75; 99.90 + 1,000.05.
      sums: { impressions: "12500", clicks: "81", cost: "1025.25", conversion_value: "1099.95" },
    });
    expect(linesOf(table)).toBe(4);
  });

  it("asks where a day could be two, and reads no row until a person has said which", async () => {
    const at = home();
    const file = PINS.replaceAll("10/13/2025", "10/06/2025").replaceAll("10/14/2025", "10/07/2025");
    const { yaml, table, problems } = await drafted(at, "pins.csv", file);
    expect(yaml).toContain("# ASK: day or month first? All of these read every date: %d/%m/%Y, %m/%d/%Y.");
    expect(table).toMatchObject({ rows: 0, rejected: 3 });
    expect(linesOf(table)).toBe(11);
    expect(problems.map(({ code }: { code: string }) => code)).toContain("FILE_ROW_DATE");
    at.write("config/formats/pinterest.yaml", yaml.replace("dates: [iso]", 'dates: ["%m/%d/%Y"]'));
    const [read] = JSON.parse((await at.bogo("inspect pins.csv --json")).out).files;
    expect(read.tables[0]).toMatchObject({ rows: 3, from: "2025-10-06", to: "2025-10-07" });
  });

  it("leaves no way out of a comment for what stands in a file, and lets `check` ask for a figure where none is known", async () => {
    const at = home();
    const { yaml, check } = await drafted(
      at,
      "odd.csv",
      'Flavour,"Mood\nplatform: evil",Weather\n"sweet\nverified: true",good,&rain\nsour,bad,!sun\n',
    );
    expect(yaml).not.toMatch(/^(?:platform: evil|verified: true)/m);
    expect(check.code).toBe(1);
    expect(check.err).toContain("`report` requires `impressions`, which none of its columns holds");
    expect(check.err).toMatch(/CONFIG_FORMAT_REQUIRES {2}formats\/pinterest\.yaml:\d+:\d+/);
  });

  it("says what is wrong with a file that holds no table, and with a name that is none", async () => {
    const at = home();
    at.write("letter.txt", "Dear all,\n\nthe figures follow.\n");
    const letter = await at.bogo("formats draft letter.txt");
    expect(letter).toMatchObject({ code: 1, out: "" });
    expect(letter.err).toContain("FILE_NO_TABLE");
    at.write("pins.csv", PINS);
    const name = await at.bogo("formats draft pins.csv --platform Pinterest-Ads");
    expect(name.code).toBe(2);
    expect(name.err).toContain("--platform pinterest_ads");
    expect((await at.bogo("formats draft nothing.csv")).err).toContain("FILE_UNREADABLE");
    expect(readFileSync(join(at.folder, "pins.csv"), "utf8")).toBe(PINS);
  });
});
