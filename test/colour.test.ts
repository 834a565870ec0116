import { describe, expect, it } from "vitest";
import { branded, theme } from "../templates/theme.ts";
import { APART, apartToAll, confusable, contrast, readable, setApart } from "../transforms/colour.ts";
import { fitColours, houseColours } from "../transforms/theme.ts";

/** Brands of every hue and lightness, white and black among them. */
const brands = [
  "#fee500",
  "#03c75a",
  "#ff6b00",
  "#e60012",
  "#00a0e9",
  "#7b2ff7",
  "#f8b195",
  "#001f3f",
  "#ffffff",
  "#000000",
  "#c0ff33",
  "#808080",
  "#ff00ff",
  "#00ffff",
]; // prettier-ignore

describe("contrast", () => {
  it.each([
    ["#000000", "#ffffff", 21],
    ["#777777", "#ffffff", 4.48],
    ["#ffffff", "#ffffff", 1],
    ["#ff0000", "#ffffff", 4],
  ])("of %s on %s is %d, as WCAG reckons it", (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 1);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });

  it("of every text colour is 4.5 or more on whatever texts stand on", () => {
    const { colours } = theme;
    const grounds = [colours.paper, colours.panel, colours.accentFaint, colours.warnSoft];
    for (const text of ["ink", "text", "muted", "accent", "good", "bad", "warn", "up", "down", "second"] as const)
      for (const ground of grounds) expect(contrast(colours[text], ground), text).toBeGreaterThanOrEqual(4.5);
    for (const ground of grounds.slice(0, 3)) expect(contrast(colours.faint, ground)).toBeGreaterThanOrEqual(3);
  });

  it.each(brands)("holds for whatever brand colour is written: %s", (brand) => {
    const colours = branded(theme.colours, fitColours({ accent: brand }));
    for (const ground of [colours.paper, colours.panel, colours.accentFaint])
      expect(contrast(colours.accent, ground), ground).toBeGreaterThanOrEqual(4.5);
    for (const text of ["ink", "text", "muted", "good", "bad"] as const)
      expect(contrast(colours[text], colours.accentFaint), text).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours.onBrand, colours.brand)).toBeGreaterThanOrEqual(4.5);
    for (const each of colours.series) expect(contrast(each, colours.paper)).toBeGreaterThanOrEqual(3);
    expect(confusable(colours.series)).toEqual([]);
    expect(colours.series.length).toBeGreaterThanOrEqual(4);
  });
});

describe("colours of a chart", () => {
  it("stay apart for every eye", () => {
    expect(confusable(houseColours.series)).toEqual([]);
    const pairs = houseColours.series.flatMap((one, at) =>
      houseColours.series.slice(at + 1).map((other) => apartToAll(one, other).distance),
    );
    expect(Math.min(...pairs)).toBeGreaterThanOrEqual(APART);
  });

  it.each([
    ["good and bad", theme.colours.good, theme.colours.bad],
    ["up and down", theme.colours.up, theme.colours.down],
  ])("tell %s apart for every eye", (_, one, other) => {
    expect(apartToAll(one, other).distance).toBeGreaterThanOrEqual(APART);
  });

  it("that only an ordinary eye tells apart are named with that eye", () => {
    // A red and a green of one lightness, the classic pair.
    expect(confusable(["#b03a2e", "#5f7a1e"])[0]?.eye).toMatch(/protan|deutan/);
  });

  it("get the nearest shade that is apart, or none where there is none", () => {
    const found = setApart("#5f7a1e", ["#b03a2e"], "#ffffff");
    expect(found).not.toBeNull();
    expect(apartToAll(found ?? "", "#b03a2e").distance).toBeGreaterThanOrEqual(APART);
    expect(readable("#b03a2e", ["#ffffff"], 4.5)).toBe("#b03a2e");
  });
});
