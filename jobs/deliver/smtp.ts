import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { redact } from "../../config/secret.ts";
import { BogoError, problem } from "../../transforms/problem.ts";

/** The mail server. Secrets are already read: they are asked for at each use, so that they can rotate. */
export interface SmtpSettings {
  host: string;
  port: number;
  user?: string;
  pass?: string;
  /** Access by a token that is fetched for each mail, instead of user and password. */
  oauth2?: OAuth2;
  /** `starttls` (default; `implicit` on port 465) never falls back to clear text. `none` is for this machine only. */
  tls?: "starttls" | "implicit" | "none";
  timeouts?: Partial<Timeouts>;
}

/** The grant by which a mail provider gives out access tokens. */
export interface OAuth2 {
  user: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** Where tokens come from. */
  url: string;
}

/** In milliseconds. `whole` bounds the transaction, however busy the server keeps the line. */
export interface Timeouts {
  connect: number;
  greeting: number;
  silence: number;
  whole: number;
}

export const timeouts: Readonly<Timeouts> = { connect: 30_000, greeting: 30_000, silence: 90_000, whole: 240_000 };

/** What the server said about one recipient. `deferred`: it surely has not taken the message, try again. */
export interface RecipientOutcome {
  address: string;
  outcome: "accepted" | "deferred" | "refused" | "unknown";
  /** The reply code; null where the server gave none. */
  code: number | null;
  text: string;
  /** No encrypted line that can be trusted: neither password nor mail has left. */
  untrusted?: boolean;
}

export interface Transaction {
  from: string;
  to: readonly string[];
  bytes: Uint8Array;
  /**
   * Called once, when the server waits for the message's last bytes; they leave only if it returns true. It must have
   * written down that they may be gone before it returns: from here on only an answer tells what happened.
   */
  release: () => boolean;
  signal?: AbortSignal;
}

/** Refuses settings that would send mail or secrets in clear over a network. */
export function checkSettings({ host, tls, oauth2 }: SmtpSettings): void {
  if (tls === "none" && !isThisMachine(host)) throw new BogoError([problem("MAIL_TLS", { host })]);
  if (!oauth2) return;
  const { protocol, hostname } = URL.parse(oauth2.url) ?? { protocol: "", hostname: "" };
  const safe = protocol === "https:" || (protocol === "http:" && isThisMachine(hostname));
  if (!safe) throw new BogoError([problem("MAIL_TOKEN_URL", {}, { file: "agency.yaml" })]);
}

const isThisMachine = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Sends bytes as they are, in one SMTP transaction, and says what became of each recipient. Never sends twice. */
export async function sendMail(settings: SmtpSettings, transaction: Transaction): Promise<RecipientOutcome[]> {
  checkSettings(settings);
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  const auth = await authOf(settings);
  const connection = new Connection(connectionOptions(settings));
  const state = { released: false };
  const limit = AbortSignal.timeout({ ...timeouts, ...settings.timeouts }.whole);
  const signal = transaction.signal ? AbortSignal.any([limit, transaction.signal]) : limit;
  try {
    const info = await transact(connection, auth, transaction, state, signal);
    return transaction.to.map((address) => {
      const refusal = info.rejectedErrors?.find((error) => error.recipient === address);
      if (refusal) return refused(address, refusal);
      const outcome = info.accepted.includes(address) ? "accepted" : "unknown";
      return { address, outcome, code: codeOf(info.response), text: redact(info.response) };
    });
  } catch (error) {
    return transaction.to.map((address) => failed(address, error as Failure, state.released));
  } finally {
    connection.close();
  }
}

/** The connection's own API and not a transport: it asks for the stream only after the server's 354. */
function transact(
  connection: SMTPConnection,
  auth: Auth | null,
  { from, to, bytes, release }: Transaction,
  state: { released: boolean },
  signal: AbortSignal,
): Promise<Info> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) return abort();
    connection.on("error", reject);

    const send = () => {
      const message = Readable.from(fenced(bytes, release, state), { objectMode: false });
      connection.send({ from, to: [...to] }, message, (error, info) => (info ? resolve(info) : reject(error)));
    };
    connection.connect((error) => {
      if (error) return reject(error);
      if (!auth) return send();
      connection.login(auth, (refusal) => (refusal ? reject(refusal) : send()));
    });
  });
}

type Auth = Parameters<SMTPConnection["login"]>[0];

async function authOf({ user, pass, oauth2, timeouts: own }: SmtpSettings): Promise<Auth | null> {
  if (!oauth2) return user === undefined ? null : { user, pass, credentials: { user, pass } };
  const { default: XOAuth2 } = await import("nodemailer/lib/xoauth2");
  const { url: accessUrl, ...grant } = oauth2;
  const requestTimeout = { ...timeouts, ...own }.silence;
  return { user: oauth2.user, oauth2: new XOAuth2({ ...grant, accessUrl, requestTimeout }) };
}

/** The bytes, of which the last part waits for its release. Without it the stream breaks and no final dot is sent. */
function* fenced(bytes: Uint8Array, release: () => boolean, state: { released: boolean }): Generator<Uint8Array> {
  const last = Math.max(0, bytes.length - 1024);
  for (let at = 0; at < last; at += 65_536) yield bytes.subarray(at, Math.min(at + 65_536, last));
  if (!release()) throw new Error("the claim was lost before the message's last bytes");
  state.released = true;
  yield bytes.subarray(last);
}

type Info = Parameters<Parameters<SMTPConnection["send"]>[2]>[1] & object;

/** What the library's errors carry beside the text. */
interface Failure extends Error {
  code?: string;
  /** What the operating system or the TLS library called it. */
  originalCode?: string;
  command?: string;
  responseCode?: number;
  response?: string;
  recipient?: string;
  rejectedErrors?: Failure[];
}

function failed(address: string, error: Failure, released: boolean): RecipientOutcome {
  const own = error.rejectedErrors?.find(({ recipient }) => recipient === address);
  if (own) return refused(address, own);
  // An answer with a code means that the message was not taken; without one, only the release tells.
  if (error.responseCode === undefined && released)
    return { address, outcome: "unknown", code: null, text: textOf(error) };
  // A 5xx to the greeting, the login or the sender speaks of our side: put right there, the message can still go.
  const final = error.command === "RCPT TO" || error.command === "DATA";
  if (final) return refused(address, error);
  const untrusted = error.code === "ETLS" || /CERT|_TLS_|_SSL_|SIGNATURE/.test(error.originalCode ?? "");
  const deferred = { address, outcome: "deferred" as const, code: error.responseCode ?? null, text: textOf(error) };
  return untrusted ? { ...deferred, untrusted } : deferred;
}

function refused(address: string, error: Failure): RecipientOutcome {
  const code = error.responseCode ?? null;
  return { address, outcome: code !== null && code >= 500 ? "refused" : "deferred", code, text: textOf(error) };
}

const textOf = (error: Failure): string => redact(error.response ?? error.message).slice(0, 500);
const codeOf = (response: string): number | null => Number(/^\d{3}/.exec(response)?.[0]) || null;

function connectionOptions(settings: SmtpSettings): ConstructorParameters<typeof SMTPConnection>[0] {
  const { host, port } = settings;
  const tls = settings.tls ?? (port === 465 ? "implicit" : "starttls");
  const { connect, greeting, silence } = { ...timeouts, ...settings.timeouts };
  return {
    host,
    port,
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    tls: { minVersion: "TLSv1.2" },
    connectionTimeout: connect,
    greetingTimeout: greeting,
    socketTimeout: silence,
    logger: false,
  };
}
