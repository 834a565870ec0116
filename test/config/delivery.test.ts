import { describe, expect, it } from "vitest";
import { AGENCY, CLIENT, judged } from "./home.ts";

const withClient = (line: string) => CLIENT.replace("channels:\n", `${line}\nchannels:\n`);
const withEntry = (line: string) => CLIENT.replace("    goals:", `    ${line}\n    goals:`);

describe("what becomes of an unknown outcome", () => {
  it("is said by the report, else its client, else the agency, else a person decides", async () => {
    const unknownOf = async (client: string, agency = AGENCY) =>
      (await judged(client, { agency })).client?.reports[0]?.unknown;
    const agency = `${AGENCY}unknown: resend_once\n`;
    expect(await unknownOf(CLIENT)).toBe("hold");
    expect(await unknownOf(CLIENT, agency)).toBe("resend_once");
    expect(await unknownOf(withClient("unknown: hold"), agency)).toBe("hold");
    expect(
      await unknownOf(withEntry("unknown: resend_once").replace("channels:\n", "unknown: hold\nchannels:\n")),
    ).toBe("resend_once");
  });
});

describe("who approves", () => {
  it("is nobody by default, else the AE or the person named, for the client or one report", async () => {
    const approveOf = async (client: string) => (await judged(client)).client?.reports[0]?.approve;
    const lee = { name: "이과장", address: "lee@agency.example" };
    expect(await approveOf(CLIENT)).toMatchObject({ when: "never" });
    expect(await approveOf(withClient("approve: first"))).toEqual({ when: "first", by: lee });
    expect(await approveOf(withEntry("approve: { when: always, by: lee }"))).toEqual({ when: "always", by: lee });
  });

  it("is refused where nobody knows the person, or where the client's figures may not go", async () => {
    expect((await judged(withEntry("approve: { when: always, by: le }"))).said).toContainEqual(
      expect.stringMatching(/^CONFIG_UNKNOWN_PERSON clients\/hanbit\/client.yaml:10:/),
    );
    const agency = AGENCY.replace("lee@agency.example", "lee@elsewhere.example");
    expect((await judged(withClient("approve: first"), { agency })).said).toEqual([
      expect.stringMatching(/^CONFIG_RECIPIENT_DOMAIN clients\/hanbit\/client.yaml:7:/),
    ]);
    expect((await judged(CLIENT.replace("  client: [", "  approval: ["))).said).toContainEqual(
      expect.stringMatching(/^CONFIG_NAME_RESERVED clients\/hanbit\/client.yaml:/),
    );
    expect((await judged(withClient("approve: sometimes"))).said).toContainEqual(
      expect.stringMatching(/^CONFIG_NOT_ONE_OF clients\/hanbit\/client.yaml:7:/),
    );
  });
});

describe("agency.yaml on mail", () => {
  it("takes a size in megabytes and nothing else", async () => {
    expect((await judged(CLIENT)).config.agency?.size_limit).toBe(10_000_000);
    expect((await judged(CLIENT, { agency: `${AGENCY}size_limit: 20 MB\n` })).config.agency?.size_limit).toBe(
      20_000_000,
    );
    for (const wrong of ["20", "0 MB", "10 kB", "99 MB"])
      expect((await judged(CLIENT, { agency: `${AGENCY}size_limit: ${wrong}\n` })).said).toContainEqual(
        expect.stringMatching(/^CONFIG_NOT_(SIZE|TEXT) agency.yaml:7:/),
      );
  });

  it("takes keys and tokens by reference only, and never repeats one that was written into it", async () => {
    const oauth2 = (secret: string) =>
      AGENCY.replace(
        `"\${env:SMTP_PASS}"`,
        `"\${env:SMTP_PASS}", oauth2: { user: "\${env:U}", client_id: "\${env:I}", client_secret: "${secret}", refresh_token: "\${file:/run/secrets/token}", url: "\${env:URL}" }`,
      );
    const right = await judged(CLIENT, { agency: oauth2("$" + "{env:S}") });
    expect(right.said).toEqual([]);
    expect(right.config.agency?.smtp.oauth2?.client_secret).toBe("$" + "{env:S}");
    const dkim = `${oauth2("canary-1")}dkim: { domain: agency.example, selector: s1, private_key: canary-2 }\n`;
    const wrong = await judged(CLIENT, { agency: dkim });
    expect(wrong.said.filter((each) => each.startsWith("CONFIG_SECRET_LITERAL agency.yaml"))).toHaveLength(2);
    expect(JSON.stringify(wrong.config.problems)).not.toContain("canary");
  });
});
