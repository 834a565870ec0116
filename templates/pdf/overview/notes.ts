import type { Report } from "../../../transforms/report/model.ts";
import { words } from "../../text.ts";
import type { Flow } from "../flow.ts";

/** What must be known to read the totals, in small print: what they leave out, rates, VAT, who counts what. */
export function overviewNotes(flow: Flow, report: Report): void {
  const { overview, locale } = report;
  if (!overview) return;
  const { excludes } = overview.total.cost;
  const names = excludes.join(", ");
  const said = words(locale);
  const without = locale === "ko-KR" ? `${names} ${said.excludes}.` : `${said.excludes} ${names}.`;
  const texts = [...(excludes.length > 0 ? [without] : []), ...overview.notes.map(({ text }) => text)];
  flow.space(5);
  flow.paragraph(texts.join("  "), { size: 6.4, colour: flow.theme.colours.muted });
}
