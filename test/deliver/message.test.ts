import { readFile } from "node:fs/promises";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { composeMessage, listIdFor, type MessageParts, messageIdFor } from "../../jobs/deliver/message.ts";
import { sendMail } from "../../jobs/deliver/smtp.ts";
import { startMailServer } from "../../jobs/mail/server.ts";
import { identity, tempFolder } from "./stage.ts";

const parts: MessageParts = {
  from: { name: "예시 에이전시 리포트", address: "reports@agency.example" },
  replyTo: { name: "이과장", address: "lee@agency.example" },
  to: [
    { name: "김대표", address: "ceo@hanbit.example" },
    { name: "", address: "cmo@hanbit.example" },
  ],
  subject: "한빛커피 광고 주간 리포트 (10/26~11/1): ROAS 350% (+14.9%), 광고비 ₩12,345,678",
  html: '<p lang="ko">안녕하세요 <img src="cid:trend" alt="추이"></p>',
  text: "안녕하세요.\n.점으로 시작하는 줄\n",
  inline: [{ cid: "trend", png: Buffer.from("89504e470d0a1a0a", "hex") }],
  attachments: [
    {
      filename: "한빛커피 광고 주간 2026-10-26.xlsx",
      contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      bytes: Buffer.alloc(70_000, 200),
    },
    { filename: "한빛커피 광고 주간 2026-10-26.pdf", contentType: "application/pdf", bytes: Buffer.from("%PDF-1.7") },
  ],
  messageId: messageIdFor(identity, "client", "agency.example"),
  date: "2026-11-02T00:00:00.000Z",
  listId: listIdFor(identity, "agency.example"),
  headers: { "X-Report-Run": "hanbit-coffee.ppc.weekly.2026-10-26.r1" },
};

describe("a composed message", () => {
  it("comes out of a real mail server as it went in: Korean subject, names, texts, pictures and file names", async () => {
    const server = await startMailServer({ dir: tempFolder() });
    const bytes = await composeMessage(parts);
    await sendMail(
      { host: server.host, port: server.port, tls: "none" },
      { from: parts.from.address, to: ["ceo@hanbit.example"], bytes, release: () => true },
    );
    const received = await readFile(server.mails()[0]!.file);
    await server.close();

    expect(received.equals(bytes)).toBe(true);
    const mail = await simpleParser(received);
    expect(mail.subject).toBe(parts.subject);
    expect(mail.from?.value).toEqual([parts.from]);
    expect(mail.replyTo?.value).toEqual([parts.replyTo]);
    expect([mail.to].flat().flatMap((each) => each?.value ?? [])).toEqual(parts.to);
    expect(mail.text?.replaceAll("\r\n", "\n")).toBe(parts.text);
    expect(mail.html).toContain("안녕하세요");
    expect(mail.date?.toISOString()).toBe(parts.date);
    expect(mail.messageId).toBe(parts.messageId);
    expect(
      mail.attachments.map(({ filename, contentType, related }) => [filename, contentType, related === true]),
    ).toEqual([
      ["trend.png", "image/png", true],
      ...parts.attachments.map(({ filename, contentType }) => [filename, contentType, false]),
    ]);
    expect(mail.attachments[1]?.content.equals(Buffer.from(parts.attachments[0]!.bytes))).toBe(true);
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail.headers.get("x-auto-response-suppress")).toBe("All");
    expect(mail.headers.get("x-report-run")).toBe("hanbit-coffee.ppc.weekly.2026-10-26.r1");
    expect(bytes.toString()).toContain("List-ID: <ppc.hanbit-coffee.agency.example>\r\n");
  });

  it("has the same bytes whenever it is made from the same parts", async () => {
    expect((await composeMessage(parts)).equals(await composeMessage(parts))).toBe(true);
  });

  it("keeps header lines to ASCII and to a length that every server takes", async () => {
    const text = (await composeMessage(parts)).toString("latin1");
    const headers = text.slice(0, text.indexOf("\r\n\r\n"));
    expect(headers).toMatch(/^[\x20-\x7e\r\n\t]*$/);
    for (const line of text.split("\r\n")) expect(line.length).toBeLessThan(999);
  });

  it("gains no header line from a line break in a subject, a name or a file name", async () => {
    const sly = "안녕\r\nBcc: evil@rival.example";
    const mail = await simpleParser(
      await composeMessage({
        ...parts,
        subject: sly,
        to: [{ name: sly, address: "ceo@hanbit.example" }],
        attachments: [{ filename: sly, contentType: "text/plain", bytes: Buffer.from("x") }],
      }),
    );
    expect(mail.bcc).toBeUndefined();
    expect([mail.to].flat().flatMap((each) => each?.value.map(({ address }) => address) ?? [])).toEqual([
      "ceo@hanbit.example",
    ]);
  });
});

describe("a message id", () => {
  it("names run and audience, and is the same each time", () => {
    const id = messageIdFor(identity, "client", "agency.example");
    expect(id).toMatch(/^<hanbit-coffee\.ppc\.weekly\.2026-10-26\.r1\.client\.[0-9a-f]{12}@agency\.example>$/);
    expect(messageIdFor({ ...identity }, "client", "agency.example")).toBe(id);
  });

  it("differs by audience, by revision and for a test send", () => {
    const ids = [
      messageIdFor(identity, "client", "agency.example"),
      messageIdFor(identity, "team", "agency.example"),
      messageIdFor({ ...identity, revision: 2 }, "client", "agency.example"),
      messageIdFor(identity, "client", "agency.example", "2026-11-02T01:00:00.000Z"),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});
