/** Cells of one column, from a row to a row (both from 1), on the sheet with this id; without one on the chart's own. */
export interface Span {
  sheet?: string;
  column: number;
  rows: [number, number];
}

/** One row of points of a chart. Its name is a cell, so that a reader who renames the column renames the series. */
export interface Series {
  name: { sheet?: string; column: number; row: number };
  values: Span;
  /** `#1d4f91` */
  colour: string;
  /** A thin broken line: what is only compared with. */
  aside?: boolean;
}

/** Series drawn the same way on the same axis. */
export interface Plot {
  kind: "line" | "column" | "bar" | "doughnut";
  /** Against the axis on the right. */
  second?: boolean;
  series: Series[];
  /** The number format of its axis and labels. */
  format: string;
  /** What the axis counts, where there are two. */
  label?: string;
}

/** A native chart as plain data; every point and every name is a cell that an analyst may change. */
export interface Chart {
  title: string;
  /** What it shows, in words, for those who do not see it. */
  alt: string;
  categories: Span;
  /** How days read along the axis. */
  categoryFormat?: string | undefined;
  plots: Plot[];
  /** Colours of the parts of a doughnut. */
  parts?: readonly string[];
  /** Its share of the sheet's width. */
  share: 1 | 0.5;
}
