import type { Report } from "../../transforms/report/model.ts";
import { clipped, textWidth } from "../fonts.ts";
import { formatInstant, words } from "../text.ts";
import { type as size } from "../theme.ts";
import type { Flow } from "./flow.ts";

/** What a page says of itself when it lies alone on a desk: which report, which period, and whether its figures stand. */
export function runningHead(flow: Flow, report: Report): void {
  const { canvas, theme, page } = flow;
  canvas.artifact(() => {
    const at = { y: page.top - 12, size: size.small, colour: theme.colours.muted };
    canvas.text(clipped(report.title, flow.width * 0.56, size.small, "semibold"), {
      ...at,
      x: flow.left,
      weight: "semibold",
    });
    canvas.text(clipped(periodAndState(report), flow.width * 0.42, size.small), {
      ...at,
      x: flow.left + flow.width,
      anchor: "end",
    });
    canvas.rule({ x: flow.left, y: page.top - 4, width: flow.width, colour: theme.colours.line });
  });
  flow.y = page.top + 8;
}

/** `10월 5주차 (10/26~11/1) · 잠정치` */
export function periodAndState({ period, locale }: Report): string {
  const said = words(locale);
  return `${period.label} · ${period.final ? said.final : said.provisional}`;
}

/** The moment a report speaks for, in its own zone; a corrected one says which it is. */
export function asOfText({ run, timezone, locale }: Report): string {
  const revision = run.revision > 1 ? ` · r${run.revision}` : "";
  return `${words(locale).asOf} ${formatInstant(run.as_of, timezone, locale)} (${timezone})${revision}`;
}

/** Who made it, as of when, and page x of y. */
export function foot(flow: Flow, report: Report, at: number, of: number): void {
  const { canvas, theme, page } = flow;
  const y = page.height - page.bottom / 2;
  const { logos, footer, colours } = theme;
  canvas.artifact(() => {
    canvas.rule({ x: flow.left, y: y - 14, width: flow.width, colour: colours.line });
    const small = { y, size: size.tiny + 0.5, colour: colours.muted };
    if (logos.agency) canvas.logo(logos.agency, { x: flow.left, y: y - 8.5, width: 60, height: 11, anchor: "start" });
    const mark = logos.agency ? Math.min(60, (11 * logos.agency.width) / logos.agency.height) + 6 : 0;
    const number = `${at} / ${of}`;
    const room = flow.width - mark - textWidth(number, small.size, "regular") - 12;
    const line = `${footer ?? report.agency_name} · ${asOfText(report)}`;
    canvas.text(clipped(line, room, small.size), { ...small, x: flow.left + mark });
    canvas.text(number, { ...small, x: flow.left + flow.width, anchor: "end" });
  });
}
