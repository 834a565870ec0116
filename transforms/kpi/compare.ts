import Big from "big.js";
import type { Change } from "../report/model.ts";
import { decimalText } from "./decimal.ts";

/**
 * The change from `before` to `value`: relative and in the value's own unit.
 *
 * A true zero before makes it `new`; an unknown on either side leaves nothing to compare. `comparable` is false where
 * the two were not taken alike (provisional against final, posts of unequal age): the number stays, the arrow goes.
 */
export function changeOf(value: Big | null, before: Big | null, comparable = true): Change {
  if (value === null || before === null) return noChange;
  const delta = value.minus(before);
  if (before.eq(0)) {
    return value.eq(0)
      ? { kind: "change", ratio: "0", delta: "0", comparable }
      : { kind: "new", ratio: null, delta: decimalText(delta), comparable };
  }
  return { kind: "change", ratio: decimalText(delta.div(before.abs())), delta: decimalText(delta), comparable };
}

export const noChange: Change = { kind: "none", ratio: null, delta: null, comparable: false };

/** The mean of several periods' totals; null where one of them is unknown. */
export function meanOf(values: readonly (Big | null)[]): Big | null {
  if (values.length === 0 || values.some((value) => value === null)) return null;
  return values.reduce<Big>((sum, value) => sum.plus(value ?? 0), new Big(0)).div(values.length);
}
