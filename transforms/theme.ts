import { APART, apartToAll, contrast, GRAPHIC, mix, readable, TEXT } from "./colour.ts";
import type { Text } from "./metrics.ts";
import type { Tone } from "./tone.ts";

/** What theme.yaml settles about how reports look, complete: the agency's theme with a client's laid over it. */
export interface ThemeDef {
  /** The agency's name on reports, where it is not the one of agency.yaml. */
  agency: Text | null;
  logos: { agency: Logo | null; client: Logo | null };
  colours: BrandColours | null;
  fonts: {
    /** Font files by weight; null draws with the program's own. */
    files: FontFiles | null;
    /** Names that a mail asks for, before those every device has. */
    mail: readonly string[];
  };
  page: PageFormat;
  cover: Cover<Text> | null;
  footer: Text | null;
  change_colours: ChangeColours | null;
  tone: Tone;
}

export const pageFormats = ["a4", "16:9"] as const;
export type PageFormat = (typeof pageFormats)[number];

export const changeColourings = ["kr", "western", "good_bad"] as const;
export type ChangeColours = (typeof changeColourings)[number];

/** A brand's colours as `#rrggbb`. */
export interface BrandColours {
  /** As written: for areas on which no text of the page's own colour stands. */
  brand: string;
  /** The nearest to it that can be read on paper: texts, lines, bars. */
  accent: string;
  second: string;
  /** The colours of a chart's series, in order; the first is `accent`. */
  series: readonly string[];
}

/** A picture that has been found harmless: no scripts, nothing fetched, of a size that is drawn at once. */
export interface Logo {
  type: "svg" | "png";
  bytes: Uint8Array;
  /** Its own size; only the ratio counts. */
  width: number;
  height: number;
}

/** Absolute paths of TrueType files. */
export interface FontFiles {
  regular: string;
  semibold: string;
  bold: string;
}

/** A first page of its own. What is null is taken from the report. */
export interface Cover<Words> {
  title: Words | null;
  subtitle: Words | null;
  prepared_for: Words | null;
  note: Words | null;
}

/** What holds where nobody wrote a theme. */
export const plainTheme: ThemeDef = {
  agency: null,
  logos: { agency: null, client: null },
  colours: null,
  fonts: { files: null, mail: [] },
  page: "a4",
  cover: null,
  footer: null,
  change_colours: null,
  tone: "formal",
};

/** What figures and texts stand on in every report. */
export const grounds = { paper: "#ffffff", panel: "#f5f7fa" } as const;

/** The program's own colours: six that stay apart for every eye. */
export const houseColours: BrandColours = {
  brand: "#1d4f91",
  accent: "#1d4f91",
  second: "#8a5a00",
  series: ["#1d4f91", "#a9701c", "#3595d8", "#6f3210", "#8236cc", "#d8518b"],
};

/** A brand's colours made fit to be read: each that is too pale becomes the nearest that is not. */
export function fitColours(written: { accent?: string; second?: string; series?: readonly string[] }): BrandColours {
  const brand = written.accent ?? houseColours.brand;
  const accent = readableAccent(brand);
  const second = readable(written.second ?? houseColours.second, Object.values(grounds), TEXT);
  if (written.series)
    return { brand, accent, second, series: written.series.map((each) => readable(each, [grounds.paper], GRAPHIC)) };
  const series = [accent, ...(written.second ? [second] : [])];
  for (const each of houseColours.series)
    if (series.length < 6 && series.every((other) => apartToAll(each, other).distance >= APART)) series.push(each);
  return { brand, accent, second, series };
}

/** The accent also stands on a tint of itself, which darkens with it: a few steps settle both. */
function readableAccent(brand: string): string {
  let accent = brand;
  for (let step = 0; step < 8; step++) accent = readable(accent, [...Object.values(grounds), tint(accent)], TEXT);
  return accent;
}

/** The tint of a colour on which a card stands: as pale as leaves every text's contrast on it. */
export function tint(colour: string): string {
  const shares = [0.905, 0.92, 0.93, 0.94, 0.95];
  const pale = shares.map((share) => mix(colour, grounds.paper, share));
  return pale.find((each) => contrast(each, grounds.paper) <= 1.16) ?? mix(colour, grounds.paper, 0.96);
}
