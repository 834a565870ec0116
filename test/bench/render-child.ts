import { renderDocuments } from "../../jobs/documents.ts";
import { renderPdf } from "../../templates/pdf/render.ts";
import type { Report } from "../../transforms/report/model.ts";
import { openBrowser } from "../browser.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";
import { ownFonts } from "../look/fonts.ts";
import { pageCount } from "../pdf/poppler.ts";
import { processorOfChildren } from "./children.ts";
import { printedPage } from "./page.ts";
import type { RenderTook } from "./render.ts";

/** One process for all rounds, as the daemon's worker: `render-child.ts <reports> <rounds>`, run with --expose-gc. */
const [reports = 500, rounds = 15] = process.argv.slice(2).map(Number);
const samples: readonly Report[] = [koreanWeekly, englishMonthly];

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Both ways by turns. The browser keeps its page and fonts; what it is timed for is the new content and the print. */
async function byTurns(report: Report): Promise<Pick<RenderTook, "pages" | "ours" | "chromium" | "processor">> {
  const { style, body } = printedPage(report);
  const browser = await openBrowser();
  try {
    const page = await browser.context.newPage();
    const markup = ownFonts.inside(`<html><head><style>${style}</style></head><body>${body}</body></html>`);
    await page.route("**/*", (route) => ownFonts.serve(route, markup));
    await page.goto("http://bench.example/");
    const print = async (): Promise<void> => {
      await page.evaluate(`document.body.innerHTML = ${JSON.stringify(body)}`);
      await page.pdf({ format: "A4", tagged: true, outline: true, printBackground: true });
    };
    const draw = () => renderPdf(report);
    // The first dozen of each are slower: both are compiled while they run.
    for (let warm = 0; warm < 12; warm += 1) await Promise.resolve().then(draw).then(print);
    const took = { pages: pageCount(await draw()), ours: [] as number[], chromium: [] as number[] };
    const used = { ours: 0, chromium: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const before = process.cpuUsage();
      took.ours.push(await timed(draw));
      const { user, system } = process.cpuUsage(before);
      used.ours += (user + system) / 1000;
      const begun = processorOfChildren();
      took.chromium.push(await timed(print));
      used.chromium += (processorOfChildren() ?? Number.NaN) - (begun ?? Number.NaN);
    }
    const processor = Number.isNaN(used.chromium) ? null : used.chromium / used.ours;
    return { ...took, processor };
  } finally {
    await browser.close();
  }
}

/** The samples over and over, each a report of its own. */
async function many(): Promise<Omit<RenderTook, "pages" | "ours" | "chromium" | "processor">> {
  const each: number[] = [];
  const memory: [heap: number, resident: number][] = [];
  for (let at = 1; at <= reports; at += 1) {
    const sample = samples[at % samples.length] ?? koreanWeekly;
    const report = {
      ...sample,
      title: `${sample.title} ${at}`,
      run: { ...sample.run, id: at.toString(16).padStart(8, "0") },
    };
    each.push(await timed(() => renderDocuments(report, [], ["excel", "pdf"])));
    if (at !== Math.ceil(reports / 5) && at !== reports) continue;
    // Given with --expose-gc; what is dropped in one round is only free after the next.
    for (const _ of [1, 2, 3]) (globalThis as { gc?: () => void }).gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    memory.push([(heapUsed + external) / 2 ** 20, rss / 2 ** 20]);
  }
  const [first = [0, 0], last = first] = memory;
  const peak = process.resourceUsage().maxRSS / 1024;
  return { reports, each, heap: [first[0], last[0]], resident: [first[1], last[1]], peak };
}

const turns = await byTurns(koreanWeekly);
process.stdout.write(JSON.stringify({ ...turns, ...(await many()) } satisfies RenderTook));
