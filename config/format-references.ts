import { headerKey } from "../transforms/clean/text.ts";
import { wordsOf } from "../transforms/format/derive.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import type { PlatformYaml } from "./format-schema.ts";
import { nearest } from "./nearest.ts";
import type { Path, YamlFile } from "./yaml.ts";

type FormatYaml = PlatformYaml["formats"][number];
type ColumnYaml = NonNullable<PlatformYaml["columns"]>[number];

/** What a format file says about itself: its own name, its ids, and words that only a column can give a meaning. */
export function judgeFormats(platform: PlatformYaml, yaml: YamlFile, name: string): Problem[] {
  const { formats } = platform;
  const ids = formats.map(({ id }) => id);
  const all = { ...platform, columns: [platform.columns, ...formats.map(({ columns }) => columns)].flatMap(listed) };
  const misnamed =
    platform.platform === name
      ? []
      : [problem("CONFIG_FORMAT_FILE", { found: platform.platform, name }, yaml.place(["platform"]))];
  const problems = [
    ...misnamed,
    ...words(all, platform.platform, [], yaml),
    ...formats.flatMap((format, at) => {
      const path = ["formats", at];
      const columns = [...listed(format.columns), ...(format.shape === "headerless" ? [] : listed(platform.columns))];
      const twice = ids.indexOf(format.id) < at;
      return [
        ...(twice ? [problem("CONFIG_FORMAT_TWICE", { found: format.id }, yaml.place([...path, "id"]))] : []),
        ...required({ ...format, columns }, path, yaml),
        ...words({ ...format, columns }, format.id, path, yaml),
      ];
    }),
    ...aliases(platform, yaml),
  ];
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

const listed = <Item>(items: readonly Item[] | undefined): readonly Item[] => items ?? [];

/** A format without one of these is never recognised; of a list, one is enough. */
function required({ id, columns, requires, forbids = [] }: FormatYaml, path: Path, yaml: YamlFile): Problem[] {
  const known = namesOf(columns);
  const unheld = requires.flatMap((need, at) => {
    const place = [...path, "requires", at];
    if (typeof need === "string")
      return lacking("CONFIG_FORMAT_REQUIRES", "requires", [[need, place]], known, id, yaml);
    const each = need.map((word, inner): [string, Path] => [word, [...place, inner]]);
    const none = need.every((word) => !known.includes(word));
    return lacking(none ? "CONFIG_FORMAT_REQUIRES" : "CONFIG_FORMAT_WORD", "requires", each, known, id, yaml);
  });
  const unwanted = forbids.map((word, at): [string, Path] => [word, [...path, "forbids", at]]);
  return [...unheld, ...lacking("CONFIG_FORMAT_WORD", "forbids", unwanted, known, id, yaml)];
}

/** Of a whole platform, a word has its meaning where any of the formats has the column. */
function words(
  { columns, derive = {}, rank, set = {} }: Pick<PlatformYaml, "columns" | "derive" | "rank" | "set">,
  id: string,
  path: Path,
  yaml: YamlFile,
): Problem[] {
  const known = namesOf(columns);
  const derived = Object.entries(derive).flatMap(([metric, texts]) =>
    [texts ?? []]
      .flat()
      .flatMap(wordsOf)
      .map((word): [string, Path] => [word, [...path, "derive", metric]]),
  );
  const ranked = Object.keys(rank ?? {})
    .filter((name) => name !== "base")
    .map((name): [string, Path] => [name, [...path, "rank", name]]);
  return [
    ...lacking("CONFIG_FORMAT_WORD", "derive", derived, known, id, yaml),
    ...lacking("CONFIG_FORMAT_WORD", "rank", ranked, [...known, ...Object.keys(set)], id, yaml),
  ];
}

function lacking(
  code: "CONFIG_FORMAT_REQUIRES" | "CONFIG_FORMAT_WORD",
  key: string,
  named: readonly (readonly [string, Path])[],
  known: readonly string[],
  format: string,
  yaml: YamlFile,
): Problem[] {
  return named
    .filter(([word]) => !known.includes(word))
    .map(([found, path]) => {
      const part = key === "rank" ? "key" : "value";
      return problem(code, { key, found, format, nearest: nearest(found, known) }, yaml.place(path, part));
    });
}

const namesOf = (columns: readonly ColumnYaml[] | undefined): string[] => [
  ...new Set(listed(columns).map(({ is, as }) => (is === "helper" ? (as ?? is) : is))),
];

/** Header names that one table would give to two things. */
function aliases({ columns, formats }: PlatformYaml, yaml: YamlFile): Problem[] {
  const placed = (own: readonly ColumnYaml[] | undefined, path: Path) =>
    listed(own).flatMap((column, at) =>
      listed(column.names).map((name, nth) => ({ name, column, path: [...path, "columns", at, "names", nth] })),
    );
  const shared = placed(columns, []);
  const found = formats.flatMap((format, at) => {
    const seen = new Map<string, ColumnYaml>();
    const names = placed(format.columns, ["formats", at]);
    return [...names, ...(format.shape === "headerless" ? [] : shared)].flatMap(({ name, column, path }) => {
      const first = seen.get(headerKey(name));
      seen.set(headerKey(name), first ?? column);
      if (!first || targetOf(first) === targetOf(column)) return [];
      const facts = { found: name, first: targetOf(first), second: targetOf(column) };
      return [problem("CONFIG_FORMAT_ALIAS", facts, yaml.place(path))];
    });
  });
  // A name that two shared columns have would be told once for each format.
  return [...new Map(found.map((each) => [`${each.line}:${each.column}`, each])).values()];
}

const targetOf = ({ is, as, part }: ColumnYaml): string => (part === "id" ? `${is} id` : (as ?? is));
