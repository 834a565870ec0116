import type { Report, SectionId } from "../../transforms/report/model.ts";
import { cardsWithin, headlineAlone, headlineHeight, otherCards } from "./cards.ts";
import type { Flow } from "./flow.ts";
import { comment, commentHeight, summary, summaryHeight } from "./head.ts";

const gap = 24;

/**
 * The first slide's two columns: the answer in words with the headline, and beside it the other figures. The person's
 * comment stands below the words where there is room. Returns what it drew; a slide that cannot hold both columns draws neither.
 */
export function openingSlide(flow: Flow, report: Report): SectionId[] {
  const wanted = (["summary", "kpis"] as const).every((section) => report.sections.includes(section));
  if (!wanted || report.summary.length === 0 || report.kpis.length === 0) return [];
  const room = flow.page.height - flow.page.bottom - flow.y;
  const words = narrowed(flow, 0, 0.4);
  const figures = narrowed(flow, 0.4, 0.6);
  const spoken = words(() => summaryHeight(flow, report) + headlineHeight(flow, report) + 8);
  if (spoken > room) return [];
  const layout = figures(() => cardsWithin(flow, report, room - 2));
  if (layout === null) return [];
  const beside =
    report.sections.includes("comment") &&
    report.comment.length > 0 &&
    spoken + words(() => commentHeight(flow, report)) <= room;
  const top = flow.y;
  words(() => {
    summary(flow, report);
    flow.space(4);
    headlineAlone(flow, report);
    if (beside) comment(flow, report);
  });
  const end = flow.y;
  flow.y = top + 2;
  figures(() => otherCards(flow, report, layout));
  flow.y = Math.max(end, flow.y);
  return beside ? ["summary", "comment", "kpis"] : ["summary", "kpis"];
}

/** Draws in a part of the width, from one share of it over another. */
function narrowed(flow: Flow, from: number, share: number) {
  return <Result>(draw: () => Result): Result => {
    const { left, width } = flow;
    flow.left = left + width * from + (from > 0 ? gap / 2 : 0);
    flow.width = width * share - gap / 2;
    try {
      return draw();
    } finally {
      flow.left = left;
      flow.width = width;
    }
  };
}
