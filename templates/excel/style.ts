import type { Style } from "exceljs";
import type { Locale } from "../../transforms/metrics.ts";
import { changeColour, type Theme } from "../theme.ts";
import { looksLikeFormula } from "./cell.ts";
import type { Cell, Role } from "./sheet.ts";

/** How a role is set: points, height of one line in points, whether it wraps (and is merged over its span). */
interface Setting {
  size: number;
  line: number;
  wrap: boolean;
  align: "left" | "right" | "center";
}

/** Type of every role. */
export const settings: Record<Role, Setting> = {
  title: { size: 18, line: 32, wrap: false, align: "left" },
  period: { size: 12, line: 20, wrap: false, align: "left" },
  aside: { size: 9, line: 16, wrap: false, align: "left" },
  banner: { size: 10, line: 20, wrap: true, align: "left" },
  heading: { size: 12, line: 24, wrap: false, align: "left" },
  lead: { size: 13, line: 24, wrap: true, align: "left" },
  sentence: { size: 10, line: 18, wrap: true, align: "left" },
  head: { size: 9, line: 15, wrap: true, align: "left" },
  headNumber: { size: 9, line: 15, wrap: true, align: "right" },
  name: { size: 10, line: 19, wrap: true, align: "left" },
  text: { size: 9.5, line: 19, wrap: true, align: "left" },
  number: { size: 10, line: 19, wrap: false, align: "right" },
  heat: { size: 9, line: 22, wrap: false, align: "center" },
};

/** A font that readers of the language have; a workbook embeds none. */
export function fontOf(locale: Locale): string {
  return locale === "ko-KR" ? "맑은 고딕" : "Calibri";
}

/** The library's style of a cell. */
export function styleOf(cell: Cell, locale: Locale, theme: Theme): Partial<Style> {
  const { size, wrap, align } = settings[cell.role];
  const { colours } = theme;
  const bold = cell.strong || cell.sum || ["title", "heading", "lead", "head", "headNumber"].includes(cell.role);
  const fill = fillOf(cell, theme);
  return {
    font: { name: fontOf(locale), size, bold: bold === true, color: { argb: argb(inkOf(cell, theme)) } },
    alignment: {
      horizontal: align,
      vertical: "middle",
      wrapText: wrap,
      ...(inset.has(cell.role) ? { indent: 1 } : {}),
    },
    ...(fill ? { fill: { type: "pattern", pattern: "solid", fgColor: { argb: argb(fill) } } } : {}),
    ...borderOf(cell, colours),
    ...numberFormatOf(cell),
  };
}

/** Cells of a table stand off their neighbours, a text beside a number above all. */
const inset: ReadonlySet<Role> = new Set(["head", "headNumber", "name", "text", "number", "banner"]);

/** `#1d4f91` as the library writes it. */
export const argb = (hex: string): string => `FF${hex.slice(1).toUpperCase()}`;

function inkOf({ role, colour, change }: Cell, theme: Theme): string {
  const { colours } = theme;
  if (colour) return { good: colours.good, bad: colours.bad, muted: colours.muted, warn: colours.warn }[colour];
  if (change) return changeColour(change, theme);
  if (role === "title" || role === "heading") return colours.accent;
  if (role === "aside") return colours.muted;
  return role === "banner" ? colours.warn : colours.ink;
}

function fillOf({ role, sum }: Cell, { colours }: Theme): string | null {
  if (role === "head" || role === "headNumber") return colours.accentFaint;
  if (role === "banner") return colours.warnSoft;
  return sum ? colours.panel : null;
}

function borderOf({ role, sum }: Cell, colours: Theme["colours"]): Partial<Style> {
  const edge = (style: "thin" | "hair" | "medium", colour: string) =>
    ({ style, color: { argb: argb(colour) } }) as const;
  if (role === "heading") return { border: { bottom: edge("thin", colours.accentSoft) } };
  if (role === "head" || role === "headNumber") return { border: { bottom: edge("thin", colours.accent) } };
  if (sum) return { border: { top: edge("thin", colours.accent), bottom: edge("thin", colours.accent) } };
  return role === "name" || role === "text" || role === "number"
    ? { border: { bottom: edge("hair", colours.line) } }
    : {};
}

/** `@` marks text that looks like a formula: `package.ts` gives every such style Excel's own mark for text. */
function numberFormatOf({ value, format }: Cell): Partial<Style> {
  if (format) return { numFmt: format };
  return typeof value === "string" && looksLikeFormula(value) ? { numFmt: "@" } : {};
}
