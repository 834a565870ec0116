import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { Temporal } from "temporal-polyfill";
import { localDate, newestComplete } from "../../transforms/period.ts";
import { BogoError, type Problem } from "../../transforms/problem.ts";
import { fixedClock } from "../clock.ts";
import { agencyOf, type Context, deliveryOf, openLedger, outsideOf, readConfig } from "../context.ts";
import { overallState } from "../history.ts";
import { startMailServer } from "../mail/server.ts";
import { sayProblems } from "../problems.ts";
import { type RunResult, runReport } from "../report.ts";
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
  const problems: Problem[] = [];
  const lines: Line[] = [];
  try {
    const outside = outsideOf(here, written, ledger);
    const delivery = await deliveryOf(here, agency, ledger, { host: server.host, port: server.port, tls: "none" });
    for (const judged of written.config.clients.values()) {
      problems.push(...judged.problems);
      if (!judged.ok) continue;
      const clock = fixedClock(morningIn(judged.client.timezone));
      for (const def of judged.client.reports) {
        const period = newestComplete(def.cadence, localDate(clock.now(), def.timezone), {
          week_starts: def.week_starts,
          week_label: def.week_label,
        });
        const began = context.clock.monotonic();
        try {
          const before = server.mails().length;
          const result = await runReport(
            { client: judged.client, def, period },
            agency,
            { ...outside, clock },
            delivery,
          );
          problems.push(...(result.made?.problems ?? []));
          const line = lineOf(
            result,
            server
              .mails()
              .slice(before)
              .map(({ file }) => file),
          );
          if (!line) continue;
          lines.push(line);
          context.tell(
            `${line.client} ${line.report} ${line.cadence} ${line.period.label}: ${line.state} (${((context.clock.monotonic() - began) / 1000).toFixed(1)} s)`,
          );
        } catch (error) {
          if (!(error instanceof BogoError)) throw error;
          problems.push(...error.problems);
        }
      }
    }
  } finally {
    await server.close();
    ledger.close();
  }
  await writeFile(
    join(out, "summary.json"),
    `${JSON.stringify({ mails: server.mails().length, reports: lines }, null, 2)}\n`,
  );
  if (problems.length) context.tell(sayProblems(problems, context.lang));
  context.print(tableOf(lines, server.mails().length, context.lang));
  const accepted = lines.length > 0 && lines.every(({ state }) => state === "accepted");
  return accepted && !problems.some(({ severity }) => severity === "error") ? 0 : 1;
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
