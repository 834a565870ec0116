import { CST, isCollection, isMap, isPair, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument } from "yaml";
import { type Place, type Problem, type ProblemCode, problem } from "../transforms/problem.ts";

export type Path = readonly PropertyKey[];

/** One YAML file as plain values, and where in the file each of them stands. */
export interface YamlFile {
  file: string;
  value: unknown;
  /** Where the value at `path` stands (or its key); where it is absent, its nearest parent. */
  place(path: Path, part?: "key" | "value"): Place;
  problems: Problem[];
}

const MAX_BYTES = 256 * 1024;

/**
 * Parses one file people wrote. Warnings are errors; anchors, aliases and tags are refused before anything is built
 * (a file of anchors alone can keep a parser busy for a minute), and so are numbers too long to be exact.
 */
export function parseYaml(bytes: Uint8Array, file: string, client?: string): YamlFile {
  const top: Place = { ...(client && { client }), file, line: 1, column: 1 };
  const failed = (code: ProblemCode, facts = {}, place: Place = top): YamlFile => ({
    file,
    value: undefined,
    place: () => top,
    problems: [problem(code, facts, place)],
  });

  if (bytes.length > MAX_BYTES) return failed("CONFIG_TOO_LARGE", { size: Math.ceil(bytes.length / 1024) });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return failed("CONFIG_NOT_UTF8");
  }
  if (isTower(text)) return failed("CONFIG_YAML_TOWER");
  const extra = SUSPECT.test(text) ? forbidden(text) : null;
  if (extra)
    return failed("CONFIG_YAML_EXTRA", { found: extra.found }, { ...top, line: extra.line, column: extra.column });

  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { ...top, line, column: col };
  };
  try {
    const document = parseDocument(text, {
      version: "1.2",
      lineCounter: lines,
      prettyErrors: false,
      logLevel: "error",
    });
    // One slip can make every later line wrong: the first few say enough.
    const problems = [...document.errors, ...document.warnings]
      .slice(0, 20)
      .map((error) =>
        error.code === "DUPLICATE_KEY"
          ? problem("CONFIG_YAML_TWICE", { key: keyAt(text, error.pos[0]) }, at(error.pos[0]))
          : problem("CONFIG_YAML", { why: error.message }, at(error.pos[0])),
      );
    const root = document.contents;
    return {
      file,
      value: problems.length ? undefined : plain(root),
      place: (path, part = "value") => at(offsetOf(root, path, part)),
      problems,
    };
  } catch {
    // The composer is recursive: what is nested too deeply in other ways ends here.
    return failed("CONFIG_YAML_TOWER");
  }
}

/**
 * Whether a text is built to exhaust a parser: brackets a hundred deep, or a line of thousands of characters. Nobody
 * writes such config, and the parser would spend seconds on it.
 */
function isTower(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > 100) return true;
  }
  return text.split("\n").some((line) => line.length > 4_000);
}

/** What every anchor, alias and tag looks like; so does some ordinary text, hence only a reason to look closer. */
const SUSPECT = /(^|[\s[{,:?-])(?:[&*]\S|!)/m;

/** The first anchor, alias or tag of a text. */
function forbidden(text: string): { found: string; line: number; column: number } | null {
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    if (type === "anchor" || type === "alias" || type === "tag") {
      const before = text.slice(0, offset).split("\n");
      return { found: lexeme, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    }
    // Marks of the lexer's own, which stand for no characters of the text.
    if (type !== "flow-error-end" && type !== "doc-mode" && type !== "scalar") offset += lexeme.length;
  }
  return null;
}

function keyAt(text: string, offset: number): string {
  return /^[^:\s]*/.exec(text.slice(offset))?.[0] ?? "";
}

/** Values without prototypes, so that a key such as `__proto__` is only an unknown key. */
function plain(node: Node | null): unknown {
  if (isMap(node)) {
    const map: Record<string, unknown> = Object.create(null);
    for (const { key, value } of node.items) map[keyText(key)] = plain(value as Node | null);
    return map;
  }
  if (isSeq(node)) return node.items.map((item) => plain(item as Node | null));
  if (!isScalar(node)) return null;
  if (typeof node.value === "number" && !isExact(node.value, node.source)) return node.source;
  return node.value;
}

/** `123456789012345678901` or `1.10` as a number would lose what was written. */
function isExact(value: number, source: string | undefined): boolean {
  return source !== undefined && String(value) === source.replace(/^\+/, "");
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.source ?? key.value) : String(key);
}

function offsetOf(root: Node | null, path: Path, part: "key" | "value"): number {
  let node: unknown = root;
  let offset = start(root);
  for (const [index, step] of path.entries()) {
    if (!isCollection(node)) return offset;
    const last = index === path.length - 1;
    const item: unknown = isMap(node)
      ? node.items.find(({ key }) => keyText(key) === String(step))
      : node.items[Number(step)];
    if (item === undefined) return offset;
    const value: unknown = isPair(item) ? item.value : item;
    const here = last && part === "value" ? start(value) : 0;
    // A value that is not written (`ae:`) stands where its key does; a list's entry has no key.
    offset = here || (isPair(item) ? start(item.key) : start(value)) || offset;
    node = value;
  }
  return offset;
}

function start(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
