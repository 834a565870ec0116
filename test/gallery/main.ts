import { spawnSync } from "node:child_process";
import type { BrowserContext } from "playwright-core";
import type { Documents } from "../../jobs/documents.ts";
import { startPreview } from "../../jobs/preview/live.ts";
import { chromiumPath, openBrowser } from "../browser.ts";
import { shootMail } from "../look/draw.ts";
import { compose, type Piece } from "./compose.ts";
import { printedPages } from "./office.ts";
import { sampleContext, sampleReport } from "./reports.ts";

// `npm run gallery`: makes the README's pictures out of the sample clients' reports, as they are made and sent.
if (chromiumPath === null) throw new Error("The gallery needs Chromium; BOGO_CHROMIUM names one.");
const { context, clear } = sampleContext();
const browser = await openBrowser();
try {
  const korean = (await sampleReport(context, "hanbit-coffee", "ppc", "weekly")).documents;
  const english = (await sampleReport(context, "northwind-outfitters", "ppc", "monthly")).documents;
  const overview = (await sampleReport(context, "hanbit-coffee", "overview", "monthly")).documents;
  const say = (line: string) => console.log(line);
  const [first] = pages(overview, 1);
  const front = first ? [first, ...pages(korean, 2)] : pages(korean, 3);
  say(await compose("report", [front, pages(english, 3)], browser.context));
  say(await compose("mail", [[...(await phones(korean)), ...(await phones(english))]], browser.context));
  say(await compose("workbook", sheets(korean), browser.context));
  say(await compose("preview", [await previews(browser.context)], browser.context));
} finally {
  await browser.close();
  clear();
}

/** The first pages of a PDF. */
function pages({ pdf }: Documents, count: number): Piece[] {
  return Array.from({ length: count }, (_, at) => {
    const page = String(at + 1);
    const { stdout } = spawnSync("pdftoppm", ["-r", "120", "-f", page, "-l", page, "-png", "-"], {
      input: pdf?.bytes ?? new Uint8Array(),
      maxBuffer: 1 << 26,
    });
    return { png: stdout, width: 560, alt: `page ${page}`, round: 2 };
  }).filter(({ png }) => png.length > 0);
}

/** A mail on a phone, in light and dark. */
async function phones(documents: Documents): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const scheme of ["light", "dark"] as const) {
    const png = await shootMail(documents, { width: 390, height: 844, scheme }, browser.context);
    pieces.push({ png, width: 390, alt: scheme, round: 32 });
  }
  return pieces;
}

/** The workbook as LibreOffice prints it: its first sheet, and the three of the next that hold most. */
function sheets({ excel }: Documents): Piece[][] {
  const printed = printedPages(excel?.bytes ?? new Uint8Array(), 110);
  const full = printed.slice(1, 8).toSorted((a, b) => b.length - a.length);
  const chosen = printed.filter((png, at) => at === 0 || full.indexOf(png) < 3);
  const pieces = chosen.map((png, at) => ({ png, width: 860, alt: `sheet ${at + 1}`, round: 2 }));
  return [pieces.slice(0, 2), pieces.slice(2, 4)];
}

/** The page of `bogo preview`: the mail, and the data behind a number. */
async function previews(shown: BrowserContext): Promise<Piece[]> {
  const preview = await startPreview(context, { client: "hanbit-coffee", report: "ppc", period: undefined, port: 0 });
  const page = await shown.newPage();
  try {
    await page.setViewportSize({ width: 1300, height: 860 });
    await page.goto(preview.url);
    await page.frameLocator("#mail-phone").locator("table").first().waitFor({ timeout: 120_000 });
    await page.waitForTimeout(1500);
    const mail = await page.screenshot();
    await page.locator("#tab-figures").click();
    await page.locator("#behind").waitFor();
    await page.evaluate("document.activeElement.blur()");
    return [mail, await page.screenshot()].map((png) => ({ png, width: 860, alt: "preview" }));
  } finally {
    await page.close();
    await preview.close();
  }
}
