import type { Agency } from "../../config/config.ts";
import { type Environment, secret, setting } from "../../config/secret.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import type { DkimKey } from "./dkim.ts";
import type { OAuth2, SmtpSettings } from "./smtp.ts";

/** The mail server of agency.yaml with its secrets read now, so that a rotated password counts at once. */
export function smtpSettings({ smtp }: Agency, env: Environment): SmtpSettings {
  const port = Number(typeof smtp.port === "number" ? smtp.port : read(smtp.port, env, setting));
  const implicit = smtp.secure ?? port === 465;
  return {
    host: read(smtp.host, env, setting),
    port,
    ...(smtp.user === null ? {} : { user: read(smtp.user, env, setting) }),
    ...(smtp.pass === null ? {} : { pass: read(smtp.pass, env, reveal) }),
    ...(smtp.oauth2 === null ? {} : { oauth2: grantOf(smtp.oauth2, env) }),
    tls: implicit ? "implicit" : smtp.require_tls ? "starttls" : "none",
  };
}

function grantOf(written: NonNullable<Agency["smtp"]["oauth2"]>, env: Environment): OAuth2 {
  return {
    user: read(written.user, env, setting),
    clientId: read(written.client_id, env, setting),
    clientSecret: read(written.client_secret, env, reveal),
    refreshToken: read(written.refresh_token, env, reveal),
    url: read(written.url, env, setting),
  };
}

/** The key that signs mails, read now; null where the mail server signs. */
export function dkimKey({ dkim }: Agency, env: Environment): DkimKey | null {
  return dkim && { domain: dkim.domain, selector: dkim.selector, privateKey: read(dkim.private_key, env, reveal) };
}

const reveal = (reference: string, env: Environment): string => secret(reference, env).reveal();

/** A value of agency.yaml that may stand elsewhere. */
function read(reference: string, env: Environment, as: typeof reveal): string {
  try {
    return as(reference, env);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BogoError([problem("CONFIG_SECRET_MISSING", { reference, why }, { file: "agency.yaml" })]);
  }
}
