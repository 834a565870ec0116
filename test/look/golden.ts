import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { projectRoot } from "../../jobs/roots.ts";
import { palettePng } from "../../templates/chart/png.ts";
import { type Picture, pixelsOf } from "./draw.ts";

const folder = join(import.meta.dirname, "golden");
const fileOf = (name: string): string => join(folder, `${name}.png`);

/** Where what differs is left to be looked at. */
const seen = join(projectRoot, "out", "look");

/** At most so many of the pixels may differ. */
export const allowed = 0.001;

/** The share of pixels that differ from the kept picture; 1 where it is of another size or there is none. */
export function differs(picture: Picture): number {
  const { name, width, height } = picture;
  const file = fileOf(name);
  const kept = existsSync(file) ? pixelsOf(readFileSync(file)) : null;
  const now = coarse(picture.data);
  const difference = new PNG({ width, height });
  const same = kept?.width === width && kept.height === height;
  const count = same ? pixelmatch(kept.data, now, difference.data, width, height, { threshold: 0.1 }) : width * height;
  const share = count / (width * height);
  if (share > allowed) {
    mkdirSync(seen, { recursive: true });
    writeFileSync(join(seen, `${name}.png`), palettePng(width, height, now));
    if (same) writeFileSync(join(seen, `${name}.difference.png`), PNG.sync.write(difference));
  }
  return share;
}

/** Takes these pictures for the kept ones; says which are new, which changed, and which are gone. */
export function keep(pictures: readonly Picture[]): string[] {
  mkdirSync(folder, { recursive: true });
  const names = new Set(pictures.map(({ name }) => `${name}.png`));
  const gone = readdirSync(folder).filter((name) => !names.has(name));
  for (const name of gone) rmSync(join(folder, name));
  const changed = pictures.filter((picture) => differs(picture) > allowed);
  for (const { name, width, height, data } of changed)
    writeFileSync(fileOf(name), palettePng(width, height, coarse(data)));
  return [...changed.map(({ name }) => name), ...gone.map((name) => `${name} is gone`)];
}

/** Steps of five in each colour: small files, and nothing that an eye would miss. */
function coarse(pixels: Uint8Array): Uint8Array {
  return pixels.map((value, at) => (at % 4 === 3 ? 255 : Math.round(value / 5) * 5));
}
