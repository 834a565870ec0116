/** Columns that a text takes on a terminal: Korean letters and emoji take two, marks laid over a letter none. */
export function widthOf(text: string): number {
  let sum = 0;
  for (const letter of text) sum += wide.test(letter) ? 2 : laidOver.test(letter) ? 0 : 1;
  return sum;
}

/** A text cut to so many columns, its end marked where something is missing. */
export function shorten(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  return `${headOf(text, columns - 1)}…`;
}

/** A text in lines of at most so many columns, broken at spaces, and within a word only where it is longer than a line. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (widthOf(line) > columns) {
      const head = headOf(line, Math.max(columns, 2));
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line];
}

/**
 * A text out of a file that can be printed, in so many columns at most: line ends as `⏎`, and what could steer the terminal or turn the order of
 * letters round (escape sequences, marks of direction, invisible letters) as visible signs.
 */
export function harmless(text: string, columns = 400): string {
  const plain = text
    .slice(0, columns * 4)
    .replace(/\r\n?|[\n\u0085\u2028\u2029]/gu, "⏎")
    .replace(/\t/gu, " ")
    .replace(/\p{Cc}/gu, (sign) => (sign < " " ? String.fromCodePoint(0x2400 + (sign.codePointAt(0) ?? 0)) : "�"))
    .replace(unprintable, "�");
  return shorten(plain, columns);
}

// The joiner and the variation selectors stay for emoji.
const unprintable =
  /[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]/gu;

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const laidOver = /\p{M}|\u200d/u;

/** The longest beginning that takes no more than so many columns. */
function headOf(text: string, columns: number): string {
  let head = "";
  let sum = 0;
  for (const letter of text) {
    sum += widthOf(letter);
    if (sum > columns) break;
    head += letter;
  }
  return head;
}
