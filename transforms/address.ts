/** A person's mail address. The name may be empty. */
export interface Address {
  name: string;
  address: string;
}

/**
 * Reads `김대표 <ceo@hanbit.example>` or `ceo@hanbit.example`; null for anything else.
 *
 * Stricter than the mail standards on purpose: no quoting, comments, groups or lists, because a mail library that
 * understands those can turn one text of the config into two recipients.
 */
export function parseAddress(text: string): Address | null {
  const named = /^([^<>]*)<([^<>]*)>$/.exec(text.trim());
  const name = named ? (named[1] ?? "").trim().normalize("NFC") : "";
  const address = named ? (named[2] ?? "") : text.trim();
  if (FORBIDDEN_IN_NAME.test(name) || name.length > 100 || !isMailbox(address)) return null;
  return { name, address: canonical(address) };
}

/** The domain of an address, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** Whether an address lies in one of the domains: exactly, a subdomain is another domain. */
export function withinDomains(address: string, domains: readonly string[]): boolean {
  return domains.some((domain) => domain.toLowerCase() === domainOf(address));
}

/** A comma or an `@` in a name is most often a second recipient; control and direction marks hide text. */
const FORBIDDEN_IN_NAME = /[<>@"\\,;:\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

function isMailbox(address: string): boolean {
  const [local, domain, ...more] = address.split("@");
  if (local === undefined || domain === undefined || more.length > 0) return false;
  const labels = domain.split(".");
  return (
    address.length <= 254 &&
    local.length <= 64 &&
    LOCAL.test(local) &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label))
  );
}

/** The domain's case carries nothing; the local part's may, so it stays. */
function canonical(address: string): string {
  return `${address.slice(0, address.lastIndexOf("@"))}@${domainOf(address)}`;
}
