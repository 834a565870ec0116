import Big from "big.js";
import { type Ast, evaluate, inputs, parseFormula } from "../../transforms/kpi/formula.ts";
import type { Change, Definition } from "../../transforms/report/model.ts";
import { noValue } from "../text.ts";

/** A number of the model and the cell that it stands in. */
export interface Placed {
  address: string;
  value: string | null;
}

/**
 * A rate as a formula over cells of its own sheet, so that an analyst's change recalculates it. Null where the cells do
 * not lead to the model's own number: a platform without an input is left out of a rate but not of the sums beside it,
 * and then the rate stays the number that it is.
 */
export function rateFormula(
  id: string,
  value: string | null,
  definitions: readonly Definition[],
  cellOf: (id: string) => Placed | undefined,
): string | null {
  const expression = definitions.find(({ kpi }) => kpi === id)?.expression;
  if (value === null || !expression) return null;
  const ast = parseFormula(expression);
  const names = inputs(ast);
  const values = Object.fromEntries(names.map((name) => [name, exact(cellOf(name))]));
  if (names.length === 0 || !isSame(evaluate(ast, values).value, value)) return null;
  const cell = (name: string): string => cellOf(name)?.address ?? "";
  return ast.kind === "/"
    ? `IF(${written(ast.right, cell)}=0,"${noValue}",${written(ast, cell)})`
    : `IFERROR(${written(ast, cell)},"${noValue}")`;
}

/** A relative change as a formula over the two cells that it compares; null where it is not simply their ratio. */
export function changeFormula(change: Change | null | undefined, now: Placed, before: Placed): string | null {
  const [value, base] = [exact(now), exact(before)];
  if (change?.kind !== "change" || change.ratio === null || !value || !base || base.lte(0)) return null;
  if (!isSame(value.div(base).minus(1), change.ratio)) return null;
  return `IF(${before.address}=0,"${noValue}",${now.address}/${before.address}-1)`;
}

/** A difference as a formula, in the unit that its cell counts in. */
export function differenceFormula(
  delta: string | null | undefined,
  now: Placed,
  before: Placed,
  factor: number,
): string | null {
  const [value, base] = [exact(now), exact(before)];
  if (delta === null || delta === undefined || !value || !base || !isSame(value.minus(base), delta)) return null;
  const difference = `${now.address}-${before.address}`;
  return factor === 1 ? difference : `(${difference})*${factor}`;
}

/** A total as the sum of the cells above it; null where the model's is another (people reached, cuts that overlap). */
export function sumFormula(parts: readonly (string | null)[], total: string | null, area: string): string | null {
  if (total === null || parts.length === 0 || parts.some((part) => part === null)) return null;
  const sum = parts.reduce((all, part) => all.plus(part ?? 0), new Big(0));
  return isSame(sum, total) ? `SUM(${area})` : null;
}

const exact = (placed: Placed | undefined): Big | null => (placed?.value == null ? null : new Big(placed.value));

/** Equal to far more digits than a cell keeps. */
function isSame(reckoned: Big | null, value: string): boolean {
  if (!reckoned) return false;
  const model = new Big(value);
  return reckoned.minus(model).abs().lte(model.abs().times("1e-14"));
}

/** The expression with its names as cells; brackets wherever an operation holds another. */
function written(ast: Ast, cell: (name: string) => string): string {
  if (ast.kind === "number") return ast.text;
  if (ast.kind === "name") return cell(ast.name);
  const inner = (part: Ast): string =>
    part.kind === "number" || part.kind === "name" ? written(part, cell) : `(${written(part, cell)})`;
  return ast.kind === "minus" ? `-${inner(ast.of)}` : `${inner(ast.left)}${ast.kind}${inner(ast.right)}`;
}
