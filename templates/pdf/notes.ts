import type { Report } from "../../transforms/report/model.ts";
import { textWidth } from "../fonts.ts";
import { formatPeriod, sectionHeading, words } from "../text.ts";
import { type as size } from "../theme.ts";
import type { Flow } from "./flow.ts";
import { type Column, drawTable, keepHeight, wrapped } from "./table.ts";
import { wrap } from "./wrap.ts";

/** How to read the figures and where they come from, small at the end: notes, what is missing, definitions, files. */
export function notes(flow: Flow, report: Report): void {
  const { locale } = report;
  const said = words(locale);
  const { colours } = flow.theme;
  const small = { size: size.small, colour: colours.text };
  const bullets = report.notes.reduce(
    (sum, { text }) => sum + wrap(text, flow.width - 10, size.small).length * 12.5,
    0,
  );
  flow.heading(sectionHeading("notes", report), { level: 2, keep: Math.min(bullets, 160) });
  for (const { text } of report.notes) flow.paragraph(text, { ...small, indent: 10, bullet: "•" });
  if (report.ae) contact(flow, report, report.ae);

  const air = 4; // looked up, not read
  const table = (title: string, heads: string[], shares: number[], rows: string[][], right: readonly number[] = []) => {
    if (rows.length === 0) return;
    const columns = heads.map(
      (head, at): Column => ({
        title: head,
        width: (shares[at] ?? 0) * flow.width,
        align: right.includes(at) ? "end" : "start",
      }),
    );
    const lines = rows.map((row) => ({
      cells: row.map((text, at) => ({
        lines: wrapped(text, columns[at] ?? { width: 80 }, {
          ...small,
          colour: at === 0 ? colours.ink : colours.text,
        }),
      })),
    }));
    flow.heading(title, { level: 3, keep: Math.min(keepHeight(flow, columns, lines, air), 90) });
    drawTable(flow, columns, lines, { air });
  };
  table(
    said.missing,
    [said.channel, said.source, said.reason],
    [0.16, 0.28, 0.56],
    report.missing.map(({ channel, source, reason }) => [channel, source, reason]),
  );
  table(
    said.definitions,
    [said.kpi, said.formula],
    [0.3, 0.7],
    report.definitions.map(({ label, formula }) => [label, formula]),
  );
  table(
    said.sources,
    [said.file, said.platform, said.period, said.rowsUsed, said.rejected, "SHA-256"],
    [0.29, 0.23, 0.19, 0.08, 0.1, 0.11],
    report.sources.map(({ file, platform, account, from, to, rows, rejected, sha256 }) => [
      file,
      `${platform} · ${account}`,
      from && to ? formatPeriod({ from, to }, locale) : "–",
      rows.toLocaleString("en-US"),
      rejected.toLocaleString("en-US"),
      sha256.slice(0, 8),
    ]),
    [3, 4, 5],
  );
}

/** Whom to ask, and where. */
function contact(flow: Flow, { locale }: Report, ae: NonNullable<Report["ae"]>): void {
  const { canvas, theme } = flow;
  flow.need(22);
  flow.space(6);
  const line = `${words(locale).contact}: ${ae.name} `;
  const at = { y: flow.y + 8, size: size.small };
  canvas.tag("P", () => canvas.text(line, { ...at, x: flow.left, colour: theme.colours.muted }));
  const after = flow.left + textWidth(line, size.small, "regular");
  canvas.link(`mailto:${ae.address}`, ae.address, {
    ...at,
    x: after,
    weight: "semibold",
    colour: theme.colours.accent,
  });
  flow.y += 12;
}
