import type { Theme } from "../theme.ts";

/** Colours of text that dark mode replaces. */
export const inks = ["ink", "text", "muted", "accent", "warn", "good", "bad", "up", "down"] as const;
export type Ink = (typeof inks)[number];

/** Colours that text or bars stand on. */
export const grounds = ["page", "card", "panel", "warnSoft", "track", "fill", "reached", "short", "tag"] as const;
export type Ground = (typeof grounds)[number];

/** The mail on a dark ground. Each text reads on card, panel, tag and warning at 4.5:1 or more. */
export function darkColours(_theme: Theme): Record<Ink | Ground | "line", string> {
  return {
    page: "#0f141b",
    card: "#18202b",
    panel: "#222c3a",
    warnSoft: "#3a2f12",
    track: "#3d4b5f",
    fill: "#7fb0ee",
    reached: "#4fc3b5",
    short: "#ff9f6e",
    tag: "#2a3a52",
    ink: "#f2f5f9",
    text: "#d5dce6",
    muted: "#a9b5c5",
    accent: "#9cc3f5",
    warn: "#f1c75b",
    good: "#63d3c6",
    bad: "#ff9f6e",
    up: "#ff9a9e",
    down: "#93bbff",
    line: "#3a4657",
  };
}

/** The same theme for pictures that stand on the dark card. */
export function darkTheme(theme: Theme): Theme {
  const dark = darkColours(theme);
  return {
    ...theme,
    colours: {
      ...theme.colours,
      accent: dark.accent,
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
