import { spawnSync } from "node:child_process";

/** Poppler reads PDFs as a stranger would. Tests that need it are skipped, with this reason, where it is not installed. */
export const poppler = spawnSync("pdftotext", ["-v"]).error === undefined;
export const needsPoppler = "(needs pdftotext of poppler-utils)";

/** The text of a PDF as it is read and copied, of all pages or one. */
export function textOf(pdf: Buffer, page?: number): string {
  const range = page === undefined ? [] : ["-f", String(page), "-l", String(page)];
  return run([...range, "-enc", "UTF-8", "-layout", "-", "-"], pdf);
}

/** Every word with its box in points. */
export function wordsOf(pdf: Buffer): { xMin: number; xMax: number; yMin: number; yMax: number; text: string }[] {
  const words = run(["-bbox", "-", "-"], pdf).matchAll(
    /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g,
  );
  return Array.from(words, ([, xMin, yMin, xMax, yMax, text]) => ({
    xMin: Number(xMin),
    yMin: Number(yMin),
    xMax: Number(xMax),
    yMax: Number(yMax),
    text: text ?? "",
  }));
}

export function pageCount(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

function run(args: string[], input: Buffer): string {
  const { stdout, status, stderr } = spawnSync("pdftotext", args, { input, maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout.toString("utf8");
}
