import { z } from "zod";
import { headerKey } from "../transforms/clean/text.ts";
import { isDerivation } from "../transforms/format/derive.ts";
import {
  type Column,
  columnRoles,
  type Format,
  factNames,
  type PlatformFormats,
  shapes,
} from "../transforms/format/format.ts";
import { channels, dimensionIds, metricIds } from "../transforms/metrics.ts";
import { Platform } from "./schema/words.ts";

const Names = z.array(z.string().min(1)).min(1);
const Pattern = z.string().refine(isRegExp, { error: "is not a regular expression" });
const Dates = z
  .array(z.string().min(1))
  .describe(
    "Date formats, tried in turn: `iso`, or strptime words such as `%Y.%m.%d.`, `%b %d, %Y %I:%M %p`. A weekday name before or in brackets after is ignored.",
  );
const Nulls = z.array(z.string()).describe("Cell texts that mean unknown. A blank cell always does.");
const NumberStyle = z.strictObject({
  thousands: z
    .enum([",", ".", " ", ""])
    .optional()
    .describe("What sets groups of three digits apart (default `,`); empty where nothing may."),
  decimal: z.enum([".", ","]).optional().describe("The decimal sign (default `.`)."),
});
const Derivation = z.string().refine(isDerivation, { error: "is no sum or product of words" });
const Both = z.strictObject({ ko: z.string().min(1), en: z.string().min(1) });
const Weight = z.int().min(0).nullable();
const Target = z.enum([...metricIds, ...dimensionIds, ...columnRoles]);

const ColumnSchema = z
  .strictObject({
    is: Target.describe(
      "What the column holds: a metric or dimension of the catalogue, or `day`, `day_index` (counted from the window's first day), `from`, `to`, `currency`, `account`, `metric` and `value` (long files), `helper` (only for `derive`), `ignore`.",
    ),
    as: z
      .string()
      .regex(/^[a-z_]+$/)
      .optional()
      .describe("A helper's own name."),
    part: z
      .enum(["id", "name"])
      .optional()
      .describe(
        "For campaign, ad_group, ad, keyword, post, email: whether this is the platform's id or the name (default `name`).",
      ),
    fallback: z
      .boolean()
      .optional()
      .describe("For dimensions: fills the rows where the column before it that holds the same thing is blank."),
    names: Names.optional().describe(
      "Every header seen, in all languages. Compared after NFKC, trimming, one space for many, and without a trailing `(USD)`, whose currency is kept.",
    ),
    pattern: Pattern.optional().describe(
      "A regular expression over the header cell, for names that the platform composes. Names go first.",
    ),
    dates: Dates.optional(),
    nulls: Nulls.optional(),
    numbers: NumberStyle.optional(),
    take: Pattern.optional().describe("Keeps what the first group matches: `^([0-9,]+)` of `141 (8.1%)`."),
    times: z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .optional()
      .describe('Factor: `"0.000001"` for micros, `"3600"` for hours kept as seconds.'),
    unit: z
      .enum(["duration", "percent"])
      .optional()
      .describe("`duration`: `0:16:02` becomes seconds; `percent`: `1.2%` becomes 0.012."),
    values: z
      .record(z.string(), z.string())
      .optional()
      .describe("Translated values brought to one spelling: `{ 모바일: mobile }`."),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe("The currency that this header implies, as `총비용(VAT포함,원)` implies KRW."),
    vat: z.enum(["included", "excluded"]).optional().describe("What this header says about VAT."),
    window: z.string().min(1).optional().describe("The attribution window that this header states: `7일`."),
    only: z
      .strictObject({ names: Names, values: z.array(z.string()).min(1) })
      .optional()
      .describe(
        "The figure counts only on rows where the named column holds one of the values; elsewhere it is unknown.",
      ),
  })
  .refine((column) => column.is === "ignore" || column.names || column.pattern, { error: "needs `names` or `pattern`" })
  .refine((column) => column.is !== "helper" || column.as, { error: "a helper needs a name of its own: `as`" });

