import type { KpiDef, Rates } from "../definitions.ts";
import { isMetric } from "../kpi/compute.ts";
import { formulaOf, meaningOf, printFormula, writeFormula } from "../kpi/formula.ts";
import { metrics } from "../metrics.ts";
import { dayRanges, daysOf, rangeLabel } from "../period.ts";
import type { LoadedFile } from "../records.ts";
import { comparisonWord, languageOf } from "../text.ts";
import { type Inputs, kpiLabel, platformIn } from "./kpis.ts";
import type { Definition, Kpi, Missing, Note, PeriodInfo, SourceFile } from "./model.ts";
import { originNotes } from "./origin.ts";
import { pauseIn, pauseText } from "./pause.ts";

/** What the reader must know before any number. */
export function bannersOf(
  period: PeriodInfo,
  kpis: readonly Kpi[],
  missing: readonly Missing[],
  given: Inputs,
  late: string | undefined,
): Note[] {
  const korean = given.def.locale === "ko-KR";
  const tentative = kpis.filter(({ provisional, value }) => provisional && value !== null).map(({ label }) => label);
  const notes: Note[] = [];
  if (late !== undefined) {
    const due = late.replace("T", " ");
    notes.push({
      code: "LATE",
      text: korean
        ? `${due}에 보낼 예정이던 리포트를 늦게 보냅니다.`
        : `This report was due on ${due} and is sent late.`,
    });
  }
  if (!given.periods.over) {
    notes.push({
      code: "RUNNING",
      text: korean
        ? `아직 끝나지 않은 기간입니다. ${rangeLabel(period, "ko-KR")}까지를 같은 일수와 비교했습니다.`
        : `This period is not over: ${rangeLabel(period, "en-US")} is compared with the same number of days.`,
    });
  }
  const paused = pauseIn(given.def, given.periods.period);
  if (paused) notes.push({ code: "PAUSED", text: pauseText(paused.pause, given.periods.period, given.def) });
  if (missing.length) {
    const list = missing.map(({ source, reason }) => `${source}: ${reason}`).join(" / ");
    notes.push({
      code: "MISSING",
      text: korean ? `빠진 데이터가 있습니다. ${list}` : `Some figures are missing. ${list}`,
    });
  }
  if (tentative.length) {
    const whole = tentative.length === kpis.filter(({ value }) => value !== null).length;
    const list = tentative.join(", ");
    notes.push({
      code: "PROVISIONAL",
      text: korean
        ? `${whole ? "이번 기간 수치는 잠정치입니다." : `잠정치: ${list}.`} 매체가 더 보정할 수 있어, 확정된 기간과의 비교에는 화살표를 붙이지 않습니다.`
        : `${whole ? "These figures are provisional." : `Provisional: ${list}.`} Platforms may still restate them, so changes against settled periods carry no arrow.`,
    });
  }
  return notes;
}

/** What is not there: days without an export, platforms without figures, currencies without a rate. */
export function missingOf(given: Inputs): Missing[] {
  const { def, periods, figures } = given;
  const korean = def.locale === "ko-KR";
  const channel = def.channels.join("+");
  const all: Missing[] = [];
  for (const source of figures.sources) {
    const days = figures.missingDays(source, periods.period);
    if (days.length)
      all.push({
        channel,
        source: platformIn(source.platform, given),
        reason: korean
          ? `${dayRanges(days, "ko-KR")} 데이터가 없습니다.`
          : `no export covers ${dayRanges(days, "en-US")}.`,
      });
  }
  for (const { currency, day } of figures.ratesMissing()) {
    all.push({
      channel,
      source: currency,
      reason: korean
        ? `${day}의 ${currency}→${def.currency} 환율이 rates.yaml에 없어 합계를 내지 않았습니다.`
        : `rates.yaml has no ${currency}→${def.currency} rate for ${day}, so no total is given.`,
    });
  }
  return all;
}

