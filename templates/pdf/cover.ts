import type { Report } from "../../transforms/report/model.ts";
import { clipped } from "../fonts.ts";
import { words } from "../text.ts";
import { pages, type as size, type Theme } from "../theme.ts";
import { brand } from "./brand.ts";
import type { Canvas } from "./canvas.ts";
import { asOfText } from "./page.ts";
import { wrap } from "./wrap.ts";

/** A first page of its own: who made it for whom, what it is, and whether its figures stand. */
export function cover(canvas: Canvas, report: Report, theme: Theme): void {
  const { colours, logos, footer } = theme;
  const { width, height, side } = pages[theme.page];
  const said = words(report.locale);
  const texts = theme.cover;
  const inner = width - side * 2;
  canvas.addPage();

  const agency = { name: report.agency_name, logo: logos.agency };
  brand(canvas, agency, {
    x: side,
    y: side,
    width: inner / 2,
    height: 28,
    anchor: "start",
    size: 12,
    colour: colours.ink,
  });

  const title = held(wrap(texts?.title ?? report.title, inner * 0.86, 32, "bold"), 4);
  const subtitle = held(wrap(texts?.subtitle ?? report.period.label, inner * 0.86, 15, "semibold"), 2);
  const tall = 64 + title.length * 41 + subtitle.length * 21;
  const top = Math.max(height * 0.36, height * 0.56 - tall / 2);
  if (logos.client) {
    const box = { x: side, y: top - 92, width: inner * 0.6, height: 56, anchor: "start" as const, size: 16 };
    brand(canvas, { name: report.client_name, logo: logos.client }, { ...box, colour: colours.ink, weight: "bold" });
  }
  canvas.artifact(() => canvas.box({ x: 0, y: top, width, height: tall, fill: colours.brand }));
  canvas.tag("P", () => {
    title.forEach((line, row) => {
      canvas.text(line, { x: side, y: top + 58 + row * 41, size: 32, weight: "bold", colour: colours.onBrand });
    });
    subtitle.forEach((line, row) => {
      const y = top + 50 + title.length * 41 + row * 21;
      canvas.text(line, { x: side, y, size: 15, weight: "semibold", colour: colours.onBrand });
    });
  });

  const facts = [
    [said.preparedFor, texts?.prepared_for ?? report.client_name],
    [said.preparedBy, [report.agency_name, report.ae?.name].filter(Boolean).join(" · ")],
    [said.state, `${report.period.final ? said.final : said.provisional} · ${asOfText(report)}`],
  ] as const;
  const shares = [0.26, 0.3, 0.44];
  let x = side;
  facts.forEach(([name, value], at) => {
    const room = inner * (shares[at] ?? 0);
    canvas.tag("P", () => {
      canvas.text(name, { x, y: top + tall + 34, size: size.small, colour: colours.muted });
      held(wrap(value, room - 16, 10.5, "semibold"), 3).forEach((line, row) => {
        canvas.text(line, { x, y: top + tall + 50 + row * 15, size: 10.5, weight: "semibold", colour: colours.ink });
      });
    });
    x += room;
  });

  const foot = [texts?.note, footer].filter((line) => typeof line === "string");
  foot.forEach((line, row) => {
    const y = height - side + 8 - (foot.length - 1 - row) * 13;
    canvas.tag("P", () =>
      canvas.text(clipped(line, inner, size.small), { x: side, y, size: size.small, colour: colours.muted }),
    );
  });
}

/** As many lines as there is room for, an ellipsis where some are left out. */
function held(lines: readonly string[], most: number): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most - 1), `${lines[most - 1] ?? ""}…`];
}
