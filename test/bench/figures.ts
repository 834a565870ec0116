/** The value in the middle of the rounds. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Least and most, rounded. */
export const ends = (values: readonly number[]): [number, number] => [
  Math.round(Math.min(...values)),
  Math.round(Math.max(...values)),
];

export const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** `12 to 15 ms`. */
export const within = ([least, most]: readonly [number, number], unit: string): string => `${least} to ${most} ${unit}`;

export const tenths = (value: number): number => Math.round(value * 10) / 10;
