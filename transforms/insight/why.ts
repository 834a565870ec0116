import Big from "big.js";
import type { KpiDef } from "../definitions.ts";
import { isMetric, type KpiBook } from "../kpi/compute.ts";
import { decimalText } from "../kpi/decimal.ts";
import { type Ast, evaluate, formulaOf, inputs, meaningOf } from "../kpi/formula.ts";
import type { Why } from "../report/model.ts";
import type { Part } from "../report/parts.ts";

/** A part's place in the change: a sum's numerator alone, a ratio's numerator and denominator. */
interface Weights {
  name: string;
  after: { top: Big; bottom: Big };
  before: { top: Big; bottom: Big };
}

/** More parts than these are told as one. */
const told = 10;

/**
 * Splits the change of a KPI into what each part contributed, adding up exactly.
 *
 * A sum's parts are their own differences. A ratio R = Σa / Σb splits with the weights w = b / Σb: the part's *rate*
 * effect is (r₁ − r₀) · (w₀ + w₁) / 2 and its *mix* effect (w₁ − w₀) · ((r₀ + r₁) / 2 − (R₀ + R₁) / 2); the
 * subtracted mean changes no total, since the weights add up to one, and says whether weight moved towards better parts.
 *
 * Null where the parts do not make up the whole.
 */
export function whyOf(
  def: KpiDef,
  label: string,
  by: string,
  delta: string,
  now: readonly Part[],
  then: readonly Part[],
  others: string,
  book: KpiBook,
): Why | null {
  const shape = shapeOf(formulaOf(def, book.kpis, book.channel));
  if (!shape) return null;
  const names = new Map([...then, ...now].map((part) => [part.key, part.name]));
  const weights = [...names].flatMap(([key, name]): Weights[] => {
    const [after, before] = [now, then].map((side) => {
      const part = side.find((each) => each.key === key);
      return part ? weigh(part, def, shape) : { top: zero, bottom: zero };
    });
    return after && before ? [{ name, after, before }] : [];
  });
  const parts = shape.bottom
    ? ofRatio(weights, shape.factor)
    : weights.map(({ name, after: a, before: b }) => ({
        name,
        rate: null,
        mix: null,
        total: a.top.minus(b.top).times(shape.factor),
      }));
  if (!parts) return null;
  const sum = parts.reduce((all, { total }) => all.plus(total), zero);
  if (sum.minus(delta).abs().gt("1e-9")) return null;
  return { kpi: def.id, label, against: "previous", delta, by, parts: rounded(parts, new Big(delta), others) };
}

interface Effect {
  name: string;
  rate: Big | null;
  mix: Big | null;
  total: Big;
}

function ofRatio(weights: readonly Weights[], factor: Big): Effect[] | null {
  const whole = (side: "after" | "before", part: "top" | "bottom"): Big =>
    weights.reduce((sum, each) => sum.plus(each[side][part]), zero);
  const [bottomNow, bottomThen] = [whole("after", "bottom"), whole("before", "bottom")];
  if (bottomNow.eq(0) || bottomThen.eq(0)) return null;
  const middle = whole("after", "top").div(bottomNow).plus(whole("before", "top").div(bottomThen)).div(2);
  return weights.map(({ name, after: now, before: then }) => {
    const [weightNow, weightThen] = [now.bottom.div(bottomNow), then.bottom.div(bottomThen)];
    const moved = now.top.div(bottomNow).minus(then.top.div(bottomThen));
    const total = moved.minus(weightNow.minus(weightThen).times(middle)).times(factor);
    const both = now.bottom.gt(0) && then.bottom.gt(0);
    const rate = both
      ? now.top.div(now.bottom).minus(then.top.div(then.bottom)).times(weightNow.plus(weightThen)).div(2).times(factor)
      : zero;
    return { name, rate, mix: total.minus(rate), total };
  });
}

/** The largest first, the small ones as one, and the last digits settled so that the texts add up exactly. */
function rounded(effects: readonly Effect[], delta: Big, others: string): Why["parts"] {
  const sorted = effects.toSorted((a, b) => b.total.abs().cmp(a.total.abs())).filter(({ total }) => !total.eq(0));
  const rest = sorted.slice(told);
  const merged: Effect[] = rest.length
    ? [
        {
          name: others,
          rate: addAll(rest, "rate"),
          mix: addAll(rest, "mix"),
          total: rest.reduce((sum, { total }) => sum.plus(total), zero),
        },
      ]
    : [];
  const texts = [...sorted.slice(0, told), ...merged].map(({ name, rate, total }) => ({
    name,
    rate: rate && decimalText(rate),
    total: decimalText(total),
  }));
  const left = delta.minus(texts.reduce((sum, { total }) => sum.plus(total), zero));
  const first = texts[0];
  if (first) first.total = decimalText(new Big(first.total).plus(left));
  return texts.map(({ name, rate, total }) => ({
    name,
    rate,
    mix: rate === null ? null : decimalText(new Big(total).minus(rate)),
    total,
  }));
}

const addAll = (effects: readonly Effect[], side: "rate" | "mix"): Big | null =>
  effects.reduce<Big | null>((sum, each) => (sum === null || each[side] === null ? null : sum.plus(each[side])), zero);

interface Shape {
  factor: Big;
  top: Ast;
  bottom: Ast | null;
}

/** A formula as factor × top / bottom; null for any other form, such as one minus a ratio. */
function shapeOf(ast: Ast): Shape | null {
  if (ast.kind === "*" && ast.right.kind === "number") return scaled(shapeOf(ast.left), ast.right.text);
  if (ast.kind === "*" && ast.left.kind === "number") return scaled(shapeOf(ast.right), ast.left.text);
  if (ast.kind === "/")
    return isSum(ast.left) && isSum(ast.right) ? { factor: one, top: ast.left, bottom: ast.right } : null;
  return isSum(ast) ? { factor: one, top: ast, bottom: null } : null;
}

const scaled = (shape: Shape | null, text: string): Shape | null =>
  shape && { ...shape, factor: shape.factor.times(text) };

/** Sums and differences of names: what adds over parts. */
const isSum = (ast: Ast): boolean =>
  ast.kind === "+" || ast.kind === "-"
    ? isSum(ast.left) && isSum(ast.right)
    : ast.kind === "name" && isMetric(ast.name);

/** Null where the part lacks an input, as its whole platform then does. */
function weigh(part: Part, def: KpiDef, { top, bottom }: Shape): { top: Big; bottom: Big } | null {
  const value = (ast: Ast): Big | null => {
    const values: Record<string, Big | null> = {};
    for (const name of inputs(ast).filter(isMetric)) {
      const meaning = meaningOf(def, name, part.platform);
      const source = part.figures.sources[0];
      const read = Object.fromEntries(
        inputs(meaning)
          .filter(isMetric)
          .map((metric) => [metric, source ? part.figures.read(source, metric, part.span).value : null]),
      );
      values[name] = evaluate(meaning, read).value;
    }
    return evaluate(ast, values).value;
  };
  const [above, below] = [value(top), bottom ? value(bottom) : one];
  return above && below ? { top: above, bottom: below } : null;
}

const zero = new Big(0);
const one = new Big(1);
