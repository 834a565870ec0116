import Big from "big.js";
import { csv, nthDownload, utf8 } from "../csv.ts";
import { type Day, eachDay, type Span } from "../day.ts";
import type { Output } from "../output.ts";
import { jitter, shareOut } from "../random.ts";
import { add, channelDay, money, monthUsers, type Property, type VisitsByDay } from "./visits.ts";
import { words } from "./words.ts";

export function trafficReport(
  property: Property,
  month: Span,
  nth: number,
  days: readonly VisitsByDay[],
  out: Output,
): void {
  const say = words[property.language];
  const rows = property.channels
    .map((channel, at) => ({ name: channel.name, sum: add(days.flatMap(({ channels }) => channels[at] ?? [])) }))
    .sort((a, b) => b.sum.sessions - a.sum.sessions);
  const lines = rows.map(({ name, sum }) => [
    name,
    sum.sessions,
    sum.engaged,
    sum.engaged / sum.sessions,
    sum.seconds / sum.sessions,
    sum.events / sum.sessions,
    sum.events,
    sum.keyEvents,
    sum.keyEvents / sum.sessions,
    money(property, sum.revenue),
    monthUsers(property, name, month, sum.sessions),
  ]);
  out.write(
    `ga4/${nthDownload(say.traffic.file, nth)}`,
    report(property, say.traffic.title, month, [say.trafficHeader, ...lines]),
  );
  // The export gives an average, from which the time is rebuilt: average × sessions, to six digits.
  const seconds = rows.reduce(
    (total, { sum }) => total.plus(new Big(sum.seconds / sum.sessions).times(sum.sessions).round(6)),
    new Big(0),
  );
  const all = add(rows.map(({ sum }) => sum));
  out.truth.window({
    platform: "ga4",
    account: property.account,
    report: "traffic_acquisition",
    ...month,
    figures: {
      sessions: String(all.sessions),
      engaged_sessions: String(all.engaged),
      engagement_seconds: seconds.toFixed(),
      event_count: String(all.events),
      conversions: String(all.keyEvents),
      conversion_value: money(property, all.revenue),
    },
  });
}

export function pagesReport(property: Property, month: Span, nth: number, out: Output): void {
  const say = words[property.language];
  const all = add(
    eachDay(month).flatMap((day) => property.channels.map((channel) => channelDay(property, channel, day))),
  );
  const weights = property.pages.map(
    ([path, weight]) => weight * jitter(`${property.account}|${path}|${month.from}`, 0.2),
  );
  const [views, events] = [shareOut(all.views, weights), shareOut(all.events, weights)];
  const ending = property.pages.findIndex(([path]) => path.includes("complete"));
  const rows = property.pages.map(([path, , seconds], at) => {
    const seen = views[at] ?? 0;
    const users = Math.max(1, Math.round(seen / (1.6 * jitter(`${path}|${month.from}|users`, 0.15))));
    return [
      path,
      seen,
      users,
      seen / users,
      seconds * jitter(`${path}|${month.from}|seconds`, 0.1),
      events[at] ?? 0,
      at === ending ? all.keyEvents : 0,
      at === ending ? money(property, all.revenue) : 0,
    ] as const;
  });
  const sorted = rows.toSorted((a, b) => b[1] - a[1]);
  out.write(
    `ga4/${nthDownload(say.page.file, nth)}`,
    report(property, say.page.title, month, [say.pageHeader, ...sorted]),
  );
  out.truth.window({
    platform: "ga4",
    account: property.account,
    report: "pages",
    ...month,
    figures: {
      pageviews: String(all.views),
      event_count: String(all.events),
      conversions: String(all.keyEvents),
      conversion_value: money(property, all.revenue),
    },
  });
}

/** The nine lines before a standard report's header, and no line break at its end. */
function report(
  property: Property,
  title: string,
  { from, to }: Span,
  lines: readonly (readonly (string | number)[])[],
): Uint8Array {
  const say = words[property.language];
  const rule = "# ----------------------------------------";
  const plain = (day: Day) => day.replaceAll("-", "");
  const preamble = [
    rule,
    `# ${title}`,
    `# ${say.account}: ${property.names.account}`,
    `# ${say.property}: ${property.names.property}`,
    rule,
    "# ",
    `# ${say.users}`,
    `# ${say.start}: ${plain(from)}`,
    `# ${say.end}: ${plain(to)}`,
    "",
  ];
  return utf8(preamble.join("\n") + csv(lines, { closed: false }));
}
