/**
 * Text that any file or mail may hold: without control characters (line breaks and tabs stay), lone surrogates,
 * noncharacters and the marks that turn the direction of a line to disguise a name.
 */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(unwritable, "");
}

/** The same on one line: for subjects, names and headers. */
export function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}

/** How wide text stands in a fixed-width view: Hangul, hanja and emoji take two columns. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

const unwritable = /(?![\t\n])[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu;
const wide =
  /[\u1100-\u11FF\u2E80-\u9FFF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
