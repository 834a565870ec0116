import { z } from "zod";
import { misfires } from "../../transforms/definitions.ts";
import { BigQuerySource } from "./bigquery-source.ts";
import { KpiChange } from "./kpis.ts";
import { ChangeColours, CoverEntry, PageFormat } from "./theme.ts";
import { ClientWarehouse } from "./warehouse.ts";
import * as words from "./words.ts";

/** Where figures come from, and what a file does not say about itself. */
const SourceEntry = z
  .strictObject({
    files: z
      .string()
      .min(1)
      .refine((glob) => staysInside(glob), "glob")
      .optional()
      .describe("Which files below `inbox/<client>/`, as a glob: `google-ads/*`. Either these or `bigquery`."),
    bigquery: BigQuerySource.optional(),
    account: z
      .string()
      .min(1)
      .optional()
      .describe(
        "The account on the platform, in quotes. Needed where the file does not name it; must agree where it does.",
      ),
    platform: words.Platform.optional().describe("The platform, where the file's form leaves it open."),
    currency: words.Currency.optional().describe(
      "The currency of its amounts, where the file does not say (default: the client's).",
    ),
    vat: words.Vat.optional(),
    timezone: words.TimeZone.optional().describe(
      "Whose days the export counts, where neither the file nor its platform says. Printed, never converted.",
    ),
    window: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe("The attribution window of its conversions, as printed: `7일 클릭`."),
    period: z
      .strictObject({ from: words.Day.describe("First day."), to: words.Day.describe("Last day.") })
      .optional()
      .describe("The days that rows without a date cover, where the file does not say."),
    complete: z
      .boolean()
      .optional()
      .describe("A newer export may lack what an older one held (default: false: it is held back with a warning)."),
  })
  .refine(({ files, bigquery }) => (files === undefined) !== (bigquery === undefined), "origin")
  .describe("Where figures come from: `{ files, account, vat, … }`, or `{ bigquery, account, … }`.");

function staysInside(glob: string): boolean {
  return (
    !glob.startsWith("/") &&
    !/^[A-Za-z]:|\\|\p{Cc}/u.test(glob) &&
    !glob.split("/").some((part) => part === ".." || part === ".")
  );
}

const targets = {
  at_least: words.Quantity.optional().describe("The value to reach or exceed."),
  at_most: words.Quantity.optional().describe("The value not to exceed."),
  between: z.tuple([words.Quantity, words.Quantity]).optional().describe("The range to stay in: `[300%, 400%]`."),
  budget: words.Quantity.optional().describe("The amount to spend in the period; shown with pacing."),
};

/** A target. One without a unit, a period or an owner is refused. */
export const GoalEntry = z
  .strictObject({
    kpi: words.KpiName.describe("Which KPI the goal is for."),
    ...targets,
    per: z.enum(["day", "week", "month", "quarter"]).describe("The period in which it is to be reached."),
    owner: words.PersonKey.describe("Who answers for it: a key of `people` in agency.yaml."),
    from: words.Day.optional().describe("The first day it holds."),
    until: words.Day.optional().describe("The last day it holds."),
  })
  .refine(
    (goal) => Object.keys(targets).filter((key) => goal[key as keyof typeof targets] !== undefined).length === 1,
    "one_target",
  )
  .describe("`{ kpi, at_least | at_most | between | budget, per, owner, from }`.");

const paused = z
  .union([
    z.boolean(),
    z.array(
      z.strictObject({
        from: words.Day.optional().describe("First day."),
        until: words.Day.optional().describe("Last day."),
        reason: z.string().max(200).optional().describe("Why, as the report says it."),
      }),
    ),
  ])
  .optional()
  .describe(
    "Nothing runs: `true`, or ranges `[{ from, until, reason }]`. A pause is said in the report; it is not missing data.",
  );

