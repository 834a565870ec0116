import { z } from "zod";
import { parseAddress } from "../../transforms/address.ts";
import { stages, weekdays } from "../../transforms/definitions.ts";
import { channels, dimensionIds, metricIds } from "../../transforms/metrics.ts";

// The small words that the config files share. A check's message (`"slug"`) is the key of its text in `expected.ts`.

/** A text in one language, or in both. */
export const Label = z
  .union([z.string().min(1), z.strictObject({ ko: z.string().min(1), en: z.string().min(1) })])
  .describe("A text, or `{ ko, en }` where Korean and English reports differ.");

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "slug")
  .describe("Small letters, digits and single hyphens, such as `hanbit-coffee`.");

export const Mailbox = z
  .string()
  .max(254)
  .refine((text) => parseAddress(text) !== null, "mailbox")
  .describe("An address: `이름 <local@domain>` or `local@domain`.");

export const Domain = z
  .string()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "domain")
  .describe("A mail domain in small letters, such as `hanbit.example`.");

/** A calendar day that exists. */
export const Day = z
  .string()
  .refine((text) => isDay(text), "day")
  .describe("A date, `2026-01-31`.");

function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= length;
}

export const TimeZone = z
  .string()
  .refine((text) => /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(text) && isZone(text), "timezone")
  .describe("An IANA time zone, such as `Asia/Seoul` or `America/New_York`.");

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time")
  .describe('A time of day in the client\'s zone, in quotes: `"09:00"`.');

const currencies = new Set(Intl.supportedValuesOf("currency"));

export const Currency = z
  .string()
  .refine((text) => currencies.has(text), "currency")
  .describe("An ISO 4217 code, such as `KRW` or `USD`.");

export const Country = z
  .string()
  .regex(/^[A-Z]{2}$/, "country")
  .describe("An ISO 3166 code, such as `KR`: whose public holidays count.");

export const Locale = z.enum(["ko-KR", "en-US"]).describe("The language and number style of what the reader sees.");
export const Vat = z.enum(["included", "excluded"]).describe("Whether the export's cost holds value added tax.");
export const CostBasis = z
  .enum(["vat_excluded", "vat_included"])
  .describe("Whether the client reads cost with or without value added tax.");
export const Channel = z.enum(channels).describe("A channel.");
/** Any name has the right form here; whether a format describes it is judged where the formats are known. */
export const Platform = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, "platform")
  .describe("A platform: the name of a file in `formats/`, such as `google_ads`.");
export const MetricName = z.enum(metricIds).describe("A base metric.");
export const Part = z.enum([...dimensionIds, "platform", "account", "day"]).describe("What figures are cut by.");
export const Section = z
  .enum([
    "summary",
    "comment",
    "kpis",
    "goals",
    "pacing",
    "trend",
    "daily",
    "breakdowns",
    "tops",
    "heatmap",
    "why",
    "notes",
    "north_star",
    "tree",
    "funnel",
    "channels",
  ])
  .describe("A part of the report.");
export const Basis = z.enum(["previous", "year_ago", "baseline"]).describe("What a period is compared with.");
export const FileFormat = z.enum(["excel", "pdf"]).describe("An attached file.");
export const KpiName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, "kpi")
  .describe("A KPI of kpis.yaml or a base metric.");
export const PersonKey = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, "person")
  .describe("A key of `people` in agency.yaml.");
export const AudienceKey = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, "audience")
  .refine((key) => key !== "approval", "reserved")
  .describe("A key of `recipients`.");

/** A decimal written as text or number: `0.35`, `"35%"`. */
export const Factor = z
  .union([z.number().finite(), z.string().regex(/^\d+(\.\d+)?%?$/, "factor")])
  .describe("A fraction or percentage: `0.35` or `35%`.");

export const Quantity = z
  .union([z.number().finite(), z.string().regex(/^[₩$€£¥]?\s?-?\d[\d,]*(\.\d+)?\s?(%|원|점)?$/u, "quantity")])
  .describe("An amount with its unit: `350%`, `12,000,000`, `₩12,000,000`, or a plain number for counts and money.");

// biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
export const REFERENCE = "`${env:NAME}` or `${file:/path}`";

/** A reference, nothing else: a literal here would end up in git. */
export const SecretRef = z
  .string()
  .regex(/^\$\{(env:[A-Za-z_][A-Za-z0-9_]*|file:\/[^}]+)\}$/, "secret")
  .describe(`Only ${REFERENCE}: read at each use, so that it can change without a restart.`);

export const Protect = z
  .union([
    z.literal(false),
    z.strictObject({
      password: SecretRef.describe(`The password, only as ${REFERENCE}, at least 8 characters long.`),
      to: z
        .array(AudienceKey)
        .min(1)
        .optional()
        .describe("Whose files are encrypted: keys of `recipients` (default: everybody's)."),
    }),
  ])
  .describe(
    "Encrypts the attached files and their copies (AES-256): `{ password, to }`. The mail names the AE as the one who tells the password and never holds it. `false` where one report needs none.",
  );

