import { randomBytes } from "node:crypto";
import { type Environment, type Secret, secret } from "../config/secret.ts";
import type { Protection, ReportDef } from "../transforms/definitions.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import type { Report } from "../transforms/report/model.ts";
import { stampOf } from "../transforms/report/stamp.ts";
import { type DocumentFile, type Documents, drawMail, filesOf } from "./documents.ts";

/** The password of a client's files, read now, so that a new one counts at once. Refuses one that is soon guessed. */
export function filesPassword({ password: reference }: Protection, client: string, env: Environment): Secret {
  const place = { client, file: `clients/${client}/client.yaml` };
  let read: Secret;
  try {
    read = secret(reference, env);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BogoError([problem("CONFIG_SECRET_MISSING", { reference, why }, place)]);
  }
  if ([...read.reveal()].length < leastLength)
    throw new BogoError([problem("CONFIG_PASSWORD_SHORT", { reference, least: leastLength }, place)]);
  return read;
}

/**
 * The files of a report encrypted, with the mail that says so. They are drawn and sealed last of all, and each carries
 * the report's stamp beside it, since nobody can look inside any more.
 */
export async function sealed(report: Report, documents: Documents, password: Secret): Promise<Documents["sealed"]> {
  const { theme, chart, logos } = documents;
  const stamp = stampOf(report);
  const seal = async (file: DocumentFile | null, bytes: () => Promise<Uint8Array>): Promise<DocumentFile | null> =>
    file && { ...file, bytes: await bytes(), stamp };
  const excel = await seal(documents.excel, async () => {
    const { sealWorkbook } = await import("../templates/excel/seal.ts");
    return sealWorkbook(documents.excel?.bytes ?? new Uint8Array(), password.reveal());
  });
  const pdf = await seal(documents.pdf, async () => {
    const { renderPdf } = await import("../templates/pdf/render.ts");
    // Whoever knows the reader's password may read, print and copy, not change; the other one nobody knows.
    const lock = { user: password.reveal(), owner: randomBytes(24).toString("base64url") };
    return renderPdf(report, { theme, lock });
  });
  const mail = await drawMail(report, { chart, logos, theme }, { attachments: filesOf({ excel, pdf }), leftOut: [] });
  return { excel, pdf, mail };
}

/**
 * What one audience gets. Only an audience that the config leaves out by name gets files that open without a password:
 * a test send and whoever is new get those that do not.
 */
export function documentsFor(documents: Documents, { protect, audiences }: ReportDef, audience: string): Documents {
  const open =
    !protect || (protect.to !== null && !protect.to.includes(audience) && audiences.some(({ id }) => id === audience));
  return open ? documents : protectedOnes(documents);
}

/** The copies that lie in the out folder: encrypted where any audience's files are. */
export function copiesOf(documents: Documents): Documents {
  return documents.sealed ? protectedOnes(documents) : documents;
}

function protectedOnes(documents: Documents): Documents {
  if (!documents.sealed) throw new Error("The files should be encrypted and are not.");
  return { ...documents, ...documents.sealed };
}

/** Shorter ones are found by trying all. */
const leastLength = 8;
