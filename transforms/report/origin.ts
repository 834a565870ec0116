import type { SourceDef } from "../definitions.ts";
import { platformName } from "../format/labels.ts";
import type { FigureSource } from "../kpi/figures.ts";
import { languageOf } from "../text.ts";
import type { Inputs } from "./kpis.ts";
import type { Note } from "./model.ts";

/** Whose days the figures are of, and within how long a conversion counts: what config or the platform says of it. */
export function originNotes({ def, figures, zones, platformLabels }: Inputs): Note[] {
  const lang = languageOf(def.locale);
  const zoned = new Map<string, string[]>();
  const windows: string[] = [];
  for (const source of figures.sources) {
    const name = platformName(source.platform, platformLabels, lang);
    const zone = zones[source.platform] ?? saidOf("timezone", source, def.sources);
    if (zone) zoned.set(zone, [...new Set([...(zoned.get(zone) ?? []), name])]);
    const window = saidOf("window", source, def.sources);
    if (window) windows.push(`${name} ${window}`);
  }
  const days = [...zoned].map(([zone, names]) => `${zone} (${names.join(", ")})`).join(", ");
  const notes: [string, string][] = [
    ["ZONES", days && said.zones[lang](days)],
    ["WINDOWS", windows.length ? said.windows[lang]([...new Set(windows)].join("; ")) : ""],
  ];
  return notes.flatMap(([code, text]) => (text ? [{ code, text }] : []));
}

/** What the sources that could have brought these figures say; null where they say nothing, or not the same. */
function saidOf(key: "timezone" | "window", { platform, account }: FigureSource, sources: readonly SourceDef[]) {
  const could = sources.filter(
    (each) => (each.platform ?? platform) === platform && (each.account ?? account) === account,
  );
  const named = could.filter((each) => each.account !== null);
  const [first, ...others] = new Set((named.length ? named : could).map((each) => each[key]));
  return others.length === 0 ? (first ?? null) : null;
}

const said = {
  zones: {
    ko: (days: string) => `날짜 기준 시간대: ${days}.`,
    en: (days: string) => `Time zone of the days: ${days}.`,
  },
  windows: {
    ko: (windows: string) => `전환 기여 기간: ${windows}.`,
    en: (windows: string) => `Attribution window of conversions: ${windows}.`,
  },
};
