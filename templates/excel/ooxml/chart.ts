import type { Chart, Plot, Series, Span } from "../chart.ts";
import { part, type Tag, tag, val } from "./xml.ts";

/** How a chart is set, and where it finds what stands in the cells it is bound to. */
export interface ChartSetting {
  font: string;
  ink: string;
  line: string;
  paper: string;
  /** A reference as a formula, `'추이'!$E$5:$E$17`. */
  refer(span: Span): string;
  /** What the cells hold, for readers that draw before they calculate; null is a gap. */
  held(span: Span): (string | number | null)[];
}

/** The chart's part, in the dialect that Excel itself writes. */
export function chartPart(chart: Chart, setting: ChartSetting): string {
  const round = chart.plots.some(({ kind }) => kind === "doughnut");
  const several = chart.plots.flatMap(({ series }) => series).length > 1;
  const legend = tag("c:legend", {}, val("c:legendPos", round ? "r" : "b"), val("c:overlay", 0));
  return part(
    tag(
      "c:chartSpace",
      { "xmlns:c": `${drawing}/chart`, "xmlns:a": `${drawing}/main`, "xmlns:r": relationships },
      val("c:date1904", 0),
      val("c:roundedCorners", 0),
      tag(
        "c:chart",
        {},
        titled(chart.title, setting, { size: 1100, bold: true, ink: setting.ink }),
        val("c:autoTitleDeleted", 0),
        plotArea(chart, setting),
        round || several ? legend : null,
        val("c:plotVisOnly", 1),
        val("c:dispBlanksAs", "gap"),
      ),
      tag("c:spPr", {}, solid(setting.paper), tag("a:ln", { w: 6350 }, solid(setting.line))),
      textOf(setting, { size: 900 }),
    ),
  );
}

function plotArea(chart: Chart, setting: ChartSetting): Tag {
  let index = 0;
  const groups = chart.plots.map((plot) => {
    const series = plot.series.map((each) => seriesOf(each, plot, chart, setting, index++));
    return groupOf(plot, series);
  });
  return tag(
    "c:plotArea",
    {},
    tag("c:layout"),
    ...groups,
    ...chart.plots.flatMap((plot) => axesOf(plot, chart, setting)),
  );
}

function groupOf(plot: Plot, series: Tag[]): Tag {
  const ids = axisIds(plot).map((id) => val("c:axId", id));
  switch (plot.kind) {
    case "line":
      return tag(
        "c:lineChart",
        {},
        val("c:grouping", "standard"),
        val("c:varyColors", 0),
        ...series,
        val("c:marker", 1),
        ...ids,
      );
    case "doughnut":
      return tag(
        "c:doughnutChart",
        {},
        val("c:varyColors", 1),
        ...series,
        val("c:firstSliceAng", 0),
        val("c:holeSize", 58),
      );
    default:
      return tag(
        "c:barChart",
        {},
        val("c:barDir", plot.kind === "bar" ? "bar" : "col"),
        val("c:grouping", "clustered"),
        val("c:varyColors", 0),
        ...series,
        val("c:gapWidth", plot.kind === "bar" ? 45 : 60),
        ...ids,
      );
  }
}

function seriesOf(
  series: Series,
  plot: Plot,
  { categories, categoryFormat, parts = [] }: Chart,
  setting: ChartSetting,
  index: number,
): Tag {
  const { kind, format } = plot;
  const name = { ...series.name, rows: [series.name.row, series.name.row] as [number, number] };
  return tag(
    "c:ser",
    {},
    val("c:idx", index),
    val("c:order", index),
    tag("c:tx", {}, strings(name, setting)),
    kind === "doughnut" ? null : shapeOf(series, kind),
    kind === "line" ? markerOf(series) : null,
    kind === "bar" || kind === "column" ? val("c:invertIfNegative", 0) : null,
    ...(kind === "doughnut" ? parts.map((colour, at) => pieceOf(colour, at, setting)) : []),
    labelsOf(kind, format, setting),
    tag("c:cat", {}, namesOf(categories, categoryFormat, setting)),
    tag("c:val", {}, numbers(series.values, format, setting)),
    kind === "line" ? val("c:smooth", 0) : null,
  );
}

