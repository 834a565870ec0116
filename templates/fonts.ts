import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import emojiRegex from "emoji-regex";
import * as fontkit from "fontkit";
import type { FontFiles } from "../transforms/theme.ts";

export type Weight = "regular" | "semibold" | "bold";

/** One font file, opened once per process and shared by every document. */
export interface Face {
  id: string;
  font: fontkit.Font;
  /** Glyphs and advances in font units. Fontkit's own shaping takes 0.3–0.8 ms a string, this a few µs. */
  layout(text: string): Layout;
}

export interface Layout {
  glyphs: fontkit.Glyph[];
  positions: { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number }[];
  advanceWidth: number;
}

/** A stretch of text that one face can draw, or one emoji that is drawn as a picture. */
export type Run = { kind: "text"; face: Face; text: string } | { kind: "emoji"; text: string; svg: string };

/** Stands for a character that no font here can draw. */
const noGlyph = "□";

/**
 * Splits a text into runs by what each font can draw: a client's own, Pretendard, then Noto Sans KR (hanja), then twemoji pictures.
 * What nobody can draw becomes □ and is told to `onMissing`; nothing vanishes silently.
 */
export function runs(text: string, weight: Weight, onMissing?: (character: string) => void): Run[] {
  const faces = facesOf(weight);
  const [first] = faces;
  const found: Run[] = [];
  const add = (face: Face, part: string) => {
    const last = found.at(-1);
    if (last?.kind === "text" && last.face === face) last.text += part;
    else found.push({ kind: "text", face, text: part });
  };
  for (const [part, emoji] of emojiParts(text)) {
    const svg = emoji && !drawnAsText(part, faces) ? emojiSvg(part) : null;
    if (svg) {
      found.push({ kind: "emoji", text: part, svg });
      continue;
    }
    for (const character of part) {
      if (joiners.test(character)) continue;
      const face = drawnBy(faces, character);
      if (face) {
        add(face, character);
        continue;
      }
      // Posts are full of letters that are only another letter's style: 𝗡𝗘𝗪 reads NEW.
      const plain = character.normalize("NFKC");
      const styled = plain === character ? undefined : drawnBy(faces, plain);
      if (!styled) onMissing?.(character);
      add(styled ?? first, styled ? plain : noGlyph);
    }
  }
  return found;
}

/** The first face that has all characters of a text. */
function drawnBy(faces: readonly Face[], text: string): Face | undefined {
  return faces.find(({ font }) => [...text].every((each) => font.hasGlyphForCodePoint(each.codePointAt(0) ?? 0)));
}

/**
 * Draws with a client's own fonts before the program's. What is drawn must be drawn at once: nothing that waits may
 * stand inside, or another report's letters would come from this client's fonts.
 */
export function withFonts<Result>(files: FontFiles | null, draw: () => Result): Result {
  const before = own;
  own = files;
  try {
    return draw();
  } finally {
    own = before;
  }
}

let own: FontFiles | null = null;

/** Width in points. Digits are tabular, as everywhere in a report. */
export function textWidth(text: string, size: number, weight: Weight): number {
  const key = `${own?.[weight] ?? weight}|${text}`;
  let em = widths.get(key);
  if (em === undefined) {
    em = 0;
    for (const run of runs(text, weight)) em += advance(run);
    if (widths.size > 50_000) widths.clear();
    widths.set(key, em);
  }
  return em * size;
}

/** Width of one run in em. */
export function advance(run: Run): number {
  if (run.kind === "emoji") return emojiAdvance;
  return run.face.layout(run.text).advanceWidth / run.face.font.unitsPerEm;
}

