import { GRAPHIC, readable } from "../../transforms/colour.ts";
import type { Theme } from "../theme.ts";

/** Colours of text that dark mode replaces. */
export const inks = ["ink", "text", "muted", "accent", "warn", "good", "bad", "up", "down"] as const;
export type Ink = (typeof inks)[number];

/** Colours that text or bars stand on. */
export const grounds = [
  "page",
  "card",
  "panel",
  "warnSoft",
  "track",
  "fill",
  "reached",
  "short",
  "tag",
  "logo",
] as const;
export type Ground = (typeof grounds)[number];

/** The mail on a dark ground: the brand's accent made light enough, each text at 4.5:1 or more on all it may stand on. */
export function darkColours({ colours }: Theme): Record<Ink | Ground | "line", string> {
  const accent = readable(colours.accent, textGrounds, 5.5);
  return { ...dark, accent, fill: accent };
}

const dark = {
  page: "#0f141b",
  card: "#18202b",
  panel: "#222c3a",
  warnSoft: "#3a2f12",
  track: "#3d4b5f",
  reached: "#4fc3b5",
  short: "#ff9f6e",
  tag: "#2a3a52",
  // Logos are drawn for paper.
  logo: "#ffffff",
  ink: "#f2f5f9",
  text: "#d5dce6",
  muted: "#a9b5c5",
  warn: "#f1c75b",
  good: "#63d3c6",
  bad: "#ff9f6e",
  up: "#ff9a9e",
  down: "#93bbff",
  line: "#3a4657",
} as const;

const textGrounds = [dark.card, dark.panel, dark.tag];

/** The same theme for pictures that stand on the dark card. */
export function darkTheme(theme: Theme): Theme {
  const dark = darkColours(theme);
  return {
    ...theme,
    colours: {
      ...theme.colours,
      accent: dark.accent,
      second: readable(theme.colours.second, textGrounds, GRAPHIC),
      series: theme.colours.series.map((colour) => readable(colour, textGrounds, GRAPHIC)),
      accentSoft: dark.tag,
      accentFaint: dark.panel,
      ink: dark.ink,
      text: dark.text,
      muted: dark.muted,
      faint: dark.muted,
      line: dark.line,
      panel: dark.panel,
      paper: dark.card,
      good: dark.good,
      bad: dark.bad,
      warn: dark.warn,
      up: dark.up,
      down: dark.down,
    },
  };
}
