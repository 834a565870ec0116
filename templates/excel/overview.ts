import type { Basis, ChannelLine, Kpi, Overview, Report } from "../../transforms/report/model.ts";
import {
  basisWord,
  comparisonWord,
  languageOf,
  lineState,
  reasonText,
  sectionHeading,
  sectionTitle,
  tierName,
  words,
} from "../text.ts";
import {
  type Cell,
  changeCell,
  dash,
  differenceCell,
  gap,
  type Line,
  type Sheet,
  textCell,
  valueCell,
  wide,
} from "./sheet.ts";

const width = 10;

/** The overview's blocks on one sheet, as many of them as the report shows: lines and totals, the funnel, the KPI tree. */
export function overviewSheet(report: Report): Sheet | null {
  const { overview, sections, locale } = report;
  if (!overview) return null;
  const blocks = sections.flatMap((section): Line[][] => {
    const draw = drawn[section as keyof typeof drawn];
    return draw ? [[wide(sectionHeading(section, report), "heading", width), ...draw(overview, report)]] : [];
  });
  if (blocks.length === 0) return null;
  const name = { ko: "종합", en: "Overview" }[languageOf(locale)];
  const lines = [
    wide(name, "title", width),
    wide(`${report.title} · ${report.period.label}`, "aside", width),
    ...blocks.flatMap((block) => [gap, ...block]),
    gap,
    ...overview.notes.map(({ text }) => wide(text, "aside", width)),
  ];
  return { id: "overview", name, kind: "detail", lines, head: null, frozen: 0, rules: [], widths: { 1: 40, 2: 24 } };
}

const drawn = {
  channels: channelLines,
  funnel: funnelLines,
  tree: treeLines,
} satisfies Record<string, (overview: Overview, report: Report) => Line[]>;

function channelLines({ lines, total, shop }: Overview, report: Report): Line[] {
  const { locale } = report;
  const said = words(locale);
  const basis = basisOf(report);
  const head = [
    textCell(said.channel, "head"),
    textCell(said.headline, "head"),
    textCell(said.value, "headNumber"),
    textCell(basisWord(basis, report.cadence, locale), "headNumber"),
    textCell(comparisonWord(basis, report.cadence, locale), "headNumber"),
    textCell(said.points, "headNumber"),
    ...[total.cost, total.conversions, total.conversion_value].map(({ label }) => textCell(label, "headNumber")),
    textCell(said.remark, "head"),
  ];
  const sums = (kpis: readonly (Kpi | null)[]): Cell[] =>
    kpis.map((kpi) => (kpi ? figure(kpi, report, { strong: true, sum: true }) : textCell(null, "text", { sum: true })));
  const blank = Array.from({ length: 4 }, () => textCell(null, "text", { sum: true }));
  const sum = { strong: true, sum: true };
  return [
    { cells: head },
    ...lines.map((line) => ({ cells: lineCells(line, report) })),
    {
      cells: [
        textCell(said.total, "name", sum),
        textCell(total.double_counting, "text", { sum: true, colour: "warn" }),
        ...blank,
        ...sums([total.cost, total.conversions, total.conversion_value]),
        textCell(remarks(total.cost, report), "text", { colour: "muted", sum: true }),
      ],
    },
    ...(shop
      ? [
          {
            cells: [
              textCell(said.shopOwn, "name", sum),
              textCell(`${shop.orders.label} · ${shop.revenue.label}`, "text", { sum: true }),
              ...blank,
              ...sums([null, shop.orders, shop.revenue]),
              textCell(remarks(shop.revenue, report), "text", { colour: "muted", sum: true }),
            ],
          },
        ]
      : []),
  ];
}

function lineCells(
  { label, state, without, headline, cost, conversions, conversion_value }: ChannelLine,
  report: Report,
): Cell[] {
  const said = [lineState(state, report.locale), ...without, remarks(headline, report)].filter(Boolean).join(" · ");
  return [
    textCell(label, "name"),
    textCell(headline.label, "text"),
    ...movement(headline, report),
    ...[cost, conversions, conversion_value].map((kpi) => figure(kpi, report)),
    textCell(said, "text", { colour: state === "complete" ? "muted" : "warn" }),
  ];
}