/** The text, or its beginning and an ellipsis where it is too wide. */
export function clipped(text: string, width: number, size: number, weight: Weight = "regular"): string {
  if (textWidth(text, size, weight) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size, weight) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** An emoji's picture is a square of one em; a hair of space follows it. */
export const emojiAdvance = 1.08;

/**
 * Text fit to be drawn: composed (macOS names files in separate jamo), without control and direction characters, which
 * could hide or reverse what a name says; line breaks and tabs become spaces.
 */
export function printable(text: string): string {
  return text
    .normalize("NFC")
    .toWellFormed()
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
    .replace(unprintable, "");
}

// Control, bidirectional and invisible format characters; the joiner and variation selectors stay for emoji.
const unprintable = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const joiners = /[\u200d\ufe00-\ufe0f]/;
const perhapsEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const widths = new Map<string, number>();
const opened = new Map<string, Face>();
const pictures = new Map<string, string | null>();

const primary = {
  regular: "pretendard/dist/public/static/alternative/Pretendard-Regular.ttf",
  semibold: "pretendard/dist/public/static/alternative/Pretendard-SemiBold.ttf",
  bold: "pretendard/dist/public/static/alternative/Pretendard-Bold.ttf",
} as const satisfies Record<Weight, string>;
const fallback = {
  regular: "@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf",
  semibold: "@expo-google-fonts/noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf",
  bold: "@expo-google-fonts/noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf",
} as const satisfies Record<Weight, string>;

function facesOf(weight: Weight): readonly [Face, ...Face[]] {
  const house = [packaged(primary[weight]), packaged(fallback[weight])] as const;
  return own ? [open(own[weight], own[weight]), ...house] : house;
}

const packaged = (path: string): Face => open(path, () => fileURLToPath(import.meta.resolve(path)));

function open(path: string, file: string | (() => string)): Face {
  let face = opened.get(path);
  if (!face) {
    const font = fontkit.openSync(typeof file === "string" ? file : file()) as fontkit.Font;
    face = { id: path, font, layout: shaper(font) };
    opened.set(path, face);
  }
  return face;
}

/**
 * Lays out Latin, Hangul and hanja, which need no shaping beyond tabular digits and the kerning of Latin letters; both
 * are asked of fontkit once and remembered.
 */
function shaper(font: fontkit.Font): Face["layout"] {
  const glyphs = new Map<string, { glyph: fontkit.Glyph; own: number }>();
  const kerning = new Map<string, number>();
  const glyphOf = (character: string) => {
    let known = glyphs.get(character);
    if (!known) {
      const tabular = /\d/.test(character) ? font.layout(character, ["tnum"]).glyphs[0] : undefined;
      const glyph = tabular ?? font.glyphForCodePoint(character.codePointAt(0) ?? 0);
      known = { glyph, own: glyph.advanceWidth };
      glyphs.set(character, known);
    }
    return known;
  };
  const kern = (pair: string): number => {
    let by = kerning.get(pair);
    if (by === undefined) {
      const { glyphs: both, positions } = font.layout(pair, onlyKerning);
      by = both.length === 2 ? (positions[0]?.xAdvance ?? 0) - (both[0]?.advanceWidth ?? 0) : 0;
      kerning.set(pair, by);
    }
    return by;
  };
  return (text) => {
    const characters = [...text];
    const found = characters.map(glyphOf);
    let advanceWidth = 0;
    const positions = found.map(({ own }, at) => {
      const pair = `${characters[at]}${characters[at + 1] ?? ""}`;
      const xAdvance = own + (latinPair.test(pair) ? kern(pair) : 0);
      advanceWidth += xAdvance;
      return { xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 };
    });
    return { glyphs: found.map(({ glyph }) => glyph), positions, advanceWidth };
  };
}

const latinPair = /^[A-Za-z]{2}$/;
const onlyKerning = { kern: true, liga: false, calt: false, clig: false, ccmp: false, mark: false, mkmk: false };

function* emojiParts(text: string): Generator<[string, boolean]> {
  // The emoji expression is 10 kB and costs 60 µs a call: only texts that may hold one pay for it.
  if (!perhapsEmoji.test(text)) return yield [text, false];
  let from = 0;
  for (const match of text.matchAll(emojiRegex())) {
    if (match.index > from) yield [text.slice(from, match.index), false];
    yield [match[0], true];
    from = match.index + match[0].length;
  }
  if (from < text.length) yield [text.slice(from), false];
}

/** ©, ™, → and the like are letters unless the author asked for the picture (U+FE0F). */
function drawnAsText(part: string, faces: readonly Face[]): boolean {
  return [...part].length === 1 && faces.some(({ font }) => font.hasGlyphForCodePoint(part.codePointAt(0) ?? 0));
}

function emojiSvg(emoji: string): string | null {
  const known = pictures.get(emoji);
  if (known !== undefined) return known;
  const name = [...(emoji.includes("\u200d") ? emoji : emoji.replaceAll("\ufe0f", ""))]
    .map((character) => character.codePointAt(0)?.toString(16))
    .join("-");
  let svg: string | null = null;
  try {
    svg = readFileSync(fileURLToPath(import.meta.resolve(`@twemoji/svg/${name}.svg`)), "utf8");
  } catch {
    // Newer than the set of pictures: the caller falls back to letters, and to □ after that.
  }
  pictures.set(emoji, svg);
  return svg;
}
