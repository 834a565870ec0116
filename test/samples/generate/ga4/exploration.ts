import { csv, nthDownload, utf8 } from "../csv.ts";
import type { Day, Span } from "../day.ts";
import type { Output } from "../output.ts";
import { add, money, monthUsers, type Property, type Visits, type VisitsByDay } from "./visits.ts";

/** One row a day, and before them the grand total: its users are the month's, fewer than the days' together. */
export function exploration(
  property: Property,
  month: Span,
  nth: number,
  days: readonly VisitsByDay[],
  out: Output,
): void {
  const rows = days
    .map(({ day, channels }) => ({ day, sum: add(channels) }))
    .sort((a, b) => b.sum.sessions - a.sum.sessions || (a.day < b.day ? -1 : 1));
  const all = add(rows.map(({ sum }) => sum));
  const users = monthUsers(property, "all", month, all.sessions);
  const cells = (sum: Visits, people: number) => [
    sum.sessions,
    sum.engaged,
    people,
    sum.newUsers,
    sum.views,
    sum.events,
    sum.keyEvents,
    money(property, sum.revenue),
  ];
  const header = [
    "Date",
    "Sessions",
    "Engaged sessions",
    "Total users",
    "New users",
    "Views",
    "Event count",
    "Key events",
    "Total revenue",
  ];
  const rule = "# ----------------------------------------";
  const plain = (day: Day) => day.replaceAll("-", "");
  const preamble = [
    rule,
    `# ${property.names.property}`,
    "# Daily traffic-Free form 1",
    `# ${plain(month.from)}-${plain(month.to)}`,
    rule,
    "",
    "",
  ].join("\n");
  const table = csv([
    header,
    ["", ...cells(all, users), "Grand total"],
    ...rows.map(({ day, sum }) => [plain(day), ...cells(sum, sum.users)]),
  ]);
  out.write(`ga4/${nthDownload("download.csv", nth)}`, utf8(`${preamble}${table}\n\n`));
  const figures = (sum: Visits) => ({
    sessions: String(sum.sessions),
    engaged_sessions: String(sum.engaged),
    new_users: String(sum.newUsers),
    pageviews: String(sum.views),
    event_count: String(sum.events),
    conversions: String(sum.keyEvents),
    conversion_value: money(property, sum.revenue),
  });
  out.truth.days(
    "ga4",
    property.account,
    month,
    days.map(({ day, channels }) => ({ day, figures: figures(add(channels)) })),
  );
  out.truth.window({
    platform: "ga4",
    account: property.account,
    report: "users",
    ...month,
    figures: { users: String(users) },
  });
}
