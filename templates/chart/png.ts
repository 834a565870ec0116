import { Resvg } from "@resvg/resvg-js";
import { zlibSync } from "fflate";
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
  for (let at = 0; at < colours.length; at++) {
    const byte = at * 4;
    const colour = ((pixels[byte] ?? 0) << 16) | ((pixels[byte + 1] ?? 0) << 8) | (pixels[byte + 2] ?? 0);
    colours[at] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const kept = [...counts]
    .sort(([a, one], [b, other]) => other - one || a - b)
    .slice(0, 256)
    .map(([colour]) => colour);
  const index = new Map(kept.map((colour, at) => [colour, at]));
  for (const colour of counts.keys()) if (!index.has(colour)) index.set(colour, nearest(colour, kept));

  const rows = new Uint8Array(height * (width + 1)); // each row starts with its filter, 0
  let last = -1;
  let entry = 0;
  colours.forEach((colour, at) => {
    if (colour !== last) [last, entry] = [colour, index.get(colour) ?? 0];
    rows[at + Math.floor(at / width) + 1] = entry;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(kept.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = zlibSync(rows, { level: 6 });
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

const table = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
