import { josa } from "es-hangul";
import type { Text } from "./metrics.ts";
import { bigqueryProblems } from "./problem/bigquery.ts";
import { configProblems } from "./problem/config.ts";
import { deliveryProblems } from "./problem/delivery.ts";
import { fileProblems } from "./problem/file.ts";
import { operationProblems } from "./problem/operation.ts";
import { remedyProblems } from "./problem/remedies.ts";
import { runProblems } from "./problem/run.ts";
import { templateProblems } from "./problem/template.ts";
import { themeProblems } from "./problem/theme.ts";

/** One entry of the catalogue: what happened and the next step, in both languages, with `{name}` for the evidence. */
export interface ProblemEntry {
  severity: "error" | "warning";
  say: Text;
  next: Text;
}

/** Every problem the program can report, by its stable code. A test compares this with the docs, both ways. */
export const catalogue = {
  ...configProblems,
  ...themeProblems,
  ...templateProblems,
  ...fileProblems,
  ...runProblems,
  ...deliveryProblems,
  ...operationProblems,
  ...remedyProblems,
  ...bigqueryProblems,
} satisfies Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof catalogue;

/** Where a problem lies. Paths are relative to the root that holds them; lines and columns count from 1. */
export interface Place {
  client?: string;
  file?: string;
  line?: number;
  column?: number;
}

export interface Problem extends Place {
  code: ProblemCode;
  severity: "error" | "warning";
  /** The evidence: what fills the `{…}` of the texts. Words that have a language stand as `what_ko` and `what_en`. */
  facts: Readonly<Record<string, string>>;
}

/** Makes a problem of the catalogue. Every `{name}` of its texts must be among the facts. */
export function problem(
  code: ProblemCode,
  facts: Readonly<Record<string, string | number>> = {},
  place: Place = {},
): Problem {
  const plain = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, String(value)]));
  return { code, severity: catalogue[code].severity, facts: plain, ...place };
}

/** What happened, in one language, with Korean particles that agree: `{file:이/가}`. */
export function sayProblem({ code, facts }: Problem, lang: keyof Text): string {
  return fill(catalogue[code].say[lang], facts, lang);
}

/** The next step for the person who reads it. */
export function nextStep({ code, facts }: Problem, lang: keyof Text): string {
  return fill(catalogue[code].next[lang], facts, lang);
}

/** A failure that ends one run; carries the problems so that the command prints them all. */
export class BogoError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map((each) => `${each.code}: ${sayProblem(each, "en")}`).join("\n"), options);
    this.name = "BogoError";
    this.problems = problems;
  }
}

type Particles = Parameters<typeof josa>[1];

/** A particle follows the closing backtick, but agrees with the word before it: "`recpients`는". */
function fill(template: string, facts: Readonly<Record<string, string>>, lang: keyof Text): string {
  const filled = template.replace(
    /(`?)\{(\w+)(?::([^}]+))?\}(`?)/g,
    (whole, open: string, name: string, particles: string | undefined, close: string) => {
      const value = facts[name] ?? facts[`${name}_${lang}`];
      if (value === undefined) return whole;
      return `${open}${value}${close}${particles ? josa.pick(spoken(value), particles as Particles) : ""}`;
    },
  );
  // Evidence that is a sentence brings its own full stop.
  return filled.replace(/(?<!\.)\.\.(?=\s|$)/g, ".");
}

/** The word as its end sounds in Korean, which decides the particle: 1 is read 일, and a final l, m, n or ng closes too. */
function spoken(word: string): string {
  const end = /(\d|ng|[lmn])[^\p{L}\d]*$/iu.exec(word)?.[1]?.toLowerCase();
  return (end !== undefined && endings[end]) || word;
}

const endings: Readonly<Record<string, string>> = {
  ...Object.fromEntries([..."영일이삼사오육칠팔구"].map((word, digit) => [String(digit), word])),
  l: "을",
  m: "음",
  n: "은",
  ng: "응",
};