const shown = {
  kpis: z
    .array(words.KpiName)
    .min(1)
    .optional()
    .describe("The KPIs, the first heads the mail (default: the channel's of channels.yaml)."),
  breakdowns: z.array(words.TableEntry).optional().describe("Tables by dimension: `[platform, campaign]`."),
  tops: z.array(words.TableEntry).optional().describe("Top lists: `[{ by: query, order: clicks, limit: 20 }]`."),
  heatmap: words.KpiName.optional().describe("The metric of the weekday × hour map, where an export has hours."),
  template: z
    .string()
    .regex(/^[^\\/]+\.xlsx$/, { error: "CONFIG_NOT_TEMPLATE" })
    .optional()
    .describe(
      "A workbook of your own in this client's `templates/`: its sheet Data is filled with the report's rows and `{{kpi.cost}}` with its figures, and it goes out in place of ours.",
    ),
  sections: z.array(words.Section).min(1).optional().describe("The parts of the report in their order."),
  compare: z.array(words.Basis).min(1).optional().describe("What to compare with; the first heads the mail."),
  formats: z.array(words.FileFormat).optional().describe("The attached files (default: excel and pdf)."),
  to: z
    .array(words.AudienceKey)
    .min(1)
    .optional()
    .describe("Who gets it: keys of `recipients` (default: all). Each audience gets a message of its own."),
  page: PageFormat.optional(),
  cover: CoverEntry.optional(),
  title: words.Label.optional().describe("Its name in the subject and on the first page."),
  locale: words.Locale.optional().describe("Its language, where it differs from the client's."),
  approve: words.Approve.optional(),
  unknown: words.OnUnknown.optional(),
  subject_numbers: z
    .boolean()
    .optional()
    .describe("Whether subject and preheader, which a locked phone shows, name the headline figure (default: true)."),
  protect: words.Protect.optional(),
  misfire: z
    .enum(misfires)
    .optional()
    .describe(
      "Which of the periods go out whose slot passed while nothing ran: run_all, run_latest or skip (default: run_latest for weekly and daily reports, run_all for others).",
    ),
  wait_for: words.Duration.optional().describe(
    "How long after its slot it waits for exports that are missing: `30m`, `4h`, `2d` (default: 4h).",
  ),
  on_incomplete: z
    .enum(["hold", "send"])
    .optional()
    .describe("What comes after that: it is held until they are there (hold, the default), or sent and names them."),
  paused,
  from: words.Day.optional().describe("The first day it reports on."),
  until: words.Day.optional().describe("The last day it reports on."),
};

export const ChannelEntry = z
  .strictObject({
    cadence: words.CadenceMap.optional().describe(
      "When it goes out (default: the channel's of channels.yaml). Each word is a report of its own.",
    ),
    sources: z.array(SourceEntry).optional().describe("Where its figures come from."),
    goals: z.array(GoalEntry).optional().describe("Its targets."),
    headline: words.KpiName.optional().describe(
      "The KPI that stands for it in the overview (default: the channel's of channels.yaml).",
    ),
    covers: z
      .array(words.Channel)
      .min(1)
      .optional()
      .describe("Which channels the overview looks at (default: all); for the overview alone."),
    tree: z
      .array(words.BranchEntry)
      .min(1)
      .optional()
      .describe("The KPIs of the tree, each beside its tier (default: channels.yaml); for the overview alone."),
    funnel: z
      .array(words.StageEntry)
      .min(1)
      .optional()
      .describe("How the funnel is counted (default: channels.yaml); for the overview alone."),
    ...shown,
  })
  .describe("One channel: its cadence, sources, KPIs, goals and readers.");

export const ReportEntry = z
  .strictObject({
    id: words.Slug.describe("Its name; stays for ever, since it tells what was sent already."),
    channels: z.array(words.Channel).min(1).describe("The channels it covers."),
    only: z
      .partialRecord(z.enum(words.Part.options.filter((part) => part !== "day")), z.string().min(1).max(200))
      .optional()
      .describe('Narrows it by glob: `{ campaign: "A_*" }`.'),
    cadence: words.CadenceMap,
    goals: z.array(GoalEntry).optional().describe("Its own targets."),
    ...shown,
  })
  .describe("A report besides those of the channels: over several of them, or over a part of one.");