/** Period, whose days, comparison, money: what makes the figures reproducible. */
export function notesOf(
  period: PeriodInfo,
  previous: PeriodInfo,
  files: readonly LoadedFile[],
  rates: Rates,
  given: Inputs,
  kpis: readonly Kpi[],
): Note[] {
  const { def, periods, book } = given;
  const korean = def.locale === "ko-KR";
  const notes: Note[] = [];
  const add = (code: string, ko: string, en: string): void => void notes.push({ code, text: korean ? ko : en });
  const bases = def.compare.map((basis) => comparisonWord(basis, def.cadence, def.locale)).join(", ");
  add(
    "PERIOD",
    `기간: ${rangeLabel(period, "ko-KR")}. 날짜는 각 매체 계정의 날짜 그대로이며 시간대를 변환하지 않았습니다.`,
    `Period: ${rangeLabel(period, "en-US")}. Days are those of each platform's account; they are not converted.`,
  );
  notes.push(...originNotes(given));
  add("COMPARISON", `비교: ${bases}.`, `Comparison: ${bases}.`);
  const lengths = [daysOf(periods.period).length, daysOf(periods.previous).length];
  if (lengths[0] !== lengths[1])
    add(
      "LENGTH",
      `이번 기간은 ${lengths[0]}일, 비교 기간은 ${lengths[1]}일입니다. 일평균 증감을 함께 적었습니다.`,
      `The period has ${lengths[0]} days, the compared one ${lengths[1]}; changes per day stand beside.`,
    );
  if (period.final) add("FINAL", "확정치입니다.", "These figures are final.");
  else add("PROVISIONAL", "일부 지표는 잠정치입니다.", "Some of these figures are provisional.");
  const currencies = [...new Set(def.sources.flatMap(({ currency }) => currency ?? []))].filter(
    (currency) => currency !== def.currency,
  );
  for (const rate of rates.rates) {
    const other = rate.quote === def.currency ? rate.base : rate.base === def.currency ? rate.quote : null;
    if (other === null || !currencies.includes(other) || rate.to < period.from || rate.from > period.to) continue;
    const range = rangeLabel({ from: rate.from, to: rate.to }, def.locale);
    add(
      "RATE",
      `환율: ${range} 1 ${rate.base} = ${rate.rate} ${rate.quote}. ${rates.source.ko}`,
      `Rate: ${range}, 1 ${rate.base} = ${rate.rate} ${rate.quote}. ${rates.source.en}`,
    );
  }
  if (kpis.some(({ id }) => id === "cost" || id === "cpc" || id === "roas") && Number(def.vat_rate) > 0) {
    const included = [
      ...new Set(
        def.sources
          .filter(({ vat }) => vat === "included")
          .map(({ platform, account, files: glob }) => {
            const held = platform ?? given.figures.sources.find((source) => source.account === account)?.platform;
            return held === undefined ? glob : platformIn(held, given);
          }),
      ),
    ];
    const basis = def.cost_basis === "vat_excluded";
    add(
      "VAT",
      `광고비는 VAT ${basis ? "별도" : "포함"} 금액입니다.${included.length && basis ? ` VAT 포함으로 받은 금액(${included.join(", ")})은 ${(1 + Number(def.vat_rate)).toFixed(2).replace(/0$/, "")}로 나누었습니다.` : ""}`,
      `Cost is ${basis ? "without" : "with"} VAT.`,
    );
  }
  for (const { label, excludes } of kpis)
    if (excludes.length)
      add(
        "EXCLUDES",
        `${label}: ${excludes.join(", ")} 제외(필요한 값을 제공하지 않습니다).`,
        `${label} leaves out ${excludes.join(", ")}, which supply no input for it.`,
      );
  for (const kpi of kpis) {
    const note = book.kpis.get(kpi.id)?.note;
    if (note) add("KPI", `${kpi.label}: ${note.ko}`, `${kpi.label}: ${note.en}`);
  }
  const only = holidaysApart(period, previous);
  if (only.here.length)
    add(
      "HOLIDAYS",
      `이번 기간에만 있는 공휴일: ${only.here.join(", ")}.`,
      `Public holidays in this period and not in the compared one: ${only.here.join(", ")}.`,
    );
  if (only.there.length)
    add(
      "HOLIDAYS_PREVIOUS",
      `비교 기간에만 있는 공휴일: ${only.there.join(", ")}.`,
      `Public holidays in the compared period and not in this one: ${only.there.join(", ")}.`,
    );
  const rejected = files.reduce((sum, file) => sum + file.rejected, 0);
  if (rejected)
    add(
      "REJECTED",
      `읽지 못해 제외한 행: ${rejected}. 원본 파일 표를 보세요.`,
      `Lines that could not be read and were left out: ${rejected}; see the source files.`,
    );
  return notes;
}

/** Holidays move between months, and with them what people do: those that only one of the two periods has. */
function holidaysApart(period: PeriodInfo, previous: PeriodInfo): { here: string[]; there: string[] } {
  return {
    here: period.holidays.filter((name) => !previous.holidays.includes(name)),
    there: previous.holidays.filter((name) => !period.holidays.includes(name)),
  };
}

/** The formulas as used, in words. */
export function definitionsOf(defs: readonly KpiDef[], given: Inputs): Definition[] {
  const { def, book, figures } = given;
  const lang = languageOf(def.locale);
  const nameOf = (name: string): string => (isMetric(name) ? metrics[name].label[lang] : name);
  return defs
    .filter(({ id }) => !isMetric(id))
    .map((kpi) => {
      const exceptions = Object.entries(kpi.metric_by_platform).flatMap(([metric, byPlatform]) =>
        [...new Set(figures.sources.map(({ platform }) => platform))]
          .filter((platform) => byPlatform?.[platform] !== undefined && isMetric(metric))
          .map(
            (platform) =>
              `${platformIn(platform, given)}: ${printFormula(meaningOf(kpi, metric as never, platform), nameOf)}`,
          ),
      );
      const ast = formulaOf(kpi, book.kpis, book.channel);
      const formula = printFormula(ast, nameOf);
      return {
        kpi: kpi.id,
        label: kpiLabel(kpi, def),
        formula: exceptions.length ? `${formula} (${exceptions.join("; ")})` : formula,
        expression: writeFormula(ast),
      };
    });
}

/** The files behind the figures, newest first. */
export function sourcesOf(files: readonly LoadedFile[], given: Inputs): SourceFile[] {
  return files
    .map((file) => ({
      file: file.file,
      sha256: file.sha256,
      platform: platformIn(file.platform, given),
      account: file.account,
      from: file.from,
      to: file.to,
      generated_at: file.generatedAt,
      rows: file.rows,
      superseded: file.superseded,
      rejected: file.rejected,
      skipped: Object.values(file.skipped).reduce((sum, count) => sum + count, 0),
    }))
    .toSorted((a, b) => (b.to ?? "").localeCompare(a.to ?? "") || a.file.localeCompare(b.file));
}
