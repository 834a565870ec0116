import Big from "big.js";
import type { KpiDef } from "../definitions.ts";
import { type ChannelId, type MetricId, metrics, type PlatformId } from "../metrics.ts";
import type { NullReason } from "../report/model.ts";

/** A parsed formula. Numbers keep their text, so that nothing passes through a double. */
export type Ast =
  | { kind: "number"; text: string }
  | { kind: "name"; name: string }
  | { kind: "minus"; of: Ast }
  | { kind: Operator; left: Ast; right: Ast };
type Operator = "+" | "-" | "*" | "/";

/** Where a formula stops making sense; `at` counts its characters from 1. */
export class FormulaError extends Error {
  readonly at: number;
  readonly found: string;
  readonly expected: string;
  constructor(at: number, found: string, expected: string) {
    super(`at ${at}: found ${found}, expected ${expected}`);
    this.name = "FormulaError";
    this.at = at;
    this.found = found;
    this.expected = expected;
  }
}

/** Parses arithmetic over names: `(promoters - detractors) * 100 / responses`. Throws a FormulaError. */
export function parseFormula(text: string): Ast {
  const tokens = [...text.matchAll(TOKEN)].map((match) => ({ text: match[0], at: match.index + 1 }));
  let next = 0;
  const peek = (): string | undefined => tokens[next]?.text;
  const fail = (expected: string): never => {
    throw new FormulaError(tokens[next]?.at ?? text.length + 1, peek() ?? "end", expected);
  };

  const binary = (operators: readonly string[], operand: (depth: number) => Ast) => {
    return (depth: number): Ast => {
      let left = operand(depth);
      while (operators.includes(peek() ?? "")) {
        const kind = tokens[next++]?.text as Operator; // one of `operators`, just looked at
        left = { kind, left, right: operand(depth) };
      }
      return left;
    };
  };
  const primary = (depth: number): Ast => {
    const token = peek();
    // A formula is read by recursion; config must not be able to exhaust the stack.
    if (depth > 50) return fail("fewer brackets");
    if (token === undefined) return fail("name, number or (");
    if (token === "(") {
      next++;
      const inner = sum(depth + 1);
      if (peek() !== ")") return fail(")");
      next++;
      return inner;
    }
    if (token === "-") {
      next++;
      return { kind: "minus", of: primary(depth + 1) };
    }
    if (!/^[\da-z]/.test(token)) return fail("name, number or (");
    next++;
    return /^\d/.test(token) ? { kind: "number", text: token } : { kind: "name", name: token };
  };
  const product = binary(["*", "/"], primary);
  const sum = binary(["+", "-"], product);

  const ast = sum(0);
  if (next < tokens.length) return fail("operator or end");
  return ast;
}

/** The names that a formula asks for, each once, in the order of their first use. */
export function inputs(ast: Ast): string[] {
  const names = new Set<string>();
  walk(ast, (name) => names.add(name));
  return [...names];
}

export interface Result {
  value: Big | null;
  reason: NullReason | null;
}

/**
 * Evaluates exactly; a division keeps 30 digits. A name without a value makes the whole unknown, for the reason given
 * with it (else `not_collected`); a division by zero has no denominator. Never 0, Infinity or NaN instead.
 */
export function evaluate(
  ast: Ast,
  values: Readonly<Partial<Record<string, Big | null>>>,
  reasons: Readonly<Partial<Record<string, NullReason>>> = {},
): Result {
  for (const name of inputs(ast)) {
    if (!Object.hasOwn(values, name) || values[name] == null)
      return nothing((Object.hasOwn(reasons, name) && reasons[name]) || "not_collected");
  }
  const value = reckon(ast, (name) => new Exact(values[name] ?? 0));
  return value ? { value, reason: null } : nothing("no_denominator");
}

/**
 * A KPI's formula on one channel (null: several channels) with the KPIs in it written out, so that only base metrics
 * and parameters are left. Throws a FormulaError where a KPI leads back to itself.
 */
export function formulaOf(kpi: KpiDef, kpis: ReadonlyMap<string, KpiDef>, channel: ChannelId | null = null): Ast {
  return writeOut(kpi, kpis, channel, []);
}

