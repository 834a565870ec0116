import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { composeMessage, type MessageParts } from "../../jobs/deliver/message.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const parts: MessageParts = {
  from: { name: "예시 에이전시", address: "reports@agency.example" },
  replyTo: null,
  to: [{ name: "김대표", address: "ceo@hanbit.example" }],
  subject: "한빛커피 광고 주간 리포트",
  html: "<p>안녕하세요</p>",
  text: "안녕하세요\n",
  inline: [],
  attachments: [],
  messageId: "<1@agency.example>",
  date: "2026-11-02T00:00:00.000Z",
  listId: "ppc.hanbit-coffee.agency.example",
};
const key = { domain: "agency.example", selector: "s1", privateKey };

/** Judges a signature as RFC 6376 says for relaxed/relaxed, from the bytes alone. */
function verify(message: string): { signed: string[]; body: boolean; headers: boolean } {
  const end = message.indexOf("\r\n\r\n");
  const headers = message.slice(0, end).split(/\r\n(?![ \t])/);
  const relaxed = (line: string) => {
    const [name = "", ...rest] = line.split(":");
    return `${name.toLowerCase()}:${rest.join(":").replace(/\r\n/g, "").replace(/\s+/g, " ").trim()}`;
  };
  const field = headers.find((line) => /^DKIM-Signature:/i.test(line)) ?? "";
  const tags = new Map(
    field
      .replace(/^[^:]+:/, "")
      .replace(/\s+/g, "")
      .split(";")
      .map((tag) => [tag.slice(0, tag.indexOf("=")), tag.slice(tag.indexOf("=") + 1)]),
  );
  const body = message
    .slice(end + 4)
    .split("\r\n")
    .map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""))
    .join("\r\n")
    .replace(/(\r\n)+$/, "\r\n");
  const signed = (tags.get("h") ?? "").toLowerCase().split(":");
  const canonical = signed.map((name) => relaxed(headers.find((line) => line.toLowerCase().startsWith(`${name}:`))!));
  const own = relaxed(field.replace(/(\bb=)[^;]*$/, "$1"));
  const judge = createVerify("RSA-SHA256").update([...canonical, own].join("\r\n"));
  return {
    signed,
    body: createHash("sha256").update(body).digest("base64") === tags.get("bh"),
    headers: judge.verify(publicKey, tags.get("b") ?? "", "base64"),
  };
}

describe("a mail that is signed here", () => {
  it("carries a signature over its headers and body that the public key confirms, and the same each time", async () => {
    const mail = await composeMessage({ ...parts, dkim: key });
    const { signed, body, headers } = verify(mail.toString());
    expect({ body, headers }).toEqual({ body: true, headers: true });
    expect(signed).toEqual(expect.arrayContaining(["from", "to", "subject", "date", "message-id", "list-id"]));
    expect(mail.equals(await composeMessage({ ...parts, dkim: key }))).toBe(true);
    expect(verify(mail.toString().replace("=?UTF-8", "=?utf-8")).headers).toBe(false);
  });

  it("is unsigned without a key", async () => {
    expect((await composeMessage(parts)).toString()).not.toContain("DKIM-Signature");
  });

  it("is refused where the key is none, and no word of the key is repeated", async () => {
    const { privateKey: other } = generateKeyPairSync("ed25519", {
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    for (const wrong of ["canary-key", other, publicKey]) {
      const refusal = await composeMessage({ ...parts, dkim: { ...key, privateKey: wrong } }).catch(String);
      expect(refusal).toContain("MAIL_DKIM_KEY");
      expect(refusal).not.toMatch(/canary/);
    }
  });
});
