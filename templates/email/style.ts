import type { Locale } from "../../transforms/metrics.ts";
import type { Theme } from "../theme.ts";
import { type Html, html } from "./html.ts";

/** Fonts that phones and Outlook have; a mail embeds none. */
export function fontStack(locale: Locale): string {
  return locale === "ko-KR"
    ? "'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',Arial,sans-serif"
    : "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
}

/**
 * The style sheet of the head: dark colours and narrow screens. Clients that drop it still show a whole mail, since
 * every element carries its own inline style.
 */
export function headStyles({ colours }: Theme): Html {
  const dark: Record<string, string> = {
    "bg-page": "background:#0f141b",
    "bg-card": "background:#18202b",
    "bg-panel": "background:#222c3a",
    "bg-warn": "background:#3a2f12",
    "bg-track": "background:#334155",
    "bg-fill": "background:#7fb0ee",
    "c-ink": "color:#f2f5f9",
    "c-text": "color:#d5dce6",
    "c-muted": "color:#a3afc0",
    "c-accent": "color:#9cc3f5",
    "c-warn": "color:#f1c75b",
    "c-good": "color:#63d3c6",
    "c-bad": "color:#ff9f6e",
    "c-up": "color:#ff8a8f",
    "c-down": "color:#8bb6ff",
    line: "border-color:#334155",
  };
  const rules = (prefix: string) =>
    Object.entries(dark)
      .map(([name, rule]) => `${prefix}.${name}{${rule} !important}`)
      .join("");
  return {
    markup: `<style>:root{color-scheme:light dark;supported-color-schemes:light dark}body{margin:0;padding:0}a{color:${colours.accent}}@media (max-width:480px){.side{padding-left:18px !important;padding-right:18px !important}.wide{display:none !important}.hero{font-size:34px !important}}@media (prefers-color-scheme:dark){${rules("")}a{color:#9cc3f5 !important}}${rules("[data-ogsc] ")}</style>`,
  };
}

/** Style and class of a colour, so that dark mode can replace it. */
export function ink(
  name: "ink" | "text" | "muted" | "accent" | "warn" | "good" | "bad" | "up" | "down",
  { colours }: Theme,
): { class: string; style: string } {
  return { class: `c-${name}`, style: `color:${colours[name]}` };
}

/** A table that lays out: screen readers pass over it. */
export function layout(rows: Html | Html[], style = ""): Html {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;${style}">${rows}</table>`;
}
