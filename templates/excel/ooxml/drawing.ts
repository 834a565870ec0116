import { part, type Tag, tag } from "./xml.ts";

/** One chart on a sheet: its relation, and where it stands. Columns and rows from 0, lengths in EMU. */
export interface Frame {
  relation: string;
  name: string;
  alt: string;
  from: Corner;
  to: Corner;
}

interface Corner {
  column: number;
  columnOffset: number;
  row: number;
  rowOffset: number;
}

/** English Metric Units of a pixel and a point: the lengths of drawings. */
export const emu = { pixel: 9525, point: 12_700 } as const;

/** The drawing's part: frames that move with their cells, and keep their size when rows or columns are hidden. */
export function drawingPart(frames: readonly Frame[]): string {
  return part(
    tag(
      "xdr:wsDr",
      { "xmlns:xdr": spreadsheet, "xmlns:a": main, "xmlns:r": relationships, "xmlns:c": chart },
      ...frames.map(anchorOf),
    ),
  );
}

function anchorOf({ relation, name, alt, from, to }: Frame, at: number): Tag {
  return tag(
    "xdr:twoCellAnchor",
    { editAs: "oneCell" },
    cornerOf("xdr:from", from),
    cornerOf("xdr:to", to),
    tag(
      "xdr:graphicFrame",
      { macro: "" },
      tag("xdr:nvGraphicFramePr", {}, tag("xdr:cNvPr", { id: at + 2, name, descr: alt }), tag("xdr:cNvGraphicFramePr")),
      tag("xdr:xfrm", {}, tag("a:off", { x: 0, y: 0 }), tag("a:ext", { cx: 0, cy: 0 })),
      tag(
        "a:graphic",
        {},
        tag("a:graphicData", { uri: chart }, tag("c:chart", { "xmlns:c": chart, "r:id": relation })),
      ),
    ),
    tag("xdr:clientData"),
  );
}

function cornerOf(name: string, { column, columnOffset, row, rowOffset }: Corner): Tag {
  const place = (key: string, value: number) => tag(key, {}, String(Math.round(value)));
  return tag(
    name,
    {},
    place("xdr:col", column),
    place("xdr:colOff", columnOffset),
    place("xdr:row", row),
    place("xdr:rowOff", rowOffset),
  );
}

const spreadsheet = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
const main = "http://schemas.openxmlformats.org/drawingml/2006/main";
const chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
