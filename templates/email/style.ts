import type { Locale } from "../../transforms/metrics.ts";
import type { Theme } from "../theme.ts";
import { darkColours, type Ground, grounds, type Ink, inks } from "./dark.ts";
import { type Html, html } from "./html.ts";

/** Fonts that phones have; a mail embeds none. Outlook on Windows is given its own, see `outlookStyles`. */
export function fontStack(locale: Locale, { fonts }: Theme): string {
  const own = fonts.mail.map((name) => `'${name.replace(/[^\p{L}\p{N} _-]/gu, "")}',`).join("");
  return `${own}${
    locale === "ko-KR"
      ? "'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',Arial,sans-serif"
      : "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
  }`;
}

/**
 * The style sheets of the head. Clients that drop them still show a whole mail, since every element carries its own
 * inline style; one sheet a purpose, so that a client that drops one for a rule it does not know keeps the others.
 */
export function headStyles(theme: Theme): Html {
  const dark = darkRules(theme);
  const media = dark.map(([name, rule]) => `.${name}{${rule}}`).join("");
  const outlook = dark.map(([name, rule]) => `[data-ogsc] .${name},[data-ogsb] .${name}{${rule}}`).join("");
  return {
    markup: `<style>:root{color-scheme:light dark;supported-color-schemes:light dark}body{margin:0;padding:0}a{color:${theme.colours.accent}}@media (max-width:480px){${phone}}</style><style>@media (prefers-color-scheme:dark){${media}}</style><style>${outlook}</style>`,
  };
}

/**
 * What only Outlook on Windows reads. It takes the first font it is given and falls back to Times where that is missing,
 * and it scales what is not told to stand at 96 dots an inch.
 */
export function outlookStyles(locale: Locale): Html {
  const font = locale === "ko-KR" ? "'Malgun Gothic',Arial,sans-serif" : "Arial,sans-serif";
  return {
    markup: `<!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><style>body,table,td,th,div,p,h1,h2,a,b,span{font-family:${font} !important;mso-line-height-rule:exactly}</style><![endif]-->`,
  };
}

const phone =
  ".side{padding-left:18px !important;padding-right:18px !important}.wide{display:none !important}.stack{display:block !important;width:auto !important}.below{padding-left:0 !important;padding-top:12px !important}";

/** Every class that dark mode changes, with what it becomes. */
function darkRules(theme: Theme): [string, string][] {
  const dark = darkColours(theme);
  return [
    ...grounds.map((name): [string, string] => [`bg-${name}`, `background-color:${dark[name]} !important`]),
    ...inks.map((name): [string, string] => [`c-${name}`, `color:${dark[name]} !important`]),
    ["bg-logo", "padding:4px 8px !important;border-radius:4px"],
    ["line", `border-color:${dark.line} !important`],
    ["only-light", "display:none !important"],
    ["only-dark", "display:block !important;max-height:none !important;overflow:visible !important"],
  ];
}

/** Class and style of a text's colour, so that dark mode can replace it. */
export function ink(name: Ink, { colours }: Theme): { class: string; style: string } {
  return { class: `c-${name}`, style: `color:${colours[name]}` };
}

/** Attributes of a coloured cell: Outlook reads `bgcolor`, others the style, dark mode the class. */
export function ground(name: Ground, theme: Theme, more: { class?: string; style?: string } = {}): Html {
  const colour = lightGround(name, theme);
  const names = [`bg-${name}`, more.class].filter(Boolean).join(" ");
  return html`class="${names}" bgcolor="${colour}" style="background-color:${colour};${more.style}"`;
}

function lightGround(name: Ground, { colours }: Theme): string {
  const light: Record<Ground, string> = {
    page: colours.panel,
    card: colours.paper,
    panel: colours.panel,
    warnSoft: colours.warnSoft,
    track: colours.line,
    fill: colours.accent,
    reached: colours.good,
    short: colours.bad,
    tag: colours.accentFaint,
    logo: colours.paper,
  };
  return light[name];
}

/** A table that lays out: screen readers pass over it. */
export function layout(rows: Html | Html[], style = ""): Html {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;${style}">${rows}</table>`;
}
