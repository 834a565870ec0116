import { existsSync } from "node:fs";
import { join } from "node:path";
import { APART, confusable, contrast, GRAPHIC, readable, setApart, TEXT } from "../transforms/colour.ts";
import { type Problem, type ProblemCode, problem } from "../transforms/problem.ts";
import { fitColours, grounds, plainTheme, type ThemeDef } from "../transforms/theme.ts";
import { type Asset, judgeFile, type Refusal, readAsset } from "./asset.ts";
import { coverOf } from "./cover.ts";
import { judge } from "./judge.ts";
import type { KeptTheme } from "./kept.ts";
import { textOf } from "./label.ts";
import { AgencyThemeFile, ThemeFile } from "./schema/theme.ts";
import type { Path, YamlFile } from "./yaml.ts";

/** A theme.yaml that was read: what it says, with its files; null where it is refused. */
export interface ReadTheme {
  value: ThemeLayer | null;
  problems: Problem[];
  /** What is kept once it is accepted: the file as it stands, and the pictures and fonts that it names. */
  accepted: { value: unknown; files: ReadonlyMap<string, Asset> } | null;
}

/** One theme.yaml with its files read. */
export interface ThemeLayer {
  file: ThemeFile;
  files: ReadonlyMap<string, Asset>;
}

/** A theme.yaml in a folder of the config root (`""` for the agency's); null where there is none. */
export function readTheme(root: string, folder: string, read: (file: string) => YamlFile): ReadTheme | null {
  const file = folder ? `${folder}/theme.yaml` : "theme.yaml";
  if (!existsSync(join(root, file))) return null;
  return judgeTheme(read(file), (name, kind) => readAsset(join(root, folder), name, kind), folder === "");
}

/** A theme that was accepted earlier, judged again with the files kept beside it. */
export function keptTheme({ value, files }: KeptTheme, file: string, agencyWide: boolean): ReadTheme {
  const yaml: YamlFile = { file, value, place: () => ({ file }), problems: [] };
  return judgeTheme(yaml, (name, kind) => judgeFile(files[name] ?? "", name, kind), agencyWide);
}

function judgeTheme(
  yaml: YamlFile,
  find: (name: string, kind: "logo" | "font") => Asset | Refusal,
  agencyWide: boolean,
): ReadTheme {
  const { value: file, problems } = judge<typeof ThemeFile>(agencyWide ? (AgencyThemeFile as never) : ThemeFile, yaml);
  if (!file) return { value: null, problems, accepted: null };
  const found = new Map<string, Asset>();
  for (const { name, kind, path } of filesOf(file)) {
    const asset = find(name, kind);
    if ("code" in asset) problems.push(problem(asset.code, asset.facts, yaml.place(path)));
    else found.set(name, asset);
  }
  problems.push(...judgeColours(file, yaml));
  if (problems.some(({ severity }) => severity === "error")) return { value: null, problems, accepted: null };
  return { value: { file, files: found }, problems, accepted: { value: yaml.value, files: found } };
}

function filesOf({ agency, logo, fonts }: ThemeFile): { name: string; kind: "logo" | "font"; path: Path }[] {
  return [
    ...(agency?.logo ? [{ name: agency.logo, kind: "logo" as const, path: ["agency", "logo"] }] : []),
    ...(logo ? [{ name: logo, kind: "logo" as const, path: ["logo"] }] : []),
    ...Object.entries(fonts?.files ?? {}).map(([weight, name]) => ({
      name,
      kind: "font" as const,
      path: ["fonts", "files", weight],
    })),
  ];
}

