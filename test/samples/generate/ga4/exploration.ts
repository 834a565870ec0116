import { type Cell, csv, utf8 } from "../csv.ts";
import type { Day, Span } from "../day.ts";
import type { Output } from "../output.ts";
import { add, money, monthUsers, type Property, type Visits, type VisitsByDay } from "./visits.ts";

const measures = [
  "Sessions",
  "Engaged sessions",
  "Total users",
  "New users",
  "Views",
  "Event count",
  "Key events",
  "Total revenue",
];

/** One row a day, busiest first, and before them the grand total: its users are fewer than the days' together. */
export function dailyExploration(
  property: Property,
  window: Span,
  name: string,
  days: readonly VisitsByDay[],
  out: Output,
): void {
  const rows = days
    .map(({ day, channels }) => ({ day, sum: add(channels) }))
    .sort((a, b) => b.sum.sessions - a.sum.sessions || (a.day < b.day ? -1 : 1));
  const all = add(rows.map(({ sum }) => sum));
  const lines = [
    ["Date", ...measures],
    ["", ...cells(property, all, monthUsers(property, "all", window, all.sessions)), "Grand total"],
    ...rows.map(({ day, sum }) => [plain(day), ...cells(property, sum, sum.users)]),
  ];
  out.write(`ga4/${name}`, exploration(property, "Daily traffic", window, lines));
  const facts = days.map(({ day, channels }) => ({ day, figures: figures(property, add(channels)) }));
  out.truth.days("ga4", property.account, window, facts);
}

/** No dimension, one line: the only export that says how many people came in exactly this month. */
export function totalsExploration(
  property: Property,
  month: Span,
  name: string,
  days: readonly VisitsByDay[],
  out: Output,
): void {
  const all = add(days.flatMap(({ channels }) => channels));
  const users = monthUsers(property, "all", month, all.sessions);
  out.write(`ga4/${name}`, exploration(property, "Month in total", month, [measures, cells(property, all, users)]));
  out.truth.window({
    platform: "ga4",
    account: property.account,
    report: "users",
    ...month,
    figures: { users: String(users), ...figures(property, all) },
  });
}

function exploration(property: Property, name: string, window: Span, lines: readonly (readonly Cell[])[]): Uint8Array {
  const rule = "# ----------------------------------------";
  const period = `# ${plain(window.from)}-${plain(window.to)}`;
  const preamble = [rule, `# ${property.names.property}`, `# ${name}-Free form 1`, period, rule, "", ""].join("\n");
  return utf8(`${preamble}${csv(lines)}\n\n`);
}

function cells(property: Property, sum: Visits, people: number): Cell[] {
  const revenue = money(property, sum.revenue);
  return [sum.sessions, sum.engaged, people, sum.newUsers, sum.views, sum.events, sum.keyEvents, revenue];
}

function figures(property: Property, sum: Visits) {
  return {
    sessions: String(sum.sessions),
    engaged_sessions: String(sum.engaged),
    new_users: String(sum.newUsers),
    pageviews: String(sum.views),
    event_count: String(sum.events),
    conversions: String(sum.keyEvents),
    conversion_value: money(property, sum.revenue),
  };
}

function plain(day: Day): string {
  return day.replaceAll("-", "");
}
