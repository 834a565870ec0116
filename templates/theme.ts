/**
 * How a report looks: colours, type sizes in points, and a grid of 4 points. Excel, PDF and email share it.
 *
 * The two meanings (good, bad) are a blue-green and an orange: the pair stays apart under every common form of colour
 * blindness, and a sign and a word always stand beside the colour.
 */
export interface Theme {
  colours: {
    accent: string;
    /** The accent thinned for areas and bars that numbers stand on. */
    accentSoft: string;
    accentFaint: string;
    /** A second series. */
    second: string;
    ink: string;
    text: string;
    muted: string;
    faint: string;
    line: string;
    panel: string;
    paper: string;
    good: string;
    bad: string;
    goodSoft: string;
    badSoft: string;
    warn: string;
    warnSoft: string;
    /** Rising and falling, where the direction rather than the meaning is coloured. */
    up: string;
    down: string;
  };
  /** What the colour of a change says: whether it is good, or its direction as Korean or western readers expect. */
  changeColours: "good_bad" | "kr" | "western";
}

export const theme: Theme = {
  colours: {
    accent: "#1d4f91",
    accentSoft: "#bccfe8",
    accentFaint: "#e9eff8",
    second: "#8a5a00",
    ink: "#111c2e",
    text: "#2b3648",
    muted: "#5b6678",
    faint: "#8d97a6",
    line: "#dde2ea",
    panel: "#f5f7fa",
    paper: "#ffffff",
    good: "#0b6e6e",
    bad: "#b8430b",
    goodSoft: "#dff1ef",
    badSoft: "#fbe9df",
    warn: "#8a5a00",
    warnSoft: "#fdf4dd",
    up: "#c0272d",
    down: "#1d5fc4",
  },
  changeColours: "good_bad",
};

/** Type sizes in points. */
export const type = {
  title: 22,
  lead: 12.5,
  heading: 13,
  value: 19,
  body: 9.5,
  table: 8.5,
  small: 8,
  tiny: 7,
} as const;

/** A4 portrait in points. */
export const page = { width: 595.28, height: 841.89, side: 44, top: 48, bottom: 56 } as const;

/** The colour of a change: by its meaning, or by its direction. A change without an arrow has none. */
export function changeColour(
  { arrow, tone }: { arrow: "▲" | "▼" | "–" | ""; tone: "good" | "bad" | "neutral" },
  { colours, changeColours }: Theme,
): string {
  if (arrow !== "▲" && arrow !== "▼") return colours.muted;
  if (changeColours === "kr") return arrow === "▲" ? colours.up : colours.down;
  if (changeColours === "western") return arrow === "▲" ? colours.good : colours.bad;
  return tone === "neutral" ? colours.muted : colours[tone];
}
