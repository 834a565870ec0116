import { printable, textWidth, type Weight } from "../fonts.ts";

/**
 * Breaks a text into lines no wider than `width`: at spaces (Korean words stay whole), a word too long for a line after
 * the marks that structure addresses and campaign names, and only then anywhere.
 */
export function wrap(text: string, width: number, size: number, weight: Weight = "regular"): string[] {
  const measure = (part: string) => textWidth(part, size, weight);
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ").filter(Boolean)) {
    const joined = line ? `${line} ${word}` : word;
    if (measure(joined) <= width) {
      line = joined;
      continue;
    }
    if (measure(word) <= width) {
      lines.push(line);
      line = word;
      continue;
    }
    let open = line ? `${line} ` : "";
    for (const piece of pieces(word, (part) => measure(part) <= width)) {
      if (measure(open + piece) > width && open) {
        lines.push(open.trimEnd());
        open = "";
      }
      open += piece;
    }
    line = open;
  }
  if (line) lines.push(line);
  return lines.length > 0 ? lines : [""];
}

function pieces(word: string, fits: (part: string) => boolean): string[] {
  return word
    .split(/(?<=[/?&=_\-.,:;·|+)\]])|(?=[([])/)
    .flatMap((part) => (fits(part) ? [part] : Array.from(graphemes.segment(part), ({ segment }) => segment)));
}

const graphemes = new Intl.Segmenter("ko", { granularity: "grapheme" });