/** client.yaml: everything about one client. */
export const ClientFile = z
  .strictObject({
    client: words.Label.describe("The client's name, printed on reports."),
    locale: words.Locale,
    timezone: words.TimeZone.describe("The client's time zone: its periods and its slots."),
    country: words.Country,
    currency: words.Currency.describe("The currency that the client reads."),
    ae: words.PersonKey.describe("The account executive: a key of `people` in agency.yaml. Answers go there."),
    cost_basis: words.CostBasis.optional().describe(
      "Whether the client reads cost with or without value added tax (default: vat_excluded).",
    ),
    vat_rate: words.Factor.optional().describe("The rate of value added tax (default: 10% in KR, else 0)."),
    holidays: z
      .array(z.strictObject({ date: words.Day, name: z.string().min(1).max(60).describe("Its name.") }))
      .optional()
      .describe("Days off that no calendar has, such as a temporary holiday."),
    week_starts: z.enum(["monday", "sunday"]).optional().describe("The first day of a week (default: monday)."),
    week_label: z
      .enum(["iso", "start"])
      .optional()
      .describe(
        "Which month a week belongs to: that of its middle day (iso, the default) or of its first day (start).",
      ),
    change_colours: ChangeColours.optional(),
    year_ago: z
      .enum(["calendar", "weekday"])
      .optional()
      .describe("The same dates a year ago, or the same weekdays (default: weekday for weeks, else calendar)."),
    labels: z
      .strictObject({
        kpis: z.record(words.KpiName, words.Label).optional().describe("Names of KPIs: `{ roas: 광고 효율 }`."),
        sections: z
          .partialRecord(words.Section, words.Label)
          .optional()
          .describe("Headings of the report's parts: `{ tops: 잘된 소재 }`."),
        tables: z
          .partialRecord(words.Part, words.Label)
          .optional()
          .describe("Titles of tables by what they are cut by: `{ platform: 매체 비교 }`."),
      })
      .optional()
      .describe("What this client calls things, in place of the usual names."),
    compare: shown.compare,
    formats: shown.formats,
    approve: shown.approve,
    unknown: shown.unknown,
    subject_numbers: shown.subject_numbers,
    protect: shown.protect,
    channels: z
      .partialRecord(words.Channel, ChannelEntry)
      .refine((map) => Object.keys(map).length > 0, "channels")
      .describe("The channels, each with its own cadence, sources and readers."),
    recipients: z
      .record(words.AudienceKey, z.array(words.Mailbox).min(1))
      .describe('Readers by audience: `{ client: ["김대표 <ceo@hanbit.example>"], team: [ae@agency.example] }`.'),
    quiet: words.Quiet.optional(),
    reports: z.array(ReportEntry).optional().describe("Reports besides the channels' own."),
    kpis: z
      .record(words.KpiName, KpiChange)
      .optional()
      .describe("KPIs that this client defines in another way, or adds."),
    north_star: z
      .strictObject({
        kpi: words.KpiName.describe("Which KPI or base metric. Its target stands among the overview's `goals`."),
        label: words.Label.optional().describe("What the client calls it (default: the KPI's name)."),
      })
      .optional()
      .describe("The one long-term metric that heads the overview: `{ kpi: orders, label: 월간 주문 }`."),
    omtm: z
      .array(
        z.strictObject({
          kpi: words.KpiName.describe("Which KPI or base metric."),
          label: words.Label.optional().describe("What the client calls it (default: the KPI's name)."),
          from: words.Day.optional().describe("The first day it leads."),
          until: words.Day.optional().describe("The last day it leads."),
        }),
      )
      .optional()
      .describe("The one metric that matters now, and until when: `[{ kpi, from, until }]`."),
    parameters: z
      .record(z.string().regex(/^[a-z][a-z0-9_]*$/, "parameter"), words.Factor)
      .optional()
      .describe("What formulas need beside metrics: `{ margin: 35% }`."),
    engagement_by: z
      .record(words.Platform, z.enum(["impressions", "views", "reach", "followers"]))
      .optional()
      .describe(
        "What engagement_rate divides by on a platform: `{ instagram: reach }` (default: what the platform counts as seen).",
      ),
    paused,
    from: words.Day.optional().describe("The first day that reports cover."),
    until: words.Day.optional().describe("The last day that reports cover."),
    warehouse: ClientWarehouse.optional(),
  })
  .describe("One client: identity, channels, sources, cadence, goals, recipients.");

export type ClientFile = z.infer<typeof ClientFile>;
