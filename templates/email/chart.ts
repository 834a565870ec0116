import type { Report } from "../../transforms/report/model.ts";
import { headlineChart } from "../chart/trend.ts";

/** The mail's one picture, with what a reader without pictures gets instead. Sizes are CSS pixels. */
export interface MailChart {
  cid: string;
  width: number;
  height: number;
  alt: string;
  png: Buffer;
}

/** Thirteen periods of the headline KPI as a PNG for inline use; null where there is no line to draw. */
export async function mailChart(report: Report): Promise<MailChart | null> {
  const chart = headlineChart(report, drawn);
  if (!chart) return null;
  const { lineChart } = await import("../chart/line.ts");
  const { chartPng } = await import("../chart/png.ts");
  return { cid: "trend", ...shown, alt: chart.alt, png: await chartPng(lineChart(chart), { scale: 3 }) };
}

/** Drawn small and shown large: on a phone the picture shrinks to 310 pixels, and its labels must still be read. */
const drawn = { width: 330, height: 126 };
const shown = { width: 552, height: 211 };
