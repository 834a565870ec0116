import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The pages of a workbook as LibreOffice prints them, as PNGs. */
export function printedPages(workbook: Uint8Array, dpi: number): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), "bogo-office-"));
  try {
    writeFileSync(join(folder, "book.xlsx"), workbook);
    run("soffice", [
      `-env:UserInstallation=file://${folder}/profile`,
      ...["--headless", "--convert-to", "pdf", "--outdir", folder, join(folder, "book.xlsx")],
    ]);
    run("pdftoppm", ["-r", String(dpi), "-png", join(folder, "book.pdf"), join(folder, "page")]);
    return readdirSync(folder)
      .filter((name) => name.endsWith(".png"))
      .toSorted()
      .map((name) => readFileSync(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { timeout: 180_000 });
  if (error) throw new Error(`${command} cannot be run: ${error.message}. The gallery needs it.`);
  if (status !== 0) throw new Error(`${command}: ${stderr.toString()}`);
}
