import { crc32, deflateSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import type { Scene } from "./scene.ts";
import { sceneSvg } from "./svg.ts";

/** The scene as a PNG with a palette (about a third of the size of true colour), `scale` pixels per point. */
export function chartPng(
  scene: Scene,
  { scale = 2, background = "#ffffff" }: { scale?: number; background?: string } = {},
): Buffer {
  const image = new Resvg(sceneSvg(scene, background), {
    font: { loadSystemFonts: false },
    fitTo: { mode: "zoom", value: scale },
  }).render();
  return palettePng(image.width, image.height, image.pixels);
}

/** Opaque RGBA pixels as an 8-bit palette PNG: exact up to 256 colours, else the rarer ones take the nearest kept one. */
export function palettePng(width: number, height: number, pixels: Uint8Array): Buffer {
  const counts = new Map<number, number>();
  const colours = new Uint32Array(width * height);
  // Charts are mostly long runs of one colour: each run is counted once.
  let begun = 0;
  const count = (end: number): void => {
    const colour = colours[begun] ?? 0;
    if (end > begun) counts.set(colour, (counts.get(colour) ?? 0) + end - begun);
    begun = end;
  };
  for (let at = 0, byte = 0; at < colours.length; at++, byte += 4) {
    const colour = ((pixels[byte] ?? 0) << 16) | ((pixels[byte + 1] ?? 0) << 8) | (pixels[byte + 2] ?? 0);
    if (at > 0 && colour !== colours[at - 1]) count(at);
    colours[at] = colour;
  }
  count(colours.length);
  const kept = [...counts]
    .sort(([a, one], [b, other]) => other - one || a - b)
    .slice(0, 256)
    .map(([colour]) => colour);
  const index = new Map(kept.map((colour, at) => [colour, at]));
  for (const colour of counts.keys()) if (!index.has(colour)) index.set(colour, nearest(colour, kept));

  const rows = new Uint8Array(height * (width + 1)); // each row starts with its filter, 0
  let last = -1;
  let entry = 0;
  for (let y = 0, at = 0; y < height; y++)
    for (let place = y * (width + 1) + 1, end = place + width; place < end; place++, at++) {
      const colour = colours[at] ?? 0;
      if (colour !== last) [last, entry] = [colour, index.get(colour) ?? 0];
      rows[place] = entry;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(kept.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(rows, { level: 6 });
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", data),
    chunk("IEND", new Uint8Array()),
  ]);
}

function nearest(colour: number, palette: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach((other, at) => {
    const distance =
      ((colour >> 16) - (other >> 16)) ** 2 +
      (((colour >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
      ((colour & 255) - (other & 255)) ** 2;
    if (distance < least) [best, least] = [at, distance];
  });
  return best;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "ascii"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
