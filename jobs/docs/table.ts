/** A Markdown table. A bar inside a cell would end it, a line break would end the table. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ")).join(" | ")} |`;
  return [line(heads), `|${heads.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** The first line of every generated page. */
export const WRITTEN = "<!-- Written by `npm run docs` from the code; change it there. -->";
