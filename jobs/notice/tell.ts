import type { Text } from "../../transforms/metrics.ts";
import type { Cause } from "../../transforms/notice.ts";
import { runName } from "../ledger/ledger.ts";
import type { RunResult } from "../report.ts";
import { saying, step } from "./write.ts";

/** What else waits for a person at a client, beside the run that was just told of; empty where nothing does. */
export function tellCauses(
  causes: readonly Cause[],
  client: string,
  { record, made }: Pick<RunResult, "record" | "made">,
  lang: keyof Text,
): string {
  const name = runName(record);
  // The run has told of its own deliveries, and where it was made now, of the exports that are held.
  const others = causes.filter(
    ({ key, facts, ...cause }) => cause.client === client && facts.run !== name && !(made && key.startsWith("load ")),
  );
  if (others.length === 0) return "";
  return [words[lang], ...others.map((each) => `  ${saying(each, lang)}\n    → ${step(each, lang)}`)].join("\n");
}

const words = { ko: "그 밖에 확인할 일:", en: "What else waits for somebody:" };
