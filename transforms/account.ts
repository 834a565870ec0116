/** Whether two texts name the same account: platforms and people write dashes and prefixes as they like. */
export function sameAccount(a: string, b: string): boolean {
  return accountKey(a) === accountKey(b);
}

const accountKey = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^(act_|sc-domain:|@)/u, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
