import type { Pause, ReportDef } from "../definitions.ts";
import { type Period, rangeLabel } from "../period.ts";

/**
 * The pause that touches a period, if any: nothing ran on these days by intent, which is said in the report and is not
 * missing data. `whole` where it covers every day.
 */
export function pauseIn({ pauses }: ReportDef, { from, to }: Period): { pause: Pause; whole: boolean } | null {
  const pause = pauses.find((each) => (each.from ?? "") <= to && (each.until ?? "9999") >= from);
  return pause ? { pause, whole: (pause.from ?? "") <= from && (pause.until ?? "9999") >= to } : null;
}

/** `집행 없음: 2026-10-05 ~ 2026-10-11. 재고 소진` */
export function pauseText({ from, until, reason }: Pause, period: Period, { locale }: ReportDef): string {
  const days = {
    from: from && from > period.from ? from : period.from,
    to: until && until < period.to ? until : period.to,
  };
  const said =
    locale === "ko-KR" ? `집행 없음: ${rangeLabel(days, locale)}.` : `Nothing ran on ${rangeLabel(days, locale)}.`;
  return reason ? `${said} ${reason}` : said;
}
