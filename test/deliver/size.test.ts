import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { renderDocuments } from "../../jobs/documents.ts";
import { messagesFor, type Sending } from "../../jobs/send.ts";
import { CLIENT, judged } from "../config/home.ts";
import { koreanWeekly } from "../fixtures/report.ts";
import { identity } from "./stage.ts";

async function sending(): Promise<Sending> {
  const { client, config } = await judged(CLIENT);
  const [def] = client?.reports ?? [];
  if (!client || !def || !config.agency) throw new Error("the config of the test is refused");
  const documents = await renderDocuments(koreanWeekly, [], ["excel"]);
  return { agency: config.agency, client, def, run: identity, report: koreanWeekly, documents, folder: "out/hanbit" };
}

describe("a mail larger than `size_limit`", () => {
  it("goes without its files, tells its reader so, and tells the AE where they lie", async () => {
    const given = await sending();
    const [whole] = await messagesFor(given);
    expect(whole?.reason).toBeNull();
    const limit = whole!.bytes.length - 1;
    const [small] = await messagesFor({ ...given, agency: { ...given.agency, size_limit: limit } });
    expect(small!.bytes.length).toBeLessThan(limit);
    expect(small?.reason).toMatchObject({
      code: "DELIVERY_TOO_LARGE",
      facts: { audience: "client", folder: "out/hanbit", files: given.documents.excel?.filename },
    });

    const names = async (bytes: Uint8Array) =>
      (await simpleParser(Buffer.from(bytes))).attachments.map(({ filename }) => filename);
    expect(await names(whole!.bytes)).toEqual(["trend.png", "trend-dark.png", given.documents.excel?.filename]);
    expect(await names(small!.bytes)).toEqual(["trend.png", "trend-dark.png"]);
    const mail = await simpleParser(Buffer.from(small!.bytes));
    for (const text of [mail.html, mail.text]) {
      expect(text).toContain("파일이 너무 커서 첨부하지 못했습니다.");
      expect(text).toContain(given.documents.excel?.filename);
      expect(text).not.toContain("첨부 파일");
    }
  });

  it("goes as it is where it fits to the byte", async () => {
    const given = await sending();
    const [whole] = await messagesFor(given);
    const [same] = await messagesFor({ ...given, agency: { ...given.agency, size_limit: whole!.bytes.length } });
    expect(Buffer.from(same!.bytes).equals(whole!.bytes)).toBe(true);
  });
});
