import { describe, expect, it, onTestFinished } from "vitest";
import { mailChart } from "../../templates/email/chart.ts";
import { newSentences } from "../../templates/email/preheader.ts";
import { renderEmail } from "../../templates/email/render.ts";
import { theme } from "../../templates/theme.ts";
import { chromiumPath, inBrowser, openBrowser } from "../browser.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";

/** What a mail program keeps of a phone's 844 pixels for itself: its bars, sender and subject. */
const kept = 200;

describe.skipIf(chromiumPath === null)(inBrowser("a mail on a phone of 390 × 844"), () => {
  it("answers without scrolling, in two languages, and nothing is wider than the screen in light or dark", async () => {
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    for (const report of [koreanWeekly, englishMonthly])
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await browser.context.newPage();
        await page.setViewportSize({ width: 390, height: 844 });
        await page.emulateMedia({ colorScheme });
        const chart = await mailChart(report, theme);
        await page.setContent(renderEmail(report, { chart, attachments: [{ name: "리포트.pdf", size: 1 }] }).html);
        const said = newSentences(report).slice(0, 2).at(-1) ?? "";
        const box = await page.getByText(said, { exact: true }).boundingBox();
        expect(box && box.y + box.height, `${report.locale} ${colorScheme}`).toBeLessThan(844 - kept);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
        const shown = page.locator("img:visible");
        expect(await shown.count()).toBe(1);
        expect(await shown.getAttribute("src")).toBe(colorScheme === "dark" ? "cid:trend-dark" : "cid:trend");
        await page.close();
      }
  }, 60_000);
});
