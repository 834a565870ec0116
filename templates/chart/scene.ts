import type { Weight } from "../fonts.ts";

/**
 * A drawing as plain shapes, in points from the top left. It is computed once and painted twice: as SVG (and PNG) for
 * mail, as vectors in the PDF. Text stands on its baseline.
 */
export interface Scene {
  width: number;
  height: number;
  /** What the picture says, for those who cannot see it. */
  alt: string;
  shapes: Shape[];
}

export type Shape = PathShape | LineShape | RectShape | CircleShape | TextShape;

export interface PathShape {
  type: "path";
  d: string;
  fill?: string;
  stroke?: string;
  width?: number;
  dash?: Dash;
}

export interface LineShape {
  type: "line";
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  stroke: string;
  width: number;
  dash?: Dash;
}

export interface RectShape {
  type: "rect";
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
  radius?: number;
}

export interface CircleShape {
  type: "circle";
  x: number;
  y: number;
  r: number;
  fill: string;
  stroke?: string;
  width?: number;
}

export interface TextShape {
  type: "text";
  x: number;
  y: number;
  text: string;
  size: number;
  weight: Weight;
  fill: string;
  anchor: "start" | "middle" | "end";
  /** Drawn around the letters first, so that they stay readable on lines. */
  halo?: string;
}

/** Lengths of stroke and gap. */
export type Dash = readonly [number, number];

/** Coordinates to a hundredth: finer is not seen, and equal input gives equal bytes. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
