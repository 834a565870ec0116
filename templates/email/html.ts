import { cleanText } from "../clean.ts";

/** Markup that is safe as it stands: only `html` makes it. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing prints for null and false. */
export type Part = string | number | Html | null | undefined | false | readonly Part[];

/** Markup from a template. Every text in it is escaped, so a hostile campaign name stays a name. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { markup: strings.reduce((all, text, at) => all + print(parts[at - 1]) + text) };
}

function print(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string")
    return cleanText(part).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(print).join("");
}
