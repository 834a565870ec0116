import { globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { unzipSync } from "fflate";
import { simpleParser } from "mailparser";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../jobs/clock.ts";
import { type Context, openLog } from "../../jobs/context.ts";
import { rootsFrom } from "../../jobs/roots.ts";
import { AGENCY, home, WEEK } from "../cli/home.ts";
import { scriptedSmtp } from "../deliver/scripted-smtp.ts";

const CANARY = "canary-7f3a-password";
const READER = "ceo@hanbit.example";

// biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, as people write it
const WITH_LOGIN = AGENCY.replace("require_tls: false", 'require_tls: false, user: reports, pass: "${env:SMTP_PASS}"');

/** All that a file says, whatever it is packed in. */
async function textOf(file: string): Promise<string> {
  const bytes = readFileSync(file);
  const plain = bytes.toString("latin1");
  if (extname(file) === ".xlsx") return plain + unzipped(bytes);
  if (extname(file) !== ".eml") return plain;
  const { attachments, headerLines, ...mail } = await simpleParser(bytes);
  const parts = attachments.map(({ filename = "", content }) =>
    extname(filename) === ".xlsx" ? unzipped(content) : content.toString("latin1"),
  );
  return [plain, mail.text, mail.html, ...parts].join("\n");
}

const unzipped = (bytes: Uint8Array): string =>
  Object.values(unzipSync(bytes))
    .map((part) => Buffer.from(part).toString("utf8"))
    .join("\n");

describe("a password", () => {
  it("is found nowhere: not in what is printed, the ledger, stored mails or copies, also when the server repeats it", async () => {
    const server = await scriptedSmtp({ offers: ["AUTH PLAIN"], auth: `535 5.7.8 ${CANARY} is wrong for ${READER}` });
    onTestFinished(() => server.close());
    const at = home();
    at.write("config/agency.yaml", WITH_LOGIN);
    const env = { SMTP_PORT: String(server.port), SMTP_PASS: CANARY };
    const said: string[] = [];
    const run = async (args: string) => {
      const { code, out, err } = await at.bogo(args, { env });
      said.push(out, err);
      return code;
    };

    expect(await run(`run hanbit ppc --period ${WEEK}`)).toBe(3);
    server.script.auth = "235 ok";
    server.script.refusal = `451 4.7.1 saw ${Buffer.from(CANARY).toString("base64")}`;
    expect(await run(`run hanbit ppc --period ${WEEK}`)).toBe(3);
    await run("history hanbit --json");
    await run("check");
    await run("--lang ko history");
    expect(said.join()).toContain("[redacted] is wrong");
    expect(said.join()).not.toContain(CANARY);
    expect(said.join()).not.toContain(Buffer.from(CANARY).toString("base64").replace(/=+$/, ""));

    const files = globSync("{state,out}/**/*", { cwd: at.folder, withFileTypes: true }).filter((each) => each.isFile());
    expect(files.length).toBeGreaterThan(5);
    for (const each of files) {
      const text = await textOf(join(each.parentPath, each.name));
      expect(text.includes(CANARY), each.name).toBe(false);
      // Copies for people name who answers for the report, and nobody who reads it.
      if (each.parentPath.includes("/out/")) expect(text.includes(READER), each.name).toBe(false);
    }
  }, 60_000);
});

describe("the log of unattended work", () => {
  it("names no whole address, means the same person by a mask for good, and its key is its owner's alone", async () => {
    const { folder } = home();
    const lines: string[] = [];
    const context: Context = {
      roots: rootsFrom(folder, {}),
      lang: "en",
      env: {},
      clock: systemClock(),
      terminal: false,
      print: () => {},
      tell: (text) => void lines.push(text),
    };
    for (const _ of [1, 2])
      (await openLog(context)).warn("mail.deferred", { to: READER, answer: new Error(`no ${READER}`) });
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect(lines.join()).not.toContain(READER);
    expect(first.to).toMatch(/^c\*\*\*@hanbit\.example#[0-9a-f]{6}$/);
    expect(second.to).toBe(first.to);
    expect(second.run).not.toBe(first.run);
    const key = join(folder, "state", "log.key");
    expect(statSync(key).mode & 0o777).toBe(0o600);

    rmSync(key);
    writeFileSync(key, "another\n");
    (await openLog(context)).info("mail.sent", { to: READER });
    expect(JSON.parse(lines[2] ?? "").to).not.toBe(first.to);
  });
});