function funnelLines({ funnel }: Overview, report: Report): Line[] {
  const said = words(report.locale);
  const basis = basisOf(report);
  const compared = [
    textCell(basisWord(basis, report.cadence, report.locale), "headNumber"),
    textCell(comparisonWord(basis, report.cadence, report.locale), "headNumber"),
    textCell(said.points, "headNumber"),
  ];
  const head = [
    textCell(said.stage, "head"),
    textCell(said.kpi, "head"),
    textCell(said.value, "headNumber"),
    ...compared,
  ];
  return [
    { cells: [...head, ...unused, textCell(said.remark, "head")] },
    ...funnel.flatMap(({ label, counted, kpi, conversion }) => [
      ...(conversion
        ? [
            {
              cells: [
                textCell(conversion.label, "text", { colour: "muted" }),
                textCell(said.conversion, "text", { colour: "muted" }),
                ...movement(conversion, report),
                ...unused,
                textCell(remarks(conversion, report), "text", { colour: "muted" }),
              ],
            } satisfies Line,
          ]
        : []),
      {
        cells: [
          textCell(label, "name"),
          textCell(kpi.label, "text"),
          ...movement(kpi, report),
          ...unused,
          textCell([counted, remarks(kpi, report)].filter(Boolean).join(" · "), "text", { colour: "muted" }),
        ],
      } satisfies Line,
    ]),
  ];
}

function treeLines({ tree }: Overview, report: Report): Line[] {
  const said = words(report.locale);
  const basis = basisOf(report);
  const depths = new Map<string, number>();
  for (const { id, parent } of tree) depths.set(id, parent === null ? 0 : (depths.get(parent) ?? 0) + 1);
  const head = [said.kpi, said.tier].map((title) => textCell(title, "head"));
  const numbers = [
    said.value,
    basisWord(basis, report.cadence, report.locale),
    comparisonWord(basis, report.cadence, report.locale),
    said.points,
  ].map((title) => textCell(title, "headNumber"));
  return [
    { cells: [...head, ...numbers, ...unused, textCell(said.remark, "head")] },
    ...tree.map(({ id, tier, channel, kpi, parent }) => {
      const name = channel ? `${kpi.label} · ${channel}` : kpi.label;
      const star = parent === null && kpi.id === report.overview?.north_star?.kpi;
      const indent = "　".repeat(depths.get(id) ?? 0);
      return {
        cells: [
          textCell(indent + name, "name", { strong: star }),
          textCell(star ? sectionTitle("north_star", report.locale) : tierName(tier, report.locale), "text"),
          ...movement(kpi, report),
          ...unused,
          textCell(remarks(kpi, report), "text", { colour: "muted" }),
        ],
      };
    }),
  ];
}

/** The columns of money and results, which only the channels have: remarks stand below each other. */
const unused: readonly Cell[] = [textCell(null), textCell(null), textCell(null)];

const basisOf = ({ compare }: Report): Basis => compare[0] ?? "previous";

/** A value beside what it is compared with, relatively and in its own unit. */
function movement(kpi: Kpi, report: Report): Cell[] {
  const { locale } = report;
  const basis = basisOf(report);
  const format = { ...kpi, locale };
  return [
    figure(kpi, report, { strong: true }),
    valueCell(kpi[basis], kpi, locale, { colour: "muted" }),
    changeCell(kpi.changes[basis], format),
    differenceCell(kpi.changes[basis]?.delta, format),
  ];
}

function figure(kpi: Kpi, { locale }: Report, more: Partial<Cell> = {}): Cell {
  return kpi.value === null ? dash(more) : valueCell(kpi.value, kpi, locale, more);
}

function remarks(kpi: Kpi, { locale }: Report): string {
  const said = words(locale);
  const names = kpi.excludes.join(", ");
  return [
    kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : "",
    kpi.provisional && kpi.value !== null ? said.provisional : "",
    names && (locale === "ko-KR" ? `${names} ${said.excludes}` : `${said.excludes} ${names}`),
  ]
    .filter(Boolean)
    .join(" · ");
}
