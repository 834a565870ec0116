import type { CutCounts } from "./cuts.ts";

/** `docs/cuts.md`: what is said of downloads that were cut off, for each variant. */
export function cutsPage(all: readonly CutCounts[]): string {
  const sum = (name: "cuts" | "refused" | "held" | "whole" | "fewer" | "changed") =>
    all.reduce((total, each) => total + each[name], 0);
  return `# Downloads that were cut off

Written by \`npm run fuzz -- --cuts\`: each sample export is cut at every byte and read.

- **refused**: nothing is loaded, and a problem says why.
- **held**: a doubt (\`FILE_DOUBT_…\`) keeps it back until a person accepts it.
- **whole**: nothing was lost; the cut took a line break, a blank line or a footer.
- **undetected**: loaded without a word. *Fewer*: the cut fell between two lines, and the platform writes nothing behind
  its rows that would be missed: no closing total, no footer, no number of rows, no declared last day. *Changed*: it fell
  into the last figure or text of a line, and the platform does not always write the last line break.

Of ${sum("cuts")} cuts ${sum("refused")} are refused, ${sum("held")} held, ${sum("whole")} lose nothing and ${sum("fewer") + sum("changed")} are not detected. Every cut of a zip or a workbook is refused.
What is not detected here shows later: a day without rows at the end of a period, and a replacement that drops a campaign or lowers a settled day, are held by the load.

| variant | samples | cuts | refused | held | whole | undetected | fewer | changed | what cannot be detected |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---|
${all.map(cutsRow).join("\n")}
`;
}

/** A variant's line on the page. */
export function cutsRow(each: CutCounts): string {
  const { variant, samples, cuts, refused, held, whole, fewer, changed } = each;
  return `| \`${variant}\` | ${samples} | ${cuts} | ${refused} | ${held} | ${whole} | ${fewer + changed} | ${fewer} | ${changed} | ${blindSpot(each)} |`;
}

function blindSpot({ fewer, changed }: CutCounts): string {
  if (fewer + changed === 0) return "every cut is told";
  const kinds = [
    ...(fewer > 0 ? ["between two lines"] : []),
    ...(changed > 0 ? ["within the last cell of a line"] : []),
  ];
  return `a cut ${kinds.join(" or ")}`;
}
