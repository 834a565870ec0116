import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BROKEN_HANBIT, home, WEEK } from "./home.ts";

const PLACES = [
  ["11:38", "CONFIG_UNKNOWN_KEY"],
  ["13:32", "CONFIG_NOT_QUANTITY"],
  ["14:18", "CONFIG_UNKNOWN_AUDIENCE"],
  ["16:12", "CONFIG_RECIPIENT_DOMAIN"],
].map(([place, code]) => `  ✗ clients/hanbit/client.yaml:${place}  ${code}`);

describe("a client.yaml with several mistakes", () => {
  it("has each of them listed by `check` in both languages, with its place and next step; the other client is ready", async () => {
    const at = home();
    at.write("config/clients/hanbit/client.yaml", BROKEN_HANBIT);
    const env = { SMTP_PORT: "2525" };
    const english = await at.bogo("check", { env });
    const korean = await at.bogo("--lang ko check", { env });
    for (const { code, out, err } of [english, korean]) {
      expect(code).toBe(1);
      expect(err).toBe("");
      expect(out.split("\n").filter((line) => line.startsWith("  ✗"))).toEqual(PLACES);
      expect(out).toMatch(/^✓ acme/m);
      expect(out).toMatch(/^✗ hanbit/m);
    }
    expect(english.out).toContain("`acount` is not a known key here.\n      → Did you mean `account`?");
    expect(korean.out).toContain("`account`를 쓰려던 것인지 확인하세요.");
    expect(english.out).toContain("1 of 2 clients are ready; 4 errors, 0 warnings. Nothing was changed or sent.");
    expect(korean.out).toContain("클라이언트 2곳 중 1곳 정상, 오류 4건, 경고 0건.");
  });

  it("is refused by `run` with every mistake", async () => {
    const at = home();
    at.write("config/clients/hanbit/client.yaml", BROKEN_HANBIT);
    const refused = await at.bogo(`run hanbit ppc --period ${WEEK}`);
    expect(refused.code).toBe(1);
    expect(refused.out).toBe("");
    expect(refused.err).toContain("The config of `hanbit` has problems, so it does not run.");
    expect(refused.err).toContain("Nothing was sent. Other clients run.");
    for (const place of PLACES) expect(refused.err).toContain(place.split(" ")[3]);
  });
});

describe("an agency.yaml that cannot be read", () => {
  it("stops every client, says so, and blames no client for it", async () => {
    const at = home();
    at.write("config/agency.yaml", "name: x\nops: [\n");
    for (const [lang, say, none] of [
      ["en", "agency.yaml has problems, so no client runs.", "Nothing was sent."],
      ["ko", "agency.yaml에 문제가 있어 모든 클라이언트가 실행되지 않습니다.", "아무것도 발송되지 않았습니다."],
    ]) {
      const { code, err } = await at.bogo(`--lang ${lang} run acme ppc --cadence weekly --period ${WEEK}`);
      expect(code).toBe(1);
      expect(err).toContain(say);
      expect(err).toContain(none);
      expect(err).toMatch(/^CONFIG_YAML {2}agency\.yaml:\d+:\d+$/m);
    }
    const check = await at.bogo("check");
    expect(check.code).toBe(1);
    expect(check.out.match(/CONFIG_YAML/g)).toHaveLength(1);
    expect(check.out.match(/agency\.yaml, above, stops every client\./g)).toHaveLength(2);
    expect(check.err).toBe("");
  });
});

describe("a slip of the command line", () => {
  it.each([
    ["", "Usage: bogo"],
    ["rn acme ppc", "(Did you mean run?)"],
    ["run acme", "missing required argument 'report'"],
    ["run acme ppc --dryrun", "(Did you mean --dry-run?)"],
    ["run acme ppc --cadence fortnightly", "Allowed choices are daily, weekly, monthly, quarterly."],
    ["--lang fr check", "Allowed choices are ko, en."],
    ["history --limit some", "Write a whole number from 1."],
    ["run acmee ppc", "Did you mean `acme`? Clients: acme, hanbit."],
    ["preview acme pcp", "acme has no report `pcp`.\n    Its reports: ppc."],
    ["run acme ppc", "Say which: `--cadence weekly`."],
    ["run acme ppc --cadence daily", "`ppc` does not go out daily.\n    Its cadences: weekly, monthly."],
    ["run acme ppc --cadence weekly --period 2026-13", "Write it as `2026-W12`, or name a day in the period"],
  ])("exits 2 and names what would be right: bogo %s", async (args, say) => {
    const { code, err } = await home().bogo(args);
    expect(err).toContain(say);
    expect(err).not.toContain("    at ");
    expect(code).toBe(2);
  });
});

describe("help", () => {
  it("stands in the golden file whole, and each command's ends with examples", async () => {
    const at = home();
    const commands = [
      "",
      "demo",
      "check",
      "inspect",
      "formats",
      "formats draft",
      "preview",
      "run",
      "history",
      "rebuild",
      "mail",
    ];
    const texts = [];
    for (const command of commands) {
      const { code, out } = await at.bogo(`${command} --help`);
      expect(code).toBe(0);
      expect(out).toMatch(/\nExamples:\n( {2}(bogo|npm) .+\n)+$/);
      texts.push(`$ bogo ${command} --help`.replace("  ", " "), out);
    }
    await expect(texts.join("\n")).toMatchFileSnapshot(join(import.meta.dirname, "golden", "help.txt"));
  });
});
