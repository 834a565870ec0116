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
  const size = { width: 552, height: 176 };
  const chart = headlineChart(report, size);
  if (!chart) return null;
  const { lineChart } = await import("../chart/line.ts");
  const { chartPng } = await import("../chart/png.ts");
  return { cid: "trend", ...size, alt: chart.alt, png: await chartPng(lineChart(chart), { scale: 2 }) };
}
