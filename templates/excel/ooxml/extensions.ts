import { type Tag, tag, xml } from "./xml.ts";

/** Small columns in one cell, drawn from the cells of a row or column elsewhere. */
export interface Spark {
  /** `'추이'!E5:E17` */
  source: string;
  /** `C21` */
  cell: string;
}

/** Bars behind the numbers of one block. */
export interface Bar {
  ref: string;
  priority: number;
}

/** Both kinds of a bar's rule: what every program reads, and what Excel has read since 2010 and others follow. */
export function barRule({ ref, priority }: Bar, at: number, colour: string): string {
  return xml(
    tag(
      "conditionalFormatting",
      { sqref: ref },
      tag(
        "cfRule",
        { type: "dataBar", priority },
        tag(
          "dataBar",
          { minLength: 0, maxLength: longest },
          tag("cfvo", { type: "num", val: 0 }),
          tag("cfvo", { type: "max" }),
          tag("color", { rgb: argb(colour) }),
        ),
        tag(
          "extLst",
          {},
          tag("ext", { "xmlns:x14": x14, uri: "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}" }, tag("x14:id", {}, idOf(at))),
        ),
      ),
    ),
  );
}

/** Everything that a sheet says in Excel's own extensions: the looks of its bars, then its sparklines. */
export function extensions(
  bars: readonly Bar[],
  sparks: readonly Spark[],
  { bar, spark }: { bar: string; spark: SparkColours },
): string | null {
  const lists: Tag[] = [];
  if (bars.length > 0)
    lists.push(
      tag(
        "ext",
        { "xmlns:x14": x14, uri: "{78C0D931-6437-407d-A8EE-F0AAD7539E65}" },
        tag("x14:conditionalFormattings", {}, ...bars.map((each, at) => barLooks(each, at, bar))),
      ),
    );
  if (sparks.length > 0)
    lists.push(
      tag(
        "ext",
        { "xmlns:x14": x14, uri: "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" },
        tag("x14:sparklineGroups", { "xmlns:xm": xm }, sparklines(sparks, spark)),
      ),
    );
  return lists.length > 0 ? xml(tag("extLst", {}, ...lists)) : null;
}

/** A bar of one colour that ends before the number begins, so that it never lies under the digits. */
function barLooks({ ref }: Bar, at: number, colour: string): Tag {
  return tag(
    "x14:conditionalFormatting",
    { "xmlns:xm": xm },
    tag(
      "x14:cfRule",
      { type: "dataBar", id: idOf(at) },
      tag(
        "x14:dataBar",
        { minLength: 0, maxLength: longest, gradient: 0 },
        tag("x14:cfvo", { type: "num" }, tag("xm:f", {}, "0")),
        tag("x14:cfvo", { type: "autoMax" }),
        tag("x14:negativeFillColor", { rgb: argb(colour) }),
        tag("x14:axisColor", { rgb: argb(colour) }),
      ),
    ),
    tag("xm:sqref", {}, ref),
  );
}

/** Columns, the last one strong: lines are not drawn by every program. They show the course alone and begin at its least. */
function sparklines(sparks: readonly Spark[], { soft, strong }: SparkColours): Tag {
  const colours = {
    Series: soft,
    Negative: soft,
    Axis: soft,
    Markers: soft,
    First: soft,
    Last: strong,
    High: soft,
    Low: soft,
  };
  return tag(
    "x14:sparklineGroup",
    { type: "column", displayEmptyCellsAs: "gap", last: 1 },
    ...Object.entries(colours).map(([name, colour]) => tag(`x14:color${name}`, { rgb: argb(colour) })),
    tag(
      "x14:sparklines",
      {},
      ...sparks.map(({ source, cell }) => tag("x14:sparkline", {}, tag("xm:f", {}, source), tag("xm:sqref", {}, cell))),
    ),
  );
}

/** Of all columns, and of the last. */
interface SparkColours {
  soft: string;
  strong: string;
}

/** Percent of the cell's width. */
const longest = 55;

const idOf = (at: number) => `{B0600000-0000-4000-8000-${String(at + 1).padStart(12, "0")}}`;
const argb = (hex: string): string => `FF${hex.slice(1).toUpperCase()}`;
const x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main";
const xm = "http://schemas.microsoft.com/office/excel/2006/main";
