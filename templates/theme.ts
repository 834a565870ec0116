import { contrast, mix, TEXT } from "../transforms/colour.ts";
import {
  type BrandColours,
  type Cover,
  type FontFiles,
  grounds,
  houseColours,
  type Logo,
  type PageFormat,
  tint,
} from "../transforms/theme.ts";

/**
 * How a report looks: colours, type sizes in points, and a grid of 4 points. Excel, PDF and email share it.
 *
 * The two meanings (good, bad) are a blue-green and an orange: the pair stays apart under every common form of colour
 * blindness, and a sign and a word always stand beside the colour.
 */
export interface Theme {
  colours: {
    /** The brand's colour as written: only for areas on which nothing stands but what `onBrand` says. */
    brand: string;
    /** Text on the brand's colour. */
    onBrand: string;
    /** The brand's colour fit to be read on `paper`, `panel` and `accentFaint`: texts, lines, bars. */
    accent: string;
    /** The accent thinned for areas and bars that numbers stand on. */
    accentSoft: string;
    accentFaint: string;
    /** A second series. */
    second: string;
    /** The colours of a chart's series in order, apart for every eye; the first is the accent unless someone chose otherwise. */
    series: readonly string[];
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
  /** Who speaks, and to whom; null where the name alone says it. */
  logos: { agency: Logo | null; client: Logo | null };
  fonts: {
    /** Font files of the client's own; what they lack, and null, is drawn in Pretendard. */
    files: FontFiles | null;
    /** What a mail asks its reader's device for first: it cannot bring fonts. */
    mail: readonly string[];
  };
  /** The PDF's pages. */
  page: PageFormat;
  /** The PDF's cover in the report's language; what is null is the report's own. */
  cover: Cover<string> | null;
  /** A line at the foot of every page and mail. */
  footer: string | null;
}

export const theme: Theme = {
  colours: {
    brand: "#1d4f91",
    onBrand: "#ffffff",
    accent: "#1d4f91",
    accentSoft: "#bccfe8",
    accentFaint: "#e9eff8",
    second: "#8a5a00",
    series: houseColours.series,
    ink: "#111c2e",
    text: "#2b3648",
    muted: "#5b6678",
    faint: "#7f8998",
    line: "#dde2ea",
    panel: grounds.panel,
    paper: grounds.paper,
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
  logos: { agency: null, client: null },
  fonts: { files: null, mail: [] },
  page: "a4",
  cover: null,
  footer: null,
};

/** The house colours with a brand's in place of its own; what means good, bad or a warning stays. */
export function branded(house: Theme["colours"], { brand, accent, second, series }: BrandColours): Theme["colours"] {
  return {
    ...house,
    brand,
    // No colour is too near to white, ink and black at once.
    onBrand: [house.paper, house.ink].find((text) => contrast(text, brand) >= TEXT) ?? "#000000",
    accent,
    accentSoft: mix(accent, house.paper, 0.7),
    accentFaint: tint(accent),
    second,
    series,
  };
}

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

/** A page in points. A slide has the same type as A4 on less room, so that it reads from the back of a room. */
export interface Page {
  width: number;
  height: number;
  side: number;
  top: number;
  bottom: number;
  /** Charts that stand side by side. */
  columns: 1 | 2;
  /** The air in a table's row. */
  air: number;
}

export const pages: Record<PageFormat, Page> = {
  a4: { width: 595.28, height: 841.89, side: 44, top: 48, bottom: 56, columns: 1, air: 10 },
  "16:9": { width: 800, height: 450, side: 40, top: 42, bottom: 44, columns: 2, air: 6 },
};

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
