import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { composeMessage } from "../../jobs/deliver/message.ts";
import { sendMail } from "../../jobs/deliver/smtp.ts";
import { openInbox } from "../../jobs/mail/inbox.ts";
import { startMailServer } from "../../jobs/mail/server.ts";
import { tempFolder } from "./stage.ts";

async function demoMail(subject: string): Promise<Buffer> {
  return composeMessage({
    from: { name: "", address: "reports@agency.example" },
    replyTo: null,
    to: [{ name: "김대표", address: "ceo@hanbit.example" }],
    subject,
    html: "<p>안녕</p>",
    text: "안녕",
    inline: [],
    attachments: [],
    messageId: "<1@agency.example>",
    date: "2026-11-02T00:00:00.000Z",
    listId: "ppc.hanbit-coffee.agency.example",
  });
}

async function serverWith(subjects: string[]) {
  const dir = tempFolder();
  const server = await startMailServer({ dir });
  for (const subject of subjects) {
    await sendMail(
      { host: server.host, port: server.port, tls: "none" },
      {
        from: "reports@agency.example",
        to: ["ceo@hanbit.example"],
        bytes: await demoMail(subject),
        release: () => true,
      },
    );
  }
  return { dir, server };
}

describe("the demo's mail server", () => {
  it("leaves each mail as a file named after its order, reader and subject", async () => {
    const { dir, server } = await serverWith([
      "한빛커피 광고: ROAS 350%",
      "../../etc/passwd\u202e",
      "같은 제목",
      "같은 제목",
    ]);
    expect((await readdir(dir)).sort()).toEqual([
      "001-ceo@hanbit.example-한빛커피-광고-ROAS-350%.eml",
      "002-ceo@hanbit.example-....etcpasswd.eml",
      "003-ceo@hanbit.example-같은-제목.eml",
      "004-ceo@hanbit.example-같은-제목.eml",
    ]);
    expect(server.mails()[0]).toMatchObject({
      from: "reports@agency.example",
      to: ["ceo@hanbit.example"],
      subject: "한빛커피 광고: ROAS 350%",
    });
    await server.close();
  });

  it("keeps file names short enough for every file system", async () => {
    const { server } = await serverWith(["가".repeat(300)]);
    const [mail] = server.mails();
    expect(mail?.subject).toBe("가".repeat(300));
    expect(Buffer.byteLength(mail!.file.split("/").at(-1)!)).toBeLessThan(200);
    await server.close();
  });

  it("listens on this machine alone", async () => {
    const { server } = await serverWith([]);
    expect(server.host).toBe("127.0.0.1");
    await server.close();
  });
});

describe("the web inbox", () => {
  it("shows the mails of a folder", async () => {
    const { dir, server } = await serverWith(["한빛커피 광고", "한빛커피 검색"]);
    await server.close();
    const inbox = await openInbox({ dir, port: 0 });
    const shown = (await (await fetch(`${inbox.url}email`)).json()) as { subject: string; to: { address: string }[] }[];
    await inbox.close();
    expect(inbox.count).toBe(2);
    expect(shown.map(({ subject }) => subject)).toEqual(["한빛커피 광고", "한빛커피 검색"]);
    expect(shown[0]?.to[0]?.address).toBe("ceo@hanbit.example");
    expect((await readFile(`${dir}/${(await readdir(dir)).sort()[0]}`, "utf8")).length).toBeGreaterThan(0);
  });

  it("says to run the demo first when there are none", async () => {
    await expect(openInbox({ dir: tempFolder() })).rejects.toThrow("INBOX_EMPTY");
  });
});
