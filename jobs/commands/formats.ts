import { formatsOf } from "../../config/formats.ts";
import { nearest } from "../../config/nearest.ts";
import type { Format, PlatformFormats } from "../../transforms/format/format.ts";
import { languagesOf } from "../../transforms/format/languages.ts";
import type { Text } from "../../transforms/metrics.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import type { Context } from "../context.ts";
import { platformPage } from "../docs/platform.ts";
import { sayProblems } from "../problems.ts";
import { drawTable } from "../table.ts";

/** Lists the exports that are known, or tells all that is known of one platform's. */
export async function formatsCommand(
  context: Context,
  platform: string | undefined,
  { json }: { json?: boolean },
): Promise<number> {
  const { lang, roots } = context;
  const { formats, problems } = await formatsOf(roots.config);
  if (problems.length) context.tell(sayProblems(problems, lang));
  const shown = platform === undefined ? formats : [platformNamed(platform, formats)];
  if (json) context.print(JSON.stringify(shown.map(entryOf), null, 2));
  else if (platform === undefined) context.print(listOf(shown, lang));
  else context.print(shown.map((each) => platformPage(each, lang)).join("\n"));
  return problems.some(({ severity }) => severity === "error") ? 1 : 0;
}

function platformNamed(name: string, formats: readonly PlatformFormats[]): PlatformFormats {
  const found = formats.find(({ platform }) => platform === name);
  const known = formats.map(({ platform }) => platform);
  if (found) return found;
  throw new BogoError([
    problem("RUN_PLATFORM_UNKNOWN", { found: name, nearest: nearest(name, known), known: known.join(", ") }),
  ]);
}

function entryOf({ platform, label, formats }: PlatformFormats) {
  return { platform, label, formats: formats.map(formatEntry) };
}

function formatEntry(format: Format) {
  const { id, channel, shape, kind, verified, refuse } = format;
  return { id, channel, shape, kind, verified, refused: refuse !== null, languages: languagesOf(format) };
}

function listOf(platforms: readonly PlatformFormats[], lang: keyof Text): string {
  const rows = platforms.flatMap(({ label, formats }) =>
    formats.map((format, at) => {
      const kind = words.kinds[format.refuse ? "refused" : (format.kind ?? "either")][lang];
      const languages = languagesOf(format).map((each) => (each === "other" ? words.other[lang] : each));
      const verified = words[format.verified ? "yes" : "no"][lang];
      return [at === 0 ? label[lang] : "", format.id, format.channel, kind, verified, languages.join(", ")];
    }),
  );
  return [drawTable([words.heads[lang], ...rows]), words.more[lang]].join("\n\n");
}

const words = {
  heads: {
    en: ["Platform", "Format", "Channel", "Rows", "Verified", "Headers"],
    ko: ["매체", "형식", "채널", "행", "확인", "머리글 언어"],
  },
  kinds: {
    daily: { en: "daily", ko: "일별" },
    window: { en: "one period", ko: "기간 전체" },
    snapshot: { en: "snapshot", ko: "누적" },
    either: { en: "daily or one period", ko: "일별 또는 기간 전체" },
    refused: { en: "refused", ko: "불러오지 않음" },
  },
  yes: { en: "yes", ko: "원본 확인" },
  no: { en: "no", ko: "미확인" },
  other: { en: "other", ko: "그 외" },
  more: {
    en: "Verified: raw files of the platform were seen. `bogo formats <platform>` tells how its files are read; `bogo formats draft <file>` begins a new format.",
    ko: "원본 확인: 매체의 원본 파일로 확인한 형식입니다. `bogo formats <매체>`로 자세한 내용을 보고, `bogo formats draft <파일>`로 새 형식을 시작하세요.",
  },
};
