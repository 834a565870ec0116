import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { projectRoot } from "../../jobs/roots.ts";
import { palettePng } from "../../templates/chart/png.ts";
import { pixelsOf } from "../look/draw.ts";
import { inFewColours } from "./palette.ts";

/** One picture of a composition: PNG bytes, and how wide it stands in it. */
export interface Piece {
  png: Uint8Array;
  width: number;
  alt: string;
  /** Only its upper part, in pixels of the composition. */
  height?: number;
  round?: number;
}

/** Lays pictures out beside each other in rows and keeps them as one, with a palette: `docs/images/<name>.png`. */
export async function compose(
  name: string,
  rows: readonly (readonly Piece[])[],
  browser: BrowserContext,
): Promise<string> {
  const gap = 28;
  const width = Math.max(...rows.map((row) => row.reduce((sum, piece) => sum + piece.width + gap, gap)));
  const pieces = rows.flat();
  const figures = rows.map(
    (row) =>
      `<div>${row.map((piece) => `<img src="/${pieces.indexOf(piece)}" alt="" style="width:${piece.width}px;height:${piece.height ? `${piece.height}px` : "auto"};border-radius:${piece.round ?? 6}px">`).join("")}</div>`,
  );
  const markup = `<!doctype html><style>body{margin:0;padding:${gap}px;background:#e9edf3}div{display:flex;gap:${gap}px;justify-content:center;align-items:flex-start}div+div{margin-top:${gap}px}img{object-fit:cover;object-position:top;border:1px solid #cfd6e1;background:#fff}</style>${figures.join("")}`;
  const page = await browser.newPage();
  try {
    await page.setViewportSize({ width, height: 100 });
    await page.route("**/*", (route) => {
      const at = Number(new URL(route.request().url()).pathname.slice(1) || -1);
      const piece = pieces[at];
      return piece
        ? route.fulfill({ contentType: "image/png", body: Buffer.from(piece.png) })
        : route.fulfill({ contentType: "text/html; charset=utf-8", body: markup });
    });
    await page.goto("http://gallery.example/", { waitUntil: "load" });
    const { width: wide, height, data } = pixelsOf(await page.screenshot({ fullPage: true }));
    const bytes = palettePng(wide, height, inFewColours(data));
    writeFileSync(join(projectRoot, "docs", "images", `${name}.png`), bytes);
    return `docs/images/${name}.png  ${wide} × ${height}  ${Math.round(bytes.length / 1000)} kB`;
  } finally {
    await page.close();
  }
}
