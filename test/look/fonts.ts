import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fontkit from "fontkit";
import type { Route } from "playwright-core";

const file = (path: string): string => fileURLToPath(import.meta.resolve(path));
const faces = [
  { weight: 400, path: file("pretendard/dist/public/static/alternative/Pretendard-Regular.ttf") },
  { weight: 600, path: file("pretendard/dist/public/static/alternative/Pretendard-SemiBold.ttf") },
  { weight: 700, path: file("pretendard/dist/public/static/alternative/Pretendard-Bold.ttf") },
];
const fallback = file("@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf");

const known = [faces[0]?.path ?? "", fallback].map((path) => fontkit.openSync(path) as fontkit.Font);

/** The project's fonts in place of those of the machine that the pictures are drawn on. */
export const ownFonts = {
  /** The page with every text in the project's fonts; what these cannot draw is a box, as no two systems draw it alike. */
  inside(markup: string): string {
    const rules = faces.map(
      ({ weight }) => `@font-face{font-family:"Own";font-weight:${weight};src:url("/fonts/${weight}")}`,
    );
    const style = `<style>${rules.join("")}@font-face{font-family:"Spare";src:url("/fonts/spare")}*{font-family:"Own","Spare"!important}</style>`;
    const drawable = [...markup]
      .map((letter) =>
        known.some((font) => has(font, letter)) ? letter : /\p{M}|\p{C}|\s|\ufe0f/u.test(letter) ? letter : "▢",
      )
      .join("");
    return drawable.replace("</head>", `${style}</head>`);
  },
  async serve(route: Route, page: string): Promise<void> {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") return route.fulfill({ contentType: "text/html; charset=utf-8", body: page });
    const face = faces.find(({ weight }) => pathname === `/fonts/${weight}`);
    if (face || pathname === "/fonts/spare")
      return route.fulfill({ contentType: "font/ttf", body: readFileSync(face?.path ?? fallback) });
    return route.abort();
  },
};

const drawn = new Map<string, boolean>();
function has(font: fontkit.Font, letter: string): boolean {
  const key = `${known.indexOf(font)}${letter}`;
  const found = drawn.get(key) ?? font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
  drawn.set(key, found);
  return found;
}
