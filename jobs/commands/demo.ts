import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { Temporal } from "temporal-polyfill";
import type { Agency, Judged } from "../../config/config.ts";
import { localDate, newestComplete } from "../../transforms/period.ts";
import { BogoError, type Problem } from "../../transforms/problem.ts";
import { fixedClock } from "../clock.ts";
import { agencyOf, type Context, deliveryOf, openLedger, outsideOf, readConfig } from "../context.ts";
import type { Outside as Delivery } from "../deliver/deliver.ts";
import { overallState } from "../history.ts";
import { confirmsFormat } from "../hold.ts";
import { runName } from "../ledger/ledger.ts";
import { headerOf } from "../mail/header.ts";
import { type MailServer, startMailServer } from "../mail/server.ts";
import { sayProblems } from "../problems.ts";
import { type Outside, type RunResult, runReport } from "../report.ts";
import { projectRoot, type Roots } from "../roots.ts";
import { drawTable } from "../table.ts";

/** The morning after the samples' last day, on each client's own clock. */
const demoMorning = "2026-11-02T09:00:00";

/** One report in `summary.json`. Paths are relative to the project. */
interface Line {
  client: string;
  report: string;
  period: { from: string; to: string; label: string };
  state: string;
  cadence: string;
  recipients: string[];
  files: { excel: string | null; pdf: string | null; model: string; emails: string[] };
  kpis: { id: string; value: string | null; previous: string | null }[];
}

/**
 * The sample clients end to end: exports in, every report's newest complete period as of the samples' last day, sent to
 * a mail server on this machine, with copies in `out/demo`. Starts afresh each time, so that it shows the whole way.
 */
export async function demo(context: Context, out = join(projectRoot, "out", "demo")): Promise<number> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const roots: Roots = {
    config: join(projectRoot, "config"),
    inbox: join(projectRoot, "inbox"),
    state: join(out, "state"),
    out,
  };
  const here = { ...context, roots };
  const written = await readConfig(here);
  const agency = agencyOf(written);
  const ledger = await openLedger(here);
  const server = await startMailServer({ dir: join(out, "mail") });
  const shown = { lines: [] as Line[], problems: [] as Problem[] };
  try {
    const outside = outsideOf(here, written, ledger);
    // The samples were written after what their formats say; a person's own files are confirmed with `bogo accept`.
    ledger.confirm(
      written.formats.flatMap(({ formats }) => formats.map(({ id }) => confirmsFormat(id))),
      null,
      context.clock.now(),
    );
    const delivery = await deliveryOf(here, agency, ledger, { host: server.host, port: server.port, tls: "none" });
    // Clients share nothing, so they run side by side.
    const clients = [...written.config.clients.values()];
    const all = await Promise.all(
      clients.map((judged) => showClient(judged, { context, agency, outside, delivery, server })),
    );
    for (const { lines, problems } of all) {
      shown.lines.push(...lines);
      shown.problems.push(...problems);
    }
  } finally {
    await server.close();
    ledger.close();
  }
  const { lines, problems } = shown;
  await writeFile(
    join(out, "summary.json"),
    `${JSON.stringify({ mails: server.mails().length, reports: lines }, null, 2)}\n`,
  );
  if (problems.length) context.tell(sayProblems(problems, context.lang));
  context.print(tableOf(lines, server.mails().length, context.lang));
  const accepted = lines.length > 0 && lines.every(({ state }) => state === "accepted");
  return accepted && !problems.some(({ severity }) => severity === "error") ? 0 : 1;
}

interface Showing {
  context: Context;
  agency: Agency;
  outside: Outside;
  delivery: Delivery;
  server: MailServer;
}

/** Every report of one client, one after the other. What goes wrong with one is kept and the others go on. */
async function showClient(
  judged: Judged,
  { context, agency, outside, delivery, server }: Showing,
): Promise<{ lines: Line[]; problems: Problem[] }> {
  const problems = [...judged.problems];
  const lines: Line[] = [];
  if (!judged.ok) return { lines, problems };
  const { client } = judged;
  const clock = fixedClock(morningIn(client.timezone));
  context.tell(reading[context.lang](client.slug));
  for (const def of client.reports) {
    const rules = { week_starts: def.week_starts, week_label: def.week_label };
    const period = newestComplete(def.cadence, localDate(clock.now(), def.timezone), rules);
    const began = context.clock.monotonic();
    try {
      const result = await runReport({ client, def, period }, agency, { ...outside, clock }, delivery);
      problems.push(...(result.made?.problems ?? []));
      const line = lineOf(result, await mailsOf(result.record, server));
      if (!line) continue;
      lines.push(line);
      const seconds = ((context.clock.monotonic() - began) / 1000).toFixed(1);
      context.tell(`${line.client} ${line.report} ${line.cadence} ${line.period.label}: ${line.state} (${seconds} s)`);
    } catch (error) {
      if (!(error instanceof BogoError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { lines, problems };
}

const reading = {
  ko: (client: string) => `${client}: 매체 파일을 읽습니다 …`,
  en: (client: string) => `${client}: reading its exports …`,
};

/** The received mails of one run, known by the run's name in their headers. */
async function mailsOf(record: RunResult["record"], server: MailServer): Promise<string[]> {
  const files = server.mails().map(({ file }) => file);
  const runs = await Promise.all(files.map(async (file) => headerOf(await readFile(file), "X-Report-Run")));
  return files.filter((_, at) => runs[at] === runName(record));
}

const morningIn = (zone: string): string =>
  Temporal.PlainDateTime.from(demoMorning).toZonedDateTime(zone).toInstant().toString();

function lineOf({ record, made, written }: RunResult, emails: string[]): Line | null {
  if (!made || !written) return null;
  const { report } = made;
  const place = (path: string): string => relative(projectRoot, path).replaceAll("\\", "/");
  return {
    client: report.client,
    report: report.report,
    period: { from: report.period.from, to: report.period.to, label: report.period.label },
    state: overallState(record),
    cadence: report.cadence,
    recipients: record.messages.flatMap(({ deliveries }) => deliveries.map(({ recipient }) => recipient)),
    files: {
      excel: written.excel && place(written.excel),
      pdf: written.pdf && place(written.pdf),
      model: place(written.model),
      emails: emails.map(place),
    },
    kpis: report.kpis.map(({ id, value, previous }) => ({ id, value, previous })),
  };
}

function tableOf(lines: readonly Line[], mails: number, lang: "ko" | "en"): string {
  const heads = {
    ko: ["클라이언트", "리포트", "주기", "기간", "상태", "받는 사람", "파일"],
    en: ["client", "report", "cadence", "period", "state", "sent to", "files"],
  };
  const rows = lines.map(({ client, report, cadence, period, state, recipients, files }) => [
    client,
    report,
    cadence,
    `${period.from} – ${period.to}`,
    state,
    recipients.join(", "),
    files.model.replace(/\/report\.json$/, "/"),
  ]);
  const close = {
    ko: `메일 ${mails}통을 보냈습니다: out/demo/mail/ (\`npm run mail\`로 볼 수 있습니다). 요약: out/demo/summary.json`,
    en: `${mails} mails were sent and lie in out/demo/mail/ (\`npm run mail\` opens them). Summary: out/demo/summary.json`,
  };
  return `\n${drawTable([heads[lang], ...rows])}\n\n${close[lang]}`;
}
