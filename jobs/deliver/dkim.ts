import { createPrivateKey } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { BogoError, problem } from "../../transforms/problem.ts";

/** Whose signature a mail carries. The key is already read: it is asked for at each use, so that it can rotate. */
export interface DkimKey {
  domain: string;
  selector: string;
  /** In PEM form. */
  privateKey: string;
}

/** The message with its DKIM signature. The same bytes and key give the same signature. */
export async function signMessage(bytes: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> {
  checkKey(privateKey);
  const { default: Dkim } = await import("nodemailer/lib/dkim");
  return buffer(new Dkim({ domainName: domain, keySelector: selector, privateKey }).sign(bytes));
}

/** The library sends a mail without a signature when the key is none; whoever set a key wants to be told. */
function checkKey(pem: string): void {
  const refuse = (why: string): never => {
    throw new BogoError([problem("MAIL_DKIM_KEY", { why }, { file: "agency.yaml" })]);
  };
  try {
    const { asymmetricKeyType: kind } = createPrivateKey(pem);
    if (kind !== "rsa") refuse(`its kind is ${kind}, not rsa`);
  } catch (error) {
    if (error instanceof BogoError) throw error;
    // The library's own words may quote the key.
    refuse((error as NodeJS.ErrnoException).code ?? "it cannot be read");
  }
}
