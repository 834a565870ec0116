/**
 * The pixels in at most 256 colours that stand for all of them: the commonest, then of each region, so that a green of
 * which there is little is not lost among a hundred greys.
 */
export function inFewColours(pixels: Uint8Array): Uint8Array {
  const counts = new Map<number, number>();
  const coarse = new Uint32Array(pixels.length / 4);
  for (let at = 0; at < coarse.length; at++) {
    const [red, green, blue] = [0, 1, 2].map((part) => Math.round((pixels[at * 4 + part] ?? 0) / step) * step);
    const colour = ((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0);
    coarse[at] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const common = [...counts].toSorted(([a, one], [b, other]) => other - one || a - b).map(([colour]) => colour);
  // Paper, ink and panels exactly; then what stands furthest from all that is kept already.
  const kept = common.slice(0, 48);
  for (const apart of [90, 60, 40, 28, 20, 14, 10, 0]) {
    for (const colour of common) {
      if (kept.length === 256) break;
      if (kept.every((each) => distance(each, colour) > apart * apart)) kept.push(colour);
    }
  }
  const nearest = new Map(
    common.map((colour) => [
      colour,
      kept.reduce((best, each) => (distance(each, colour) < distance(best, colour) ? each : best)),
    ]),
  );
  const mapped = new Uint8Array(pixels.length);
  coarse.forEach((colour, at) => {
    const to = nearest.get(colour) ?? colour;
    mapped.set([to >> 16, (to >> 8) & 255, to & 255, 255], at * 4);
  });
  return mapped;
}

const step = 5;

function distance(one: number, other: number): number {
  const part = (shift: number) => ((one >> shift) & 255) - ((other >> shift) & 255);
  return part(16) ** 2 + part(8) ** 2 + part(0) ** 2;
}
