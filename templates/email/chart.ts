import type { Report } from "../../transforms/report/model.ts";
import { headlineChart } from "../chart/trend.ts";
import type { Theme } from "../theme.ts";
import { darkTheme } from "./dark.ts";

/** The mail's one picture, with what a reader without pictures gets instead. Sizes are CSS pixels. */
export interface MailChart {
  cid: string;
  width: number;
  height: number;
  alt: string;
  png: Buffer;
  /** The same picture for dark mode: its ground is the dark card. */
  dark: { cid: string; png: Buffer };
}

/** Thirteen periods of the headline KPI as a PNG for inline use; null where there is no line to draw. */
export async function mailChart(report: Report, theme: Theme): Promise<MailChart | null> {
  const chart = headlineChart(report, drawn);
  if (!chart) return null;
  const { lineChart } = await import("../chart/line.ts");
  const { chartPng } = await import("../chart/png.ts");
  const paint = (given: Theme) => chartPng(lineChart(chart, given), { scale: 3, background: given.colours.paper });
  return {
    cid: "trend",
    ...shown,
    alt: chart.alt,
    png: paint(theme),
    dark: { cid: "trend-dark", png: paint(darkTheme(theme)) },
  };
}

/** Drawn small and shown large: on a phone the picture shrinks to 354 pixels, and its labels must still be read. */
const drawn = { width: 288, height: 116 };
const shown = { width: 552, height: 222 };