/** Colours that cannot be read on what they stand on, or that some eye takes for another of the same chart. */
function judgeColours({ colours = {} }: ThemeFile, yaml: YamlFile): Problem[] {
  const { accent, second, series = [] } = colours;
  const pale = (found: string | undefined, least: number, path: Path): Problem[] => {
    if (found === undefined) return [];
    const all = least === TEXT ? Object.values(grounds) : [grounds.paper];
    const [ground = grounds.paper] = all.toSorted((a, b) => contrast(found, a) - contrast(found, b));
    const ratio = contrast(found, ground);
    if (ratio >= least) return [];
    const facts = { found, ground, ratio: short(ratio), least, nearest: readable(found, all, least) };
    return [problem(least === TEXT ? "THEME_TEXT_CONTRAST" : "THEME_CHART_CONTRAST", facts, yaml.place(path))];
  };
  const drawn = series.map((each) => readable(each, [grounds.paper], GRAPHIC));
  const alike = confusable(drawn).map(({ one, other, eye, distance }) => {
    const at = drawn.lastIndexOf(other);
    const others = drawn.filter((_, index) => index !== at);
    const nearest = setApart(other, others, grounds.paper);
    const facts = {
      one: series[drawn.indexOf(one)] ?? one,
      other: series[at] ?? other,
      ...eyeWords[eye],
      distance: short(distance),
      least: APART,
      nearest: nearest ?? "–",
    };
    const code: ProblemCode = nearest ? "THEME_COLOURS_ALIKE" : "THEME_COLOURS_TOO_MANY";
    return problem(code, facts, yaml.place(["colours", "series", at]));
  });
  return [
    ...pale(accent, TEXT, ["colours", "accent"]),
    ...pale(second, TEXT, ["colours", "second"]),
    ...series.flatMap((each, at) => pale(each, GRAPHIC, ["colours", "series", at])),
    ...alike,
  ];
}

const short = (ratio: number): string => (Math.floor(ratio * 10) / 10).toFixed(1);

const eyeWords = {
  ordinary: { eye_en: "anyone", eye_ko: "누구에게나" },
  protan: { eye_en: "readers who do not see red (protan)", eye_ko: "적색맹 독자에게" },
  deutan: { eye_en: "readers who do not see green (deutan)", eye_ko: "녹색맹 독자에게" },
  tritan: { eye_en: "readers who do not see blue (tritan)", eye_ko: "청색맹 독자에게" },
};

/** A theme complete: the agency's layer, the client's laid over it field by field. */
export function layTheme(agency: ThemeLayer | null, client: ThemeLayer | null): ThemeDef {
  const layers = [client, agency].filter((layer) => layer !== null);
  const first = <Value>(pick: (layer: ThemeLayer) => Value | undefined): Value | undefined =>
    layers.map(pick).find((value) => value !== undefined);
  const accent = first(({ file }) => file.colours?.accent);
  const second = first(({ file }) => file.colours?.second);
  // A series belongs to the accent that it was chosen with.
  const series = first(({ file: { colours } }) => colours?.series ?? (colours?.accent ? null : undefined)) ?? undefined;
  const name = first(({ file }) => file.agency?.name);
  const footer = first(({ file }) => file.footer);
  return {
    agency: name === undefined ? null : textOf(name),
    logos: {
      agency: first(({ file, files }) => logoOf(files, file.agency?.logo)) ?? null,
      client: first(({ file, files }) => logoOf(files, file.logo)) ?? null,
    },
    colours: accent || second || series ? fitColours({ accent, second, series }) : null,
    fonts: {
      files: first(fontsOf) ?? null,
      mail: first(({ file }) => file.fonts?.mail) ?? [],
    },
    page: first(({ file }) => file.page) ?? plainTheme.page,
    cover: coverOf(first(({ file }) => file.cover)),
    footer: footer === undefined ? null : textOf(footer),
    change_colours: first(({ file }) => file.change_colours) ?? null,
    tone: first(({ file }) => file.tone) ?? plainTheme.tone,
  };
}

const logoOf = (files: ThemeLayer["files"], name: string | undefined) => files.get(name ?? "")?.logo ?? undefined;

function fontsOf({ file, files }: ThemeLayer) {
  const named = file.fonts?.files;
  const path = (name: string | undefined) => files.get(name ?? "")?.path;
  const regular = path(named?.regular);
  if (!named || !regular) return undefined;
  const [semibold, bold] = [path(named.semibold), path(named.bold)];
  return { regular, semibold: semibold ?? bold ?? regular, bold: bold ?? semibold ?? regular };
}
