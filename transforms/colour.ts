/** A colour as `#rrggbb`; the parts of light are 0–1. */
type Rgb = readonly [number, number, number];

/** The contrast of two colours by WCAG 2: 1 where they are alike, 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The nearest colour of the same hue that stands out from each ground by `ratio`; the colour itself where it does.
 *
 * It moves away from the grounds, darker on light paper and lighter on dark, in steps too small to see.
 */
export function readable(colour: string, grounds: readonly string[], ratio: number): string {
  const passes = (each: string) => grounds.every((ground) => contrast(each, ground) >= ratio);
  if (passes(colour)) return colour;
  const towards = grounds.reduce((sum, ground) => sum + luminance(ground), 0) / grounds.length > 0.18 ? -1 : 1;
  const [lightness, a, b] = toLab(colour);
  for (let step = 1; step <= 250; step++) {
    const moved = lightness + (towards * step) / 250;
    if (moved < 0 || moved > 1) break;
    const tried = inGamut(moved, a, b);
    if (passes(tried)) return tried;
  }
  return towards < 0 ? "#000000" : "#ffffff";
}

/** A colour between two: 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [rgb(from), rgb(to)];
  return hex([0, 1, 2].map((at) => (a[at] ?? 0) + ((b[at] ?? 0) - (a[at] ?? 0)) * share) as unknown as Rgb);
}

/** The forms of colour blindness, and the ordinary eye. */
export const eyes = ["ordinary", "protan", "deutan", "tritan"] as const;
export type Eye = (typeof eyes)[number];

/** A colour as that eye sees it, after Machado, Oliveira and Fernandes (2009) at full severity. */
function seenBy(eye: Eye, colour: string): string {
  if (eye === "ordinary") return colour;
  const light = rgb(colour).map(linear);
  const seen = machado[eye].map((row) => row.reduce((sum, part, at) => sum + part * (light[at] ?? 0), 0));
  return hex(seen.map((part) => gamma(Math.min(1, Math.max(0, part)))) as unknown as Rgb);
}

/** How far two colours look apart: the distance in OKLab times 100. Below 8 they are taken for one in a chart. */
function apart(one: string, other: string): number {
  const [a, b] = [toLab(one), toLab(other)];
  return 100 * Math.hypot(...a.map((part, at) => part - (b[at] ?? 0)));
}

/** What colours of one chart keep between each other, in the measure of `apart`. */
export const APART = 8;

/** How far two colours look apart to the eye that tells them least. */
export function apartToAll(one: string, other: string): { eye: Eye; distance: number } {
  const all = eyes.map((eye) => ({ eye, distance: apart(seenBy(eye, one), seenBy(eye, other)) }));
  return all.reduce((least, each) => (each.distance < least.distance ? each : least));
}

/** The nearest shade of a colour that every eye tells from the others and that shows on the ground; null if none does. */
export function setApart(colour: string, others: readonly string[], ground: string): string | null {
  const [lightness, a, b] = toLab(colour);
  const good = (each: string) =>
    contrast(each, ground) >= GRAPHIC && others.every((other) => apartToAll(each, other).distance >= APART);
  for (let step = 0; step <= 150; step++) {
    for (const sign of [-1, 1]) {
      const moved = lightness + (sign * step) / 250;
      const tried = moved < 0 || moved > 1 ? null : inGamut(moved, a, b);
      if (tried && good(tried)) return tried;
    }
  }
  return null;
}

/** What WCAG 2 asks of text, and of lines and areas that mean something. */
export const TEXT = 4.5;
export const GRAPHIC = 3;

/** The pairs of a palette that some eye takes for one colour, the closest first. */
export function confusable(colours: readonly string[]): { one: string; other: string; eye: Eye; distance: number }[] {
  return colours
    .flatMap((one, at) => colours.slice(at + 1).map((other) => ({ one, other, ...apartToAll(one, other) })))
    .filter(({ distance }) => distance < APART)
    .sort((a, b) => a.distance - b.distance);
}

const machado: Record<Exclude<Eye, "ordinary">, readonly Rgb[]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = rgb(colour).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function rgb(colour: string): Rgb {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

function hex(parts: Rgb): string {
  const two = (part: number) =>
    Math.round(Math.min(1, Math.max(0, part)) * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${parts.map(two).join("")}`;
}

const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const gamma = (part: number): number => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);

/** OKLab (Ottosson 2020): equal steps look equal, so that a darker shade keeps its hue. */
function toLab(colour: string): Rgb {
  const [r = 0, g = 0, b = 0] = rgb(colour).map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** The colour of that lightness and hue, as strong as a screen can show it. */
function inGamut(lightness: number, a: number, b: number): string {
  for (let strength = 1; strength > 0; strength -= 0.05) {
    const parts = fromLab(lightness, a * strength, b * strength);
    if (parts.every((part) => part >= -0.0001 && part <= 1.0001)) return hex(parts.map(gamma01) as unknown as Rgb);
  }
  return hex(fromLab(lightness, 0, 0).map(gamma01) as unknown as Rgb);
}

const gamma01 = (part: number): number => gamma(Math.min(1, Math.max(0, part)));

function fromLab(lightness: number, a: number, b: number): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
