import { type Cell, csv, nthDownload, utf8 } from "./csv.ts";
import { type Day, daysBetween, eachDay, monthNames, pad, parts, weekdayOf } from "./day.ts";
import { type Business, growth } from "./model.ts";
import type { Output } from "./output.ts";
import { chance, jitter, pick } from "./random.ts";

export interface MailAccount {
  business: Business;
  account: string;
  audience: string;
  /** Earlier downloads name the list `List` and carry the Google Analytics columns. */
  layout: "earlier" | "now";
  recipients: number;
  aov: number;
  cents: boolean;
  /** Days on which the whole list of campaigns was downloaded. */
  downloaded: readonly Day[];
  subjects: readonly [string, ...string[]];
}

const analytics = [
  "Analytics ROI",
  "Campaign Cost",
  "Revenue Created",
  "Visits",
  "New Visits",
  "Pages/Visit",
  "Bounce Rate",
  "Time on Site",
  "Goal Conversion Rate",
  "Per Visit Goal Value",
  "Transactions",
  "Ecommerce Conversion Rate",
  "Per Visit Value",
  "Average Value",
];
/** Tuesdays and Thursdays. */
const sendDays = [1, 3];
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Mailchimp's list of campaigns, downloaded again and again: figures grow, so the newest file counts. */
export function mailchimp(account: MailAccount, out: Output): void {
  account.downloaded.forEach((asOf, nth) => {
    const days = eachDay({ from: account.business.span.from, to: asOf }).filter((day) =>
      sendDays.includes(weekdayOf(day)),
    );
    const rows = days.toReversed().map((day) => campaign(account, day, asOf, out));
    const [list, more] = account.layout === "earlier" ? ["List", analytics] : ["Audience", []];
    const header = [
      "Title",
      "Subject",
      list,
      "Send Date",
      "Send Weekday",
      "Total Recipients",
      "Successful Deliveries",
      "Soft Bounces",
      "Hard Bounces",
      "Total Bounces",
      "Times Forwarded",
      "Forwarded Opens",
      "Unique Opens",
      "Open Rate",
      "Total Opens",
      "Unique Clicks",
      "Click Rate",
      "Total Clicks",
      "Unsubscribes",
      "Abuse Complaints",
      "Times Liked on Facebook",
      "Folder Id",
      "Unique Id",
      "Total Orders",
      "Total Gross Sales",
      "Total Revenue",
      ...more,
    ];
    out.write(`mailchimp/${nthDownload("campaigns.csv", nth)}`, utf8(csv([header, ...rows], { quote: "spaced" })));
  });
}

function campaign(account: MailAccount, day: Day, asOf: Day, out: Output): Cell[] {
  const key = `${account.account}|${day}`;
  const age = daysBetween(day, asOf);
  const grown = age >= 10 ? 1 : 0.68 + 0.032 * age;
  const recipients = Math.round(
    account.recipients * growth(account.business.span, day, 1.45) * jitter(`${key}|recipients`, 0.03),
  );
  const share = (name: string, rate: number, spread = 0.18) =>
    Math.floor(recipients * rate * jitter(`${key}|${name}`, spread));
  const late = (name: string, rate: number, spread = 0.18) =>
    Math.floor(recipients * rate * jitter(`${key}|${name}`, spread) * grown);
  const [soft, hard] = [share("soft", 0.004), share("hard", 0.0018)];
  const delivered = recipients - soft - hard;
  const [opened, clicked] = [late("opened", 0.315), late("clicked", 0.034, 0.4)];
  const [opens, clicks] = [Math.floor(opened * 1.62), Math.floor(clicked * 1.38)];
  const [unsubscribed, complaints] = [late("unsubscribed", 0.0016, 0.5), late("complaints", 0.00006, 0.9)];
  const orders = Math.floor(clicked * 0.058 * jitter(`${key}|orders`, 0.4));
  const revenue = (orders * account.aov * jitter(`${key}|aov`, 0.15)).toFixed(account.cents ? 2 : 0);
  const id = Array.from({ length: 10 }, (_, at) => "0123456789abcdef"[Math.floor(chance(`${key}|id|${at}`) * 16)]).join(
    "",
  );
  const subject = pick(`${key}|subject`, account.subjects);
  out.truth.snapshot("emails", {
    platform: "mailchimp",
    account: account.account,
    id,
    day,
    asOf,
    figures: {
      sent: String(recipients),
      delivered: String(delivered),
      soft_bounces: String(soft),
      hard_bounces: String(hard),
      bounces: String(soft + hard),
      unique_opens: String(opened),
      opens: String(opens),
      unique_clicks: String(clicked),
      clicks: String(clicks),
      unsubscribes: String(unsubscribed),
      complaints: String(complaints),
    },
  });
  const rate = (value: number) => `${((value / delivered) * 100).toFixed(2)}%`;
  return [
    `${day.replaceAll("-", "").slice(2)} ${subject}`,
    subject,
    account.audience,
    sendDate(day, key),
    weekdays[weekdayOf(day)] ?? "",
    recipients,
    delivered,
    soft,
    hard,
    soft + hard,
    0,
    0,
    opened,
    rate(opened),
    opens,
    clicked,
    rate(clicked),
    clicks,
    unsubscribed,
    complaints,
    0,
    "",
    id,
    orders,
    revenue,
    revenue,
    ...(account.layout === "earlier" ? analytics.map(() => "n/a") : []),
  ];
}

function sendDate(day: Day, key: string): string {
  const { year, month, date } = parts(day);
  return `${monthNames[month - 1]} ${pad(date)}, ${year} ${pick(`${key}|time`, ["08:30 am", "10:00 am", "06:15 pm"])}`;
}
