const seed = "bogo-samples-1";

/**
 * A number in [0, 1) that depends on its key alone, not on what was drawn before: adding a campaign leaves the others'
 * figures as they are. Only + - × ÷ and integer operations are used here and in the models, so every machine agrees.
 */
export function chance(key: string): number {
  let hash = 0x811c9dc5;
  for (const unit of `${seed}|${key}`) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x100000000;
}

/** A factor around 1, bell-shaped, at most `spread` away from it. */
export function jitter(key: string, spread: number): number {
  return 1 + (spread * (chance(`${key}#1`) + chance(`${key}#2`) + chance(`${key}#3`) - 1.5)) / 1.5;
}

/** A whole number whose expectation is `mean`. */
export function wholeNumber(key: string, mean: number): number {
  return Math.floor(mean + chance(`${key}#whole`));
}

export function pick<T>(key: string, options: readonly [T, ...T[]]): T {
  return options[Math.floor(chance(key) * options.length)] ?? options[0];
}

/** A number with the given count of digits, the first never 0, as text: ids exceed what a double holds. */
export function digits(key: string, length: number): string {
  const first = 1 + Math.floor(chance(`${key}@0`) * 9);
  return (
    String(first) + Array.from({ length: length - 1 }, (_, at) => Math.floor(chance(`${key}@${at + 1}`) * 10)).join("")
  );
}

/** Shares a whole total out by weights without losing one: largest remainders get the rest. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const order = exact
    .map((value, at) => ({ at, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at);
  let left = total - shares.reduce((all, share) => all + share, 0);
  for (const { at } of order) if (left-- > 0) shares[at] = (shares[at] ?? 0) + 1;
  return shares;
}
