import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messengerText } from "../templates/email/messenger.ts";
import type { Report } from "../transforms/report/model.ts";
import { type Documents, picturesOf } from "./documents.ts";
import { copiesOf } from "./seal.ts";

/** Where the copies of one report lie. */
export interface Written {
  folder: string;
  model: string;
  excel: string | null;
  pdf: string | null;
  html: string;
}

/**
 * Writes copies of a report for people: the model, the files under their own names (encrypted where a client's are), the
 * mail as a page and as text, and five lines to paste into a messenger.
 */
export async function writeOut(root: string, report: Report, documents: Documents): Promise<Written> {
  const { excel, pdf, mail, chart, logos } = copiesOf(documents);
  const revision = report.run.revision > 1 ? `.r${report.run.revision}` : "";
  const folder = join(root, report.client, `${report.report}.${report.cadence}.${report.period.from}${revision}`);
  await mkdir(folder, { recursive: true });
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  await write("mail.txt", mail.text);
  await write("summary.txt", messengerText(report));
  return {
    folder,
    model: await write("report.json", `${JSON.stringify(report, null, 2)}\n`),
    excel: excel && (await write(excel.filename, excel.bytes)),
    pdf: pdf && (await write(pdf.filename, pdf.bytes)),
    html: await write("mail.html", standalone({ mail, chart, logos })),
  };
}

/** The mail as a page by itself: its pictures, which are parts of their own in a mail, stand in it. */
export function standalone({ mail, chart, logos }: Pick<Documents, "mail" | "chart" | "logos">): string {
  return picturesOf({ chart, logos }).reduce(
    (page, { cid, png }) =>
      page.replaceAll(`"cid:${cid}"`, `"data:image/png;base64,${Buffer.from(png).toString("base64")}"`),
    mail.html,
  );
}
