import { z } from "zod";
import { type Problem, type ProblemCode, problem } from "../transforms/problem.ts";
import { nearest } from "./nearest.ts";
import type { Path, YamlFile } from "./yaml.ts";

/** What a schema makes of a file: its value, or every problem with the place, what was found and what was expected. */
export function judge<Schema extends z.ZodType>(
  schema: Schema,
  yaml: YamlFile,
): { value: z.infer<Schema> | null; problems: Problem[] } {
  if (yaml.problems.length) return { value: null, problems: yaml.problems };
  const parsed = schema.safeParse(yaml.value, { reportInput: true });
  if (parsed.success) return { value: parsed.data, problems: [] };
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  return { value: null, problems: parsed.error.issues.flatMap((issue) => explain(issue, [], { yaml, shape })) };
}

interface Context {
  yaml: YamlFile;
  shape: Shape;
}

type Issue = z.core.$ZodIssue;

/** The checks of `schema/words.ts` by the name that they carry, and the problem that each stands for. */
const checks: Readonly<Record<string, ProblemCode>> = {
  slug: "CONFIG_NOT_SLUG",
  mailbox: "CONFIG_NOT_ADDRESS",
  domain: "CONFIG_NOT_DOMAIN",
  day: "CONFIG_NOT_DAY",
  timezone: "CONFIG_NOT_TIMEZONE",
  time: "CONFIG_NOT_TIME",
  duration: "CONFIG_NOT_DURATION",
  currency: "CONFIG_NOT_CURRENCY",
  country: "CONFIG_NOT_COUNTRY",
  kpi: "CONFIG_NOT_NAME",
  platform: "CONFIG_NOT_NAME",
  person: "CONFIG_NOT_NAME",
  audience: "CONFIG_NOT_NAME",
  reserved: "CONFIG_NAME_RESERVED",
  parameter: "CONFIG_NOT_NAME",
  factor: "CONFIG_NOT_FACTOR",
  quantity: "CONFIG_NOT_QUANTITY",
  rate: "CONFIG_NOT_RATE",
  megabytes: "CONFIG_NOT_SIZE",
  bytes: "CONFIG_NOT_BYTES",
  project: "CONFIG_NOT_NAME",
  dataset: "CONFIG_NOT_NAME",
  location: "CONFIG_NOT_NAME",
  selector: "CONFIG_NOT_NAME",
  secret: "CONFIG_SECRET_LITERAL",
  setting: "CONFIG_SECRET_LITERAL",
  glob: "CONFIG_GLOB_OUTSIDE",
  origin: "CONFIG_SOURCE_ORIGIN",
  preset_or_query: "CONFIG_SOURCE_PRESET",
  statement: "CONFIG_NOT_STATEMENT",
  customer: "CONFIG_NOT_CUSTOMER",
  colour: "CONFIG_NOT_COLOUR",
  picture: "CONFIG_NOT_PICTURE",
  font: "CONFIG_NOT_FONT",
  font_name: "CONFIG_NOT_FONT_NAME",
  one_target: "CONFIG_GOAL_TARGET",
  cadence: "CONFIG_EMPTY",
  channels: "CONFIG_EMPTY",
};

/** A secret that somebody typed into the file must not be printed as well. */
const silent: ReadonlySet<ProblemCode> = new Set(["CONFIG_SECRET_LITERAL"]);

const kinds: Readonly<Record<string, ProblemCode>> = {
  string: "CONFIG_NOT_TEXT",
  number: "CONFIG_NOT_NUMBER",
  int: "CONFIG_NOT_NUMBER",
  boolean: "CONFIG_NOT_YES_NO",
  array: "CONFIG_NOT_LIST",
  tuple: "CONFIG_NOT_LIST",
  object: "CONFIG_NOT_KEYS",
  record: "CONFIG_NOT_KEYS",
};