const common = {
  channel: z.enum(channels).describe("The channel these figures belong to unless the client's source says otherwise."),
  verified: z
    .boolean()
    .describe("True where raw files of the platform were seen; false where only documentation or parsers were."),
  columns: z
    .array(ColumnSchema)
    .describe("Columns in order of preference: where two hold the same thing, the first that the file has counts."),
  preamble: z
    .array(Pattern)
    .describe(
      "Regular expressions over the lines above the header; their named groups are facts: `(?<from>…)`, `to`, `period`, `account`, `currency`, `generated`, `metric`, `title`, `search_type`, `incomplete` (the platform says that figures lack), `rows` (how many there must be), `timezone` (whose days they are), or `filter_<name>` for what narrows the export. A pattern with `\\n` is laid over all the lines together.",
    ),
  file_names: z.array(Pattern).describe("The same over the file's name. `generated` is the time of generation."),
  dates: Dates,
  nulls: Nulls,
  numbers: NumberStyle,
  totals: z
    .strictObject({
      labels: Names.optional().describe("Texts of total rows; `*` may stand at the start or the end."),
      cells: z.int().min(1).optional().describe("How many cells from the left are looked at (default 6)."),
      blank: Names.optional().describe("A row where all of these columns that the file has are blank is a total."),
      meaning: z
        .enum(["equals", "at_least", "unrelated"])
        .optional()
        .describe("How a total compares with the sum of the rows (default `unrelated`). It is never a value."),
      closes: z
        .boolean()
        .optional()
        .describe("True where the platform always writes one below the rows: a file that ends without it is doubted."),
    })
    .describe("How rows of totals are known."),
  drop_rows: z
    .array(z.strictObject({ names: Names, values: z.array(z.string()).min(1) }))
    .describe("Rows that are not ours, by the value of a column (`*` at its start or end). They count as `ignored`."),
  footer: z
    .array(Pattern)
    .describe("Regular expressions over the lines below the rows, shorter than these. They count as `ignored`."),
  derive: z
    .partialRecord(z.enum(metricIds), z.union([Derivation, z.array(Derivation).min(1)]))
    .describe(
      'Metrics from others: `position_weight: position * impressions`, `posts: "1"`. Words are metrics or helpers of this file; unknown in, unknown out, but `sum(likes, saves)` adds what is known; left out where a word has no column; of a list, the first whose words all have one.',
    ),
  rank: z
    .strictObject({
      base: z.int().min(1).describe("1 is the best of the platform."),
      ...Object.fromEntries(dimensionIds.map((id) => [id, Weight.optional()])),
    } as Record<string, z.ZodType<number | null | undefined>> & { base: z.ZodType<number> })
    .nullable()
    .describe(
      "Place among all cuts of the platform when totals are taken: base plus each dimension's weight; a dimension with null, or rank null, never feeds totals.",
    ),
  alone: z
    .array(z.enum(dimensionIds))
    .describe("Dimensions that divide nothing where all rows hold the same value: they are then left out of the cut."),
  rename: z
    .record(z.string(), z.enum(factNames))
    .describe("Header cells whose real name is a fact: `Primary: metric`."),
  stacked: z
    .boolean()
    .describe("Other tables may follow in the same file, each below a line with its title: they are read one by one."),
  comment: z.string().describe("In `blocks`: what starts a line of facts, such as `#`."),
  set: z
    .partialRecord(z.enum([...dimensionIds, "currency", "vat", "account", "timezone"]), z.string())
    .describe(
      "What every file of this format means without saying it. `timezone`: the platform counts all days there.",
    ),
  settle: z
    .strictObject({ days: z.int().min(0), conversions: z.int().min(0).optional() })
    .describe("Days until figures stand; `conversions` for those that are attributed later."),
  last_newline: z
    .boolean()
    .nullable()
    .describe("False where the platform leaves the last newline out, true where it always writes it."),
};

const FormatSchema = z.strictObject({
  ...z.object(common).partial().shape,
  id: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .describe("Unique in the platform; the full name is `<platform>.<id>`."),
  shape: z
    .enum(shapes)
    .optional()
    .describe(
      "`table` (default): a header row, found by its content. `blocks`: many tables, each after comment lines. `vertical`: label and value on each line. `long`: metric, from, to, value. `wide`: a column for each day. `headerless`: columns by position.",
    ),
  kind: z
    .enum(["daily", "window", "snapshot"])
    .optional()
    .describe(
      "Default: `daily` with a day column, else `window`. `snapshot`: posts and emails, whose figures grow; their day is that of publication.",
    ),
  requires: z
    .array(z.union([z.string(), z.array(z.string()).min(1)]))
    .describe("What must be there to call it this format, by `is` or `as`; of a list, one."),
  forbids: z.array(z.string()).optional().describe("What must not be there."),
  facts: z.array(z.enum(factNames)).optional().describe("Facts that must be stated above the header."),
  refuse: z
    .strictObject({ what: Both.describe("What the file is."), instead: Both.describe("What to download instead.") })
    .optional()
    .describe("Known, and never loaded: a file that holds no figures, or none that can be kept apart."),
});

