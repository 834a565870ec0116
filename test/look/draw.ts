import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { PNG } from "pngjs";
import { type Documents, renderDocuments } from "../../jobs/documents.ts";
import { standalone } from "../../jobs/out.ts";
import { chromiumPath, openBrowser } from "../browser.ts";
import { poppler } from "../pdf/poppler.ts";
import { cases } from "./cases.ts";
import { ownFonts } from "./fonts.ts";

/** Opaque pixels, four bytes each. */
export interface Picture {
  name: string;
  width: number;
  height: number;
  data: Uint8Array;
}

/** What is needed to draw the pictures; null where all of it is here. */
export const lacks: string | null =
  chromiumPath === null ? "no Chromium on this machine" : poppler ? null : "no poppler-utils on this machine";

/** Every page of each sample's PDF, and its mail at two widths in light and dark. */
export async function drawAll(only: (name: string) => boolean = () => true): Promise<Picture[]> {
  const browser = await openBrowser();
  try {
    const pictures: Picture[] = [];
    for (const { name, report, look } of cases.filter((each) => only(each.name))) {
      const documents = await renderDocuments(report, [], ["pdf"], look);
      pictures.push(...pagesOf(documents, name), ...(await mailsOf(documents, name, browser.context)));
    }
    return pictures;
  } finally {
    await browser.close();
  }
}

const dotsPerInch = 64;

/** The pages as another program draws them. */
function pagesOf({ pdf }: Pick<Documents, "pdf">, name: string, dpi = dotsPerInch): Picture[] {
  if (!pdf) return [];
  const folder = mkdtempSync(join(tmpdir(), "bogo-look-"));
  try {
    const { status, stderr } = spawnSync("pdftoppm", ["-r", String(dpi), "-png", "-", join(folder, "page")], {
      input: pdf.bytes,
    });
    if (status !== 0) throw new Error(stderr.toString());
    return readdirSync(folder)
      .toSorted()
      .map((file, at) => ({ name: `${name}.page-${at + 1}`, ...pixelsOf(readFileSync(join(folder, file))) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface MailShot {
  width: number;
  scheme: "light" | "dark";
  /** Pixels of the screen to a pixel of the page. */
  scale?: number;
  /** Cut off below; the whole mail where it is absent. */
  height?: number;
}

async function mailsOf(documents: Documents, name: string, context: BrowserContext): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const width of [390, 800])
    for (const scheme of ["light", "dark"] as const)
      pictures.push({
        name: `${name}.mail-${width}-${scheme}`,
        ...pixelsOf(await shootMail(documents, { width, scheme }, context)),
      });
  return pictures;
}

/** The mail in a browser, in the project's own fonts, so that it looks alike on every machine. */
export async function shootMail(
  documents: Pick<Documents, "mail" | "chart" | "logos">,
  { width, scheme, height }: MailShot,
  context: BrowserContext,
): Promise<Buffer> {
  const page = await context.newPage();
  try {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: height ?? 900 });
    const shown = standalone(documents);
    await page.route("**/*", (route) => ownFonts.serve(route, ownFonts.inside(shown)));
    await page.goto("http://look.example/");
    await page.evaluate("document.fonts.ready");
    return await page.screenshot({ fullPage: height === undefined, animations: "disabled" });
  } finally {
    await page.close();
  }
}

export function pixelsOf(png: Uint8Array): Omit<Picture, "name"> {
  const { width, height, data } = PNG.sync.read(png);
  return { width, height, data };
}