function shapeOf({ colour, aside }: Series, kind: Plot["kind"]): Tag {
  if (kind !== "line") return tag("c:spPr", {}, solid(colour));
  return tag(
    "c:spPr",
    {},
    tag(
      "a:ln",
      { w: aside ? 15875 : 28575, cap: "rnd" },
      solid(colour),
      aside ? val("a:prstDash", "sysDash") : null,
      tag("a:round"),
    ),
  );
}

function markerOf({ colour, aside }: Series): Tag {
  if (aside) return tag("c:marker", {}, val("c:symbol", "none"));
  const look = tag("c:spPr", {}, solid(colour), tag("a:ln", { w: 9525 }, solid(colour)));
  return tag("c:marker", {}, val("c:symbol", "circle"), val("c:size", 5), look);
}

function pieceOf(colour: string, at: number, { paper }: ChartSetting): Tag {
  return tag(
    "c:dPt",
    {},
    val("c:idx", at),
    val("c:bubble3D", 0),
    tag("c:spPr", {}, solid(colour), tag("a:ln", { w: 12700 }, solid(paper))),
  );
}

/** Bars carry their values and need no axis; parts of a whole their share. */
function labelsOf(kind: Plot["kind"], format: string, setting: ChartSetting): Tag | null {
  if (kind !== "bar" && kind !== "doughnut") return null;
  const share = kind === "doughnut";
  return tag(
    "c:dLbls",
    {},
    tag("c:numFmt", { formatCode: share ? "0%" : format, sourceLinked: 0 }),
    tag("c:spPr", {}, tag("a:noFill"), tag("a:ln", {}, tag("a:noFill"))),
    textOf(setting, { size: 900, ...(share ? { bold: true, ink: setting.paper } : {}) }),
    share ? null : val("c:dLblPos", "outEnd"),
    val("c:showLegendKey", 0),
    val("c:showVal", share ? 0 : 1),
    val("c:showCatName", 0),
    val("c:showSerName", 0),
    val("c:showPercent", share ? 1 : 0),
    val("c:showBubbleSize", 0),
    share ? val("c:showLeaderLines", 0) : null,
  );
}

const axisIds = ({ second }: Plot): [number, number] => (second ? [3, 4] : [1, 2]);

function axesOf(plot: Plot, chart: Chart, setting: ChartSetting): Tag[] {
  if (plot.kind === "doughnut") return [];
  const [names, values] = axisIds(plot);
  const bars = plot.kind === "bar";
  const none = tag("c:spPr", {}, tag("a:ln", {}, tag("a:noFill")));
  const twoAxes = chart.plots.length > 1;
  return [
    tag(
      "c:catAx",
      {},
      val("c:axId", names),
      tag("c:scaling", {}, val("c:orientation", bars ? "maxMin" : "minMax")),
      val("c:delete", plot.second ? 1 : 0),
      val("c:axPos", bars ? "l" : "b"),
      tag("c:numFmt", { formatCode: chart.categoryFormat ?? "General", sourceLinked: chart.categoryFormat ? 0 : 1 }),
      val("c:majorTickMark", "none"),
      val("c:minorTickMark", "none"),
      val("c:tickLblPos", "low"),
      tag("c:spPr", {}, tag("a:ln", { w: 9525 }, solid(setting.line))),
      textOf(setting, { size: 900 }),
      val("c:crossAx", values),
      val("c:crosses", "autoZero"),
      val("c:auto", 0),
      val("c:lblAlgn", "ctr"),
      val("c:lblOffset", 100),
      val("c:noMultiLvlLbl", 1),
    ),
    tag(
      "c:valAx",
      {},
      val("c:axId", values),
      tag("c:scaling", {}, val("c:orientation", "minMax"), plot.kind === "line" ? null : val("c:min", 0)),
      val("c:delete", bars ? 1 : 0),
      val("c:axPos", bars ? "t" : plot.second ? "r" : "l"),
      bars || plot.second
        ? null
        : tag("c:majorGridlines", {}, tag("c:spPr", {}, tag("a:ln", { w: 6350 }, solid(setting.line)))),
      twoAxes && plot.label ? titled(plot.label, setting, { size: 900, turned: true }) : null,
      tag("c:numFmt", { formatCode: plot.format, sourceLinked: 0 }),
      val("c:majorTickMark", "none"),
      val("c:minorTickMark", "none"),
      val("c:tickLblPos", "nextTo"),
      none,
      textOf(setting, { size: 900 }),
      val("c:crossAx", names),
      val("c:crosses", plot.second ? "max" : "autoZero"),
      val("c:crossBetween", "between"),
    ),
  ];
}