export const PlatformSchema = z.strictObject({
  platform: Platform.describe("Whose exports these are: the name of this file."),
  label: Both.describe("The platform's name as readers see it."),
  about: z
    .string()
    .min(1)
    .describe("What the exports are, what is known of them and from where, and why they are read so. Markdown."),
  ...z.object(common).partial().required({ channel: true, settle: true }).shape,
  siblings: z
    .array(
      z.strictObject({
        header: z.array(Names).min(1).describe("The header cells, once a language."),
        facts: z
          .partialRecord(z.enum(factNames), Names)
          .describe("Which label states which fact. Other labels are filters: they narrow the export."),
        values: z.record(z.string(), z.string()).optional().describe("Translated values brought to one spelling."),
      }),
    )
    .optional()
    .describe("Files of the same zip that speak about all its tables (label, value)."),
  formats: z
    .array(FormatSchema)
    .min(1)
    .describe("The tables the platform lets people download. The one that knows most of a file's header wins."),
});

export type PlatformYaml = z.infer<typeof PlatformSchema>;
type FormatYaml = z.infer<typeof FormatSchema>;

/** Lays a platform's settings under each of its formats. A format's columns go before the platform's. */
export function platformFormats(yaml: PlatformYaml): PlatformFormats {
  const siblings = (yaml.siblings ?? []).map((each) => ({ ...each, values: each.values ?? {} }));
  const { platform, label, about } = yaml;
  return { platform, label, about, siblings, formats: yaml.formats.map((format) => merged(yaml, format)) };
}

function merged(yaml: PlatformYaml, format: FormatYaml): Format {
  const settle = format.settle ?? yaml.settle;
  const totals = { ...yaml.totals, ...format.totals };
  const own = (format.columns ?? []) as Column[];
  return {
    id: `${yaml.platform}.${format.id}`,
    platform: yaml.platform,
    channel: format.channel ?? yaml.channel,
    shape: format.shape ?? "table",
    kind: format.kind ?? null,
    verified: format.verified ?? yaml.verified ?? false,
    requires: format.requires,
    forbids: format.forbids ?? [],
    facts: format.facts ?? [],
    columns: [...own, ...(format.shape === "headerless" ? [] : others(yaml.columns ?? [], own))],
    preamble: format.preamble ?? yaml.preamble ?? [],
    fileNames: format.file_names ?? yaml.file_names ?? [],
    dates: format.dates ?? yaml.dates ?? ["iso"],
    nulls: format.nulls ?? yaml.nulls ?? [],
    numbers: { thousands: ",", decimal: ".", ...yaml.numbers, ...format.numbers },
    totals: {
      labels: totals.labels ?? [],
      cells: totals.cells ?? 6,
      blank: totals.blank ?? [],
      meaning: totals.meaning ?? "unrelated",
      closes: totals.closes ?? false,
    },
    dropRows: format.drop_rows ?? yaml.drop_rows ?? [],
    footer: format.footer ?? yaml.footer ?? [],
    refuse: format.refuse ?? null,
    alone: format.alone ?? yaml.alone ?? [],
    derive: Object.fromEntries(
      Object.entries(format.derive ?? yaml.derive ?? {}).map(([id, text]) => [id, [text].flat()]),
    ) as Format["derive"],
    rank: (format.rank === undefined ? (yaml.rank ?? null) : format.rank) as Format["rank"],
    rename: format.rename ?? yaml.rename ?? {},
    comment: format.comment ?? yaml.comment ?? null,
    stacked: format.stacked ?? yaml.stacked ?? false,
    set: format.set ?? yaml.set ?? {},
    settle: { days: settle.days, conversions: settle.conversions ?? settle.days },
    lastNewline: format.last_newline ?? yaml.last_newline ?? null,
  };
}

/** The platform's columns without the headers that a format names itself: there they hold something else. */
function others(columns: NonNullable<FormatYaml["columns"]>, own: readonly Column[]): Column[] {
  const taken = new Set(own.flatMap(({ names = [] }) => names).map(headerKey));
  const left = columns.map((column) => ({
    ...column,
    names: column.names?.filter((each) => !taken.has(headerKey(each))),
  }));
  return left.filter(({ names, pattern }) => pattern || names === undefined || names.length > 0) as Column[];
}

function isRegExp(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}