/** A plain value, or a reference as for secrets. */
export const Setting = z
  .union([SecretRef, z.string().regex(/^[^$]+$/, "setting")])
  .describe(`A value, or ${REFERENCE}.`);

export const OnUnknown = z
  .enum(["hold", "resend_once"])
  .describe(
    "When the mail server's answer never came: `hold` for a person, so that nobody gets a report twice, or `resend_once`, the same bytes once more.",
  );

const ApproveWhen = z.enum(["never", "first", "always"]);

/** `first`, or with the person who approves where that is not the AE. */
export const Approve = z
  .union([
    ApproveWhen,
    z.strictObject({
      when: ApproveWhen.describe("Which mails wait."),
      by: PersonKey.describe("Who approves: a key of `people` in agency.yaml (default: the AE).").optional(),
    }),
  ])
  .describe(
    "Whether a mail waits for a person: `never` (default), `first` (the client's first report, and again when the recipients have changed) or `always`; `{ when: first, by: lee }` names the person.",
  );

/** A size of a mail, `10 MB`; at least one, since a mail without files takes up to half of it. */
export const MegaBytes = z
  .string()
  .regex(/^([1-9]|[1-4]\d|50) ?MB$/, "megabytes")
  .describe("A size from `1 MB` to `50 MB`.");

export const Quiet = z
  .union([
    z.literal(false),
    z.strictObject({
      from: TimeOfDay.describe("When it begins, in the client's zone."),
      until: TimeOfDay.describe("When it ends."),
    }),
  ])
  .describe(
    'When a report that is late is not sent but waits: `{ from: "21:00", until: "08:00" }`, which is the default; `false` sends at any hour.',
  );

export const Duration = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, "duration")
  .describe("A length of time: `30m`, `4h`, `2d`.");

const on_holiday = z
  .enum(["send", "next_business_day", "previous_business_day"])
  .optional()
  .describe("What to do when the day is a public holiday or a weekend (default: send).");
const at = TimeOfDay.optional();
const monthDay = z
  .union([z.number().int().min(1).max(31), z.enum(["last", "first_business_day"])])
  .optional()
  .describe(
    "The day of the month after the period: 1–31, `last` or `first_business_day`. 31 means the last day of a shorter month.",
  );

/** When a channel's reports go out. Each word is a report of its own. */
export const CadenceMap = z
  .strictObject({
    daily: z.strictObject({ at, on_holiday }).optional().describe("Every day, for the day before."),
    weekly: z
      .strictObject({
        day: z.enum(weekdays).optional().describe("The day of the week (default: mon)."),
        at,
        on_holiday,
      })
      .optional()
      .describe("Every week, for the week before."),
    monthly: z
      .strictObject({ day: monthDay, at, on_holiday })
      .optional()
      .describe("Every month, for the month before."),
    quarterly: z
      .strictObject({ day: monthDay, at, on_holiday })
      .optional()
      .describe("Every quarter, for the quarter before."),
  })
  .refine((map) => Object.keys(map).length > 0, "cadence")
  .describe('When it goes out: `{ weekly: { day: mon, at: "09:00" }, monthly: { day: 3, at: "10:00" } }`.');

/** A KPI of the overview's tree: of all channels together, or of one. */
export const BranchEntry = z
  .union([
    KpiName,
    z.strictObject({
      kpi: KpiName.describe("Which KPI."),
      channel: Channel.describe("Of which channel; left out where the client does not have it."),
    }),
  ])
  .describe("A KPI of the tree, or `{ kpi, channel }`.");

/** One way to count a stage of the funnel. */
export const StageEntry = z
  .strictObject({
    stage: z.enum(stages).describe("The stage."),
    kpi: KpiName.describe("What is counted."),
    channels: z.array(Channel).min(1).describe("In which channels; the first entry of a stage counts that has one."),
  })
  .describe("How a stage of the funnel is counted: `{ stage, kpi, channels }`.");

/** A table of the report: a dimension, or one with its own columns. */
export const TableEntry = z
  .union([
    Part,
    z.strictObject({
      by: z.union([Part, z.array(Part).min(1).max(3)]).describe("What it is cut by."),
      kpis: z.array(KpiName).min(1).optional().describe("Its columns (default: the report's KPIs)."),
      order: KpiName.optional().describe("What orders it, largest first (default: its first column)."),
      limit: z.number().int().min(1).max(200).optional().describe("How many rows to show (default: 10)."),
    }),
  ])
  .describe("A dimension, or `{ by, kpis, order, limit }`.");