const namesOf = (span: Span, format: string | undefined, setting: ChartSetting): Tag =>
  format ? numbers(span, format, setting) : strings(span, setting);

function strings(span: Span, { refer, held }: ChartSetting): Tag {
  const points = held(span).map((value, at) =>
    value === null ? null : tag("c:pt", { idx: at }, tag("c:v", {}, String(value))),
  );
  return tag(
    "c:strRef",
    {},
    tag("c:f", {}, refer(span)),
    tag("c:strCache", {}, val("c:ptCount", points.length), ...points),
  );
}

function numbers(span: Span, format: string, { refer, held }: ChartSetting): Tag {
  const points = held(span).map((value, at) =>
    typeof value === "number" ? tag("c:pt", { idx: at }, tag("c:v", {}, String(value))) : null,
  );
  const cache = tag("c:numCache", {}, tag("c:formatCode", {}, format), val("c:ptCount", points.length), ...points);
  return tag("c:numRef", {}, tag("c:f", {}, refer(span)), cache);
}

interface Look {
  size: number;
  bold?: boolean;
  ink?: string;
  turned?: boolean;
}

function titled(text: string, setting: ChartSetting, look: Look): Tag {
  const run = tag("a:r", {}, tag("a:rPr", runOf(look), ...fontOf(setting, look)), tag("a:t", {}, text));
  const paragraph = tag("a:p", {}, tag("a:pPr", {}, tag("a:defRPr", runOf(look), ...fontOf(setting, look))), run);
  return tag(
    "c:title",
    {},
    tag("c:tx", {}, tag("c:rich", {}, bodyOf(look), tag("a:lstStyle"), paragraph)),
    val("c:overlay", 0),
  );
}

function textOf(setting: ChartSetting, look: Look): Tag {
  const paragraph = tag(
    "a:p",
    {},
    tag("a:pPr", {}, tag("a:defRPr", runOf(look), ...fontOf(setting, look))),
    tag("a:endParaRPr", { lang: "en-US" }),
  );
  return tag("c:txPr", {}, bodyOf(look), tag("a:lstStyle"), paragraph);
}

const bodyOf = ({ turned }: Look): Tag => tag("a:bodyPr", turned ? { rot: -5400000, vert: "horz" } : {});
const runOf = ({ size, bold = false }: Look) => ({ sz: size, b: bold ? 1 : 0 });
const fontOf = ({ font, ink }: ChartSetting, look: Look): Tag[] => [
  solid(look.ink ?? ink),
  tag("a:latin", { typeface: font }),
  tag("a:ea", { typeface: font }),
];
const solid = (colour: string): Tag => tag("a:solidFill", {}, val("a:srgbClr", colour.slice(1).toUpperCase()));

const drawing = "http://schemas.openxmlformats.org/drawingml/2006";
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
