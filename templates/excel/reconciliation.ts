import Big from "big.js";
import type { Kpi, Reconciled, ReconciledLine, Report } from "../../transforms/report/model.ts";
import { sectionTitle, words } from "../text.ts";
import { area } from "./ooxml/address.ts";
import { type Cell, countCell, dash, gap, type Line, live, type Sheet, textCell, valueCell, wide } from "./sheet.ts";

const columns = 14;
/** Columns of amounts: exported, three reasons for less, what counts, VAT, the rate, what is reported. */
const at = { exported: 5, narrowed: 8, counted: 9, vat: 10, rate: 11, reported: 12 } as const;

/**
 * How each sum of the report came about, file by file, from left to right: what the file states, less what does not count,
 * plus or minus VAT, times the rate. Under each table stand the report's own figure and the difference, which is nothing.
 */
export function reconciliationSheet(report: Report): Sheet | null {
  const { locale } = report;
  const said = words(locale);
  const lines: Line[] = [
    wide(said.reconciliation, "title", columns),
    wide(`${report.title} · ${report.period.label}`, "aside", columns),
    wide(said.reconciliationNote, "sentence", columns),
  ];
  const blocks = report.reconciliation.filter((each) => report.kpis.some(({ id }) => id === each.kpi));
  if (blocks.length === 0) return null;
  for (const each of blocks) lines.push(gap, ...block(each, report, lines.length + 4));
  return {
    id: "reconciliation",
    name: said.reconciliation,
    kind: "notes",
    lines,
    head: null,
    frozen: 1,
    rules: [],
    widths: { 1: 34, 4: 10, 14: 19 },
  };
}

function block(reconciled: Reconciled, report: Report, first: number): Line[] {
  const { locale } = report;
  const said = words(locale);
  const kpi = report.kpis.find(({ id }) => id === reconciled.kpi);
  if (!kpi) return [];
  const { lines } = reconciled;
  const last = first + lines.length - 1;
  const total = sumOf(lines.map(({ reported }) => reported));
  const cellAt = (row: number) => area([at.reported, at.reported], [row, row]);
  const blank = (count: number, looks: Partial<Cell> = {}) =>
    Array.from({ length: count }, () => textCell(null, "text", looks));
  const sum = { strong: true, sum: true };
  const own = { ...kpi, unit: kpi.unit };
  const difference = total && reconciled.reported !== null ? total.minus(reconciled.reported).toFixed() : null;
  const even = difference !== null && Number(difference) === 0;
  return [
    wide(kpi.label, "heading", columns),
    {
      cells: [
        ...[said.file, said.platform, said.account, said.currency].map((label) => textCell(label, "head")),
        ...[
          said.exported,
          said.supersededAmount,
          said.otherCut,
          said.leftOutAmount,
          said.counted,
          said.vatStep,
          said.rate,
          said.reported,
          said.rejected,
        ].map((label) => textCell(label, "headNumber")),
        textCell("SHA-256", "head"),
      ],
    },
    ...lines.map((line, index) => ({ cells: lineCells(line, kpi, report, first + index) })),
    {
      cells: [
        textCell(said.total, "name", sum),
        ...blank(at.reported - 2, sum),
        live(
          valueCell(total?.toFixed() ?? null, own, locale, sum),
          `SUM(${area([at.reported, at.reported], [first, last])})`,
        ),
        ...blank(2, sum),
      ],
    },
    {
      cells: [
        textCell(`${said.reportedIn} ${sectionTitle("summary", locale)}`, "name"),
        ...blank(at.reported - 2),
        live(valueCell(reconciled.reported, own, locale), `kpi_${kpi.id}`),
        ...blank(2),
      ],
    },
    {
      cells: [
        textCell(`${said.difference}${even ? " ✓" : ""}`, "name", { colour: even ? "good" : "warn" }),
        ...blank(at.reported - 2),
        live(
          valueCell(difference, own, locale, { colour: even ? "good" : "warn" }),
          `ROUND(${cellAt(last + 1)}-${cellAt(last + 2)},6)`,
        ),
        ...blank(2),
      ],
    },
  ];
}

function lineCells(line: ReconciledLine, kpi: Kpi, { locale }: Report, row: number): Cell[] {
  const said = words(locale);
  const format = { ...kpi, currency: line.currency ?? kpi.currency };
  const amount = (value: string | null, looks: Partial<Cell> = {}) =>
    valueCell(value, format, locale, { ...looks, ...(value === "0" ? { colour: "muted" as const } : {}) });
  const place = (column: number) => area([column, column], [row, row]);
  const isKept = line.exported !== null;
  const counted = live(
    amount(line.counted, { strong: true }),
    isKept ? `SUM(${area([at.exported, at.narrowed], [row, row])})` : null,
  );
  const net = `${place(at.counted)}+${place(at.vat)}`;
  const reported = live(
    valueCell(line.reported, kpi, locale, { strong: true }),
    line.rate === null ? net : `(${net})*${place(at.rate)}`,
  );
  return [
    textCell(line.file, "name"),
    textCell(line.platform),
    textCell(line.account),
    textCell(line.currency),
    isKept ? amount(line.exported) : textCell(said.notKept, "number", { colour: "muted" }),
    ...[line.superseded, line.other, line.narrowed].map((value) => (isKept ? amount(less(value)) : dash())),
    counted,
    amount(line.vat),
    line.rate === null ? textCell(null, "number") : valueCell(line.rate, { unit: "count", decimals: 4 }, locale),
    reported,
    countCell(line.rejected, line.rejected > 0 ? { colour: "warn" } : { colour: "muted" }),
    textCell(line.sha256.slice(0, 16), "text", { colour: "muted" }),
  ];
}

/** What does not count is printed with its sign, so that a line adds up as it stands. */
function less(value: string | null): string | null {
  return value === null || Number(value) === 0 ? value : new Big(value).times(-1).toFixed();
}

/** Null where a line has no value in the report's currency. */
function sumOf(values: readonly (string | null)[]): Big | null {
  return values.reduce<Big | null>(
    (sum, value) => (sum === null || value === null ? null : sum.plus(value)),
    new Big(0),
  );
}