function explain(issue: Issue, above: Path, context: Context): Problem[] {
  const path = [...above, ...issue.path];
  const { yaml, shape } = context;
  const value = valueAt(yaml.value, path);
  const key = String(path.at(-1) ?? "");
  const found = show(value);
  const say = (code: ProblemCode, facts: Record<string, string | number> = {}, part: "key" | "value" = "value") =>
    problem(code, { key: key || yaml.file, found, ...facts }, yaml.place(path, part));

  if (value === undefined && path.length > 0 && issue.code !== "unrecognized_keys") {
    return [problem("CONFIG_MISSING_KEY", { key, parent: parentOf(path, yaml) }, yaml.place(path))];
  }
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(shape, path);
      return issue.keys.map((name) => unknownKey(name, known, yaml, [...path, name]));
    }
    case "invalid_key": {
      const [inner] = issue.issues;
      if (inner?.code === "invalid_value") return [unknownKey(key, inner.values.map(String), yaml, path)];
      return [problem(checks[inner?.message ?? ""] ?? "CONFIG_NOT_NAME", { key, found: key }, yaml.place(path, "key"))];
    }
    case "invalid_union": {
      const branch = closest(issue.errors);
      if (branch) return branch.flatMap((inner) => explain(inner, path, context));
      return [say("CONFIG_NOT_KIND", { kinds: expectedKinds(issue.errors) })];
    }
    case "invalid_value": {
      const known = issue.values.map(String);
      return [say("CONFIG_NOT_ONE_OF", { known: known.join(", "), nearest: nearest(String(value), known) })];
    }
    case "invalid_type":
      return [say(kinds[issue.expected] ?? "CONFIG_NOT_TEXT")];
    case "too_small":
    case "too_big": {
      if (issue.origin === "number" || issue.origin === "int") return [say("CONFIG_RANGE", rangeAt(shape, path))];
      return [
        say(
          issue.code === "too_small" && Number(issue.minimum) <= 1 ? "CONFIG_EMPTY" : "CONFIG_LENGTH",
          lengthAt(issue),
        ),
      ];
    }
    default: {
      const code = checks[issue.message] ?? "CONFIG_NOT_TEXT";
      if (silent.has(code)) return [say(code, { found: "" })];
      return [
        say(
          code,
          code === "CONFIG_NOT_TIMEZONE" ? { nearest: nearest(found, Intl.supportedValuesOf("timeZone")) } : {},
        ),
      ];
    }
  }
}

function unknownKey(name: string, known: readonly string[], yaml: YamlFile, path: Path): Problem {
  const facts = { found: name, nearest: nearest(name, known), known: known.join(", ") };
  return problem("CONFIG_UNKNOWN_KEY", facts, yaml.place(path, "key"));
}

/** Of a union's branches the one that the writer meant: the kind agrees and something inside does not. */
function closest(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const meant = branches.filter(
    (issues) => !issues.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  const [best] = meant.toSorted((a, b) => a.length - b.length);
  return best ?? null;
}

function expectedKinds(branches: readonly (readonly Issue[])[]): string {
  const names = branches.flatMap((issues) =>
    issues.flatMap((issue) => (issue.code === "invalid_type" ? [issue.expected] : [])),
  );
  return [...new Set(names)].join(" | ");
}

function valueAt(value: unknown, path: Path): unknown {
  let inner = value;
  for (const step of path) inner = inner == null ? undefined : (inner as Record<PropertyKey, unknown>)[step];
  return inner;
}

function parentOf(path: Path, { file }: YamlFile): string {
  const parent = path.slice(0, -1).map(String).join(".");
  return parent || file;
}

function show(value: unknown): string {
  if (value === null) return "null";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** As much of JSON Schema as is needed to know which keys a place may have. */
interface Shape {
  properties?: Record<string, Shape>;
  propertyNames?: Shape;
  additionalProperties?: Shape | boolean;
  items?: Shape | boolean;
  prefixItems?: Shape[];
  anyOf?: Shape[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
}

function shapesAt(shape: Shape, path: Path): Shape[] {
  let here = [shape];
  for (const step of path) {
    here = here.flatMap(alternatives).flatMap((each) => {
      const inner = typeof step === "number" ? (each.prefixItems?.[step] ?? each.items) : undefined;
      const next = inner ?? each.properties?.[String(step)] ?? each.additionalProperties;
      return next && typeof next === "object" ? [next] : [];
    });
  }
  return here.flatMap(alternatives);
}

const alternatives = (shape: Shape): Shape[] => (shape.anyOf ? shape.anyOf.flatMap(alternatives) : [shape]);

function keysAt(shape: Shape, path: Path): string[] {
  return shapesAt(shape, path).flatMap((each) => [
    ...Object.keys(each.properties ?? {}),
    ...(each.propertyNames?.enum ?? []).map(String),
  ]);
}

function rangeAt(shape: Shape, path: Path): { least: number; most: number } {
  const [range] = shapesAt(shape, path).filter((each) => each.minimum !== undefined);
  return { least: range?.minimum ?? 0, most: range?.maximum ?? 0 };
}

function lengthAt(issue: Extract<Issue, { code: "too_small" | "too_big" }>): { most: string } {
  return { most: String(issue.code === "too_big" ? issue.maximum : issue.minimum) };
}