/** What a metric of a KPI's formula means on a platform: `link_clicks` for `clicks` on Meta, or the metric itself. */
export function meaningOf(kpi: KpiDef, metric: MetricId, platform: PlatformId): Ast {
  const text = kpi.metric_by_platform[metric]?.[platform];
  return text === undefined ? { kind: "name", name: metric } : parseFormula(text);
}

/** A formula as text, with the brackets it needs and a name for each name: `(추천 고객 − 비추천 고객) × 100 ÷ 응답수`. */
export function printFormula(ast: Ast, nameOf: (name: string) => string = (name) => name): string {
  if (ast.kind === "number") return ast.text;
  if (ast.kind === "name") return nameOf(ast.name);
  if (ast.kind === "minus") return `−${bracket(ast.of, 3, nameOf)}`;
  const { sign, rank } = printed[ast.kind];
  return `${bracket(ast.left, rank, nameOf)} ${sign} ${bracket(ast.right, rank + 1, nameOf)}`;
}

/** A formula as `parseFormula` reads it. */
export function writeFormula(ast: Ast): string {
  if (ast.kind === "number") return ast.text;
  if (ast.kind === "name") return ast.name;
  if (ast.kind === "minus") return `-(${writeFormula(ast.of)})`;
  const side = (part: Ast): string =>
    part.kind === "number" || part.kind === "name" ? writeFormula(part) : `(${writeFormula(part)})`;
  return `${side(ast.left)} ${ast.kind} ${side(ast.right)}`;
}

const TOKEN = /\d+(?:\.\d+)?|[a-z][a-z0-9_]*|[^\s]/g;

/** 30 digits: the quotient of two sums is then exact to far more than any report prints. */
const Exact = Big();
Exact.DP = 30;
Exact.RM = Big.roundHalfEven;

const printed: Record<Operator, { sign: string; rank: number }> = {
  "+": { sign: "+", rank: 1 },
  "-": { sign: "−", rank: 1 },
  "*": { sign: "×", rank: 2 },
  "/": { sign: "÷", rank: 2 },
};

const nothing = (reason: NullReason): Result => ({ value: null, reason });

function walk(ast: Ast, visit: (name: string) => void): void {
  if (ast.kind === "name") visit(ast.name);
  else if (ast.kind === "minus") walk(ast.of, visit);
  else if (ast.kind !== "number") {
    walk(ast.left, visit);
    walk(ast.right, visit);
  }
}

/** Null where something is divided by zero. */
function reckon(ast: Ast, get: (name: string) => Big): Big | null {
  if (ast.kind === "number") return new Exact(ast.text);
  if (ast.kind === "name") return get(ast.name);
  if (ast.kind === "minus") return reckon(ast.of, get)?.neg() ?? null;
  const left = reckon(ast.left, get);
  const right = reckon(ast.right, get);
  if (!left || !right) return null;
  if (ast.kind === "+") return left.plus(right);
  if (ast.kind === "-") return left.minus(right);
  if (ast.kind === "*") return left.times(right);
  return right.eq(0) ? null : left.div(right);
}

function writeOut(
  kpi: KpiDef,
  kpis: ReadonlyMap<string, KpiDef>,
  channel: ChannelId | null,
  above: readonly string[],
): Ast {
  if (above.includes(kpi.id))
    throw new FormulaError(1, [...above, kpi.id].join(" → "), "a formula that does not lead back to itself");
  const text = (channel && kpi.by_channel[channel]) ?? kpi.formula;
  return replace(parseFormula(text), (name) => {
    // A metric's name always means the metric, so that the KPI `clicks` may be about `clicks`.
    const inner = Object.hasOwn(metrics, name) ? undefined : kpis.get(name);
    return inner ? writeOut(inner, kpis, channel, [...above, kpi.id]) : { kind: "name", name };
  });
}

function replace(ast: Ast, by: (name: string) => Ast): Ast {
  if (ast.kind === "number") return ast;
  if (ast.kind === "name") return by(ast.name);
  if (ast.kind === "minus") return { kind: "minus", of: replace(ast.of, by) };
  return { kind: ast.kind, left: replace(ast.left, by), right: replace(ast.right, by) };
}

function bracket(ast: Ast, rank: number, nameOf: (name: string) => string): string {
  const text = printFormula(ast, nameOf);
  const own = ast.kind === "name" || ast.kind === "number" ? 9 : ast.kind === "minus" ? 3 : printed[ast.kind].rank;
  return own < rank ? `(${text})` : text;
}
