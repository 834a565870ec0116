import { spawnSync } from "node:child_process";
import { globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import officecrypto from "officecrypto-tool";
import { describe, expect, it, onTestFinished } from "vitest";
import { redact } from "../../config/secret.ts";
import { foreignPart } from "../../jobs/deliver/stamps.ts";
import { filesPassword } from "../../jobs/seal.ts";
import { formatValue } from "../../templates/text.ts";
import type { Report } from "../../transforms/report/model.ts";
import { scriptedSmtp } from "../deliver/scripted-smtp.ts";
import { needsPoppler, poppler } from "../pdf/poppler.ts";
import { ACME, HANBIT, home, WEEK } from "./home.ts";

const PASSWORD = "드립백 hanbit-2026";
const NAME = "hanbit.ppc.weekly.2025-10-13.r1";

/** A home with a mail server, whose client's files are protected for one of two groups of readers. */
async function office(protect: string, password: string | undefined = PASSWORD) {
  const at = home();
  const file = HANBIT.replace("ae: lee\n", `ae: lee\nprotect: ${protect}\n`)
    .replace("formats: [excel]", "formats: [excel, pdf]")
    .replace("    to: [client]\n", "    to: [client, team]\n")
    .concat('  team: ["이과장 <lee@agency.example>"]\n');
  at.write("config/clients/hanbit/client.yaml", file);
  const server = await scriptedSmtp({});
  onTestFinished(() => server.close());
  const env = { SMTP_PORT: String(server.port), HANBIT_PASSWORD: password };
  return { ...at, server, bogo: (args: string) => at.bogo(args, { env }) };
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
const CLIENT_ONLY = '{ password: "${env:HANBIT_PASSWORD}", to: [client] }';

const fileOf = (mail: ParsedMail, end: string): Buffer =>
  mail.attachments.find(({ filename }) => filename?.endsWith(end))?.content ?? Buffer.alloc(0);

const pdfText = (pdf: Buffer, password: string) =>
  spawnSync("pdftotext", ["-upw", password, "-enc", "UTF-8", "-", "-"], { input: pdf, encoding: "utf8" });

describe("a client whose files are protected by a password", () => {
  it("gets files that only the password opens, a mail that names who tells it, and leaves it nowhere", async () => {
    const at = await office(CLIENT_ONLY);
    const run = await at.bogo(`run hanbit ppc --period ${WEEK}`);
    expect(run.code, run.err).toBe(0);
    const mails = await Promise.all(at.server.taken.map(({ data }) => simpleParser(data)));
    const [client, team] = ["ceo@hanbit.example", "lee@agency.example"].map((address) => {
      const index = at.server.taken.findIndex(({ to }) => to.includes(address));
      return { mail: mails[index]!, bytes: Buffer.from(at.server.taken[index]!.data, "utf8"), address };
    });
    const report = JSON.parse(readFileSync(globSync(join(at.folder, "out/hanbit/*/report.json"))[0]!, "utf8"));

    // The mail says it; the one of those who need no password does not.
    for (const text of [client!.mail.text!, String(client!.mail.html)]) {
      expect(text).toContain("첨부 파일은 비밀번호로 보호되어 있습니다.");
      expect(text).toMatch(/담당자\(이과장/);
    }
    expect(team!.mail.text).not.toContain("비밀번호");
    expect(client!.mail.headers.get("list")).toMatchObject({
      unsubscribe: { mail: "lee@agency.example?subject=unsubscribe%20ppc.hanbit.agency.example" },
    });

    // What went through a mail server says what the model says.
    for (const kpi of (report as Report).kpis)
      for (const text of [client!.mail.text!, String(client!.mail.html)])
        expect(text).toContain(formatValue(kpi.value, kpi, "ko-KR"));
    expect(client!.mail.subject).toMatch(/^광고비 ₩[\d,]+ [▲▼] [+-][\d.]+% · 10월 3주차/);

    // The workbook.
    const book = fileOf(client!.mail, ".xlsx");
    expect(officecrypto.isEncrypted(book)).toBe(true);
    await expect(officecrypto.decrypt(book, { password: "드립백 hanbit-2025" })).rejects.toThrow();
    const opened = await officecrypto.decrypt(book, { password: PASSWORD });
    expect(opened.equals(fileOf(team!.mail, ".xlsx"))).toBe(true);

    // Every part still says whose it is, whether it can be opened or not.
    for (const { bytes, address } of [client!, team!]) {
      expect(await foreignPart(bytes, NAME, [address])).toBeNull();
      expect(await foreignPart(bytes, NAME.replace("hanbit", "acme"), [address])).not.toBeNull();
    }
    const text = client!.bytes.toString("latin1");
    const last = text.lastIndexOf(`X-Report-Run: ${NAME}`);
    const moved = `${text.slice(0, last)}X-Report-Run: acme${text.slice(last + "X-Report-Run: hanbit".length)}`;
    expect(await foreignPart(Buffer.from(moved, "latin1"), NAME, [client!.address])).toEqual({
      part: "PDF",
      found: NAME.replace("hanbit", "acme"),
    });

    // Copies are encrypted, and the password is in no file and no line.
    for (const copy of globSync(join(at.folder, "out/hanbit/*/*.xlsx")))
      expect(officecrypto.isEncrypted(readFileSync(copy))).toBe(true);
    const searched = everyFile(at.folder).filter((path) => /\/(state|out)\//.test(path));
    expect(searched.length).toBeGreaterThan(5);
    for (const secret of [
      PASSWORD,
      Buffer.from(PASSWORD).toString("base64").replace(/=+$/, ""),
      encodeURIComponent(PASSWORD),
    ])
      for (const path of searched) {
        expect(path).not.toContain(secret);
        expect(readFileSync(path).includes(secret), `${path} holds the password`).toBe(false);
      }
    expect(run.out + run.err).not.toContain(PASSWORD);

    const copies = globSync(join(at.folder, "out/hanbit/*/summary.txt"));
    expect(readFileSync(copies[0]!, "utf8").trimEnd().split("\n")).toHaveLength(5);
    expect(mails.flatMap(({ attachments }) => attachments.map(({ filename }) => filename))).not.toContain(
      "summary.txt",
    );

    if (!poppler) return console.warn(`The PDF was not opened ${needsPoppler}`);
    const pdf = fileOf(client!.mail, ".pdf");
    expect(pdfText(pdf, "").status).not.toBe(0);
    expect(pdfText(pdf, "드립백 hanbit-2025").status).not.toBe(0);
    const read = pdfText(pdf, PASSWORD);
    expect(read.status, read.stderr).toBe(0);
    expect(read.stdout).toContain(report.title);
    expect(pdfText(fileOf(team!.mail, ".pdf"), "").stdout).toBe(read.stdout);
  }, 120_000);

  it("is refused with the password in the file or an unknown group, and neither shows the password", async () => {
    const at = await office('{ password: "hunter2-hunter2", to: [client] }');
    at.write(
      "config/clients/acme/client.yaml",
      ACME.replace("ae: smith\n", `ae: smith\nprotect: ${CLIENT_ONLY.replace("[client]", "[clients]")}\n`),
    );
    const refused = await at.bogo("check");
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/hanbit\/client.yaml:\d+:\d+ +CONFIG_SECRET_LITERAL/);
    expect(refused.out).toMatch(/acme\/client.yaml:\d+:\d+ +CONFIG_UNKNOWN_AUDIENCE[\s\S]*clients/);
    expect(refused.out + refused.err).not.toContain("hunter2");
  }, 60_000);

  it("is told by check whose files are protected and that the password has no value here", async () => {
    const at = await office(CLIENT_ONLY, "");
    const { out } = await at.bogo("check hanbit");
    expect(out).toContain("files open with a password only: client");
    expect(out).toMatch(/CONFIG_SECRET_MISSING[\s\S]*HANBIT_PASSWORD/);
  }, 60_000);

  it("is not sent with a password that is soon guessed, or with none", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
    const protection = { password: "${env:HANBIT_PASSWORD}", to: null };
    const read = (password?: string) => filesPassword(protection, "hanbit", { HANBIT_PASSWORD: password });
    expect(() => read()).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: "CONFIG_SECRET_MISSING" })] }),
    );
    expect(() => read("s3cr3t!")).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: "CONFIG_PASSWORD_SHORT" })] }),
    );
    expect(`${read(PASSWORD)} ${JSON.stringify(read(PASSWORD))}`).not.toContain(PASSWORD);
    expect(redact(`the server said ${PASSWORD}`)).toBe("the server said [redacted]");
  });
});

function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}
