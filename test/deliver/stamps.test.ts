import { describe, expect, it } from "vitest";
import { composeMessage } from "../../jobs/deliver/message.ts";
import { foreignPart } from "../../jobs/deliver/stamps.ts";
import { type Documents, filesOf, renderDocuments } from "../../jobs/documents.ts";
import type { Report } from "../../transforms/report/model.ts";
import { stampOf } from "../../transforms/report/stamp.ts";
import { koreanWeekly } from "../fixtures/report.ts";

const A = "ceo@hanbit.example";
const RUN = stampOf(koreanWeekly);
/** The same report of a client whose name differs in one letter, and of the week before. */
const others: Report[] = [
  { ...koreanWeekly, client: `${koreanWeekly.client}s` },
  { ...koreanWeekly, period: { ...koreanWeekly.period, from: "2026-10-19" } },
];

const draw = (report: Report) => renderDocuments(report, [], ["excel", "pdf"]);

function mail(documents: Documents, run = RUN): Promise<Buffer> {
  return composeMessage({
    from: { name: "예시 에이전시", address: "reports@agency.example" },
    replyTo: null,
    to: [{ name: '김대표, "대표"', address: A }],
    subject: documents.mail.subject,
    html: documents.mail.html,
    text: documents.mail.text,
    inline: documents.chart ? [documents.chart] : [],
    attachments: filesOf(documents),
    messageId: "<1@agency.example>",
    date: "2026-11-02T00:00:00.000Z",
    listId: "ppc.hanbit-coffee.agency.example",
    headers: { "X-Report-Run": run },
  });
}

describe("a stored mail that is opened again before it leaves", () => {
  it("passes where every part says the run, whoever wrote the address how", async () => {
    const bytes = await mail(await draw(koreanWeekly));
    expect(await foreignPart(bytes, RUN, [A])).toBeNull();
    expect(await foreignPart(bytes, RUN, [A.toUpperCase()])).toBeNull();
  });

  it("is stopped by each part that is another client's or another week's, and by a reader it does not name", async () => {
    const own = await draw(koreanWeekly);
    for (const report of others) {
      const foreign = await draw(report);
      const found = stampOf(report);
      expect(await foreignPart(await mail({ ...own, excel: foreign.excel }), RUN, [A])).toEqual({
        part: "Excel",
        found,
      });
      expect(await foreignPart(await mail({ ...own, pdf: foreign.pdf }), RUN, [A])).toEqual({ part: "PDF", found });
      expect(await foreignPart(await mail({ ...own, mail: foreign.mail }), RUN, [A])).toEqual({ part: "HTML", found });
      expect(await foreignPart(await mail(own, found), RUN, [A])).toEqual({ part: "X-Report-Run", found });
      expect(await foreignPart(await mail(foreign, found), RUN, [A])).toMatchObject({ found });
    }
    expect(await foreignPart(await mail(own), RUN, [A, "cmo@hanbit.example"])).toMatchObject({ part: "To" });
    expect(await foreignPart(await mail(own), RUN, ["eo@hanbit.example"])).toMatchObject({ part: "To" });
  }, 30_000);

  it("is stopped by a file that says nothing of where it belongs", async () => {
    const own = await draw(koreanWeekly);
    const bytes = Buffer.from("%PDF-1.7\n");
    expect(await foreignPart(await mail({ ...own, pdf: own.pdf && { ...own.pdf, bytes } }), RUN, [A])).toEqual({
      part: "PDF",
      found: "–",
    });
  });

  it("is stopped by what stands in a mail that it carries", async () => {
    const own = await draw(koreanWeekly);
    const carrying = (inner: Buffer) =>
      mail({ ...own, pdf: { filename: "a.eml", contentType: "message/rfc822", bytes: inner } });
    expect(await foreignPart(await carrying(await mail(own)), RUN, [A])).toBeNull();
    const foreign = await draw(others[0]!);
    expect(await foreignPart(await carrying(await mail({ ...own, excel: foreign.excel })), RUN, [A])).toMatchObject({
      part: "Excel",
    });
  });
});
