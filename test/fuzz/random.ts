/** A source of chance that a seed makes repeatable. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  int: (limit: number) => number;
  pick: <T>(from: readonly T[]) => T;
  chance: (probability: number) => boolean;
}

/** The chance of one case of a run: cases do not depend on each other, so one alone can be played again. */
export function chanceOf(seed: number, index: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (limit: number) => Math.floor(next() * limit);
  return {
    int,
    pick: (from) => {
      const found = from[int(from.length)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    chance: (probability) => next() < probability,
  };
}
