import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Big from "big.js";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { type ParsedMail, simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, systemClock } from "../../jobs/clock.ts";
import { demo } from "../../jobs/commands/demo.ts";
import { rebuild } from "../../jobs/commands/rebuild.ts";
import {
  agencyOf,
  type Context,
  clientNamed,
  deliveryOf,
  openLedger,
  outsideOf,
  readConfig,
} from "../../jobs/context.ts";
import { startMailServer } from "../../jobs/mail/server.ts";
import { runReport } from "../../jobs/report.ts";
import { projectRoot } from "../../jobs/roots.ts";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { channels, type MetricId, metricIds } from "../../transforms/metrics.ts";
import { addDays } from "../../transforms/period.ts";
import type { SumRow } from "../../transforms/records.ts";
import type { Report } from "../../transforms/report/model.ts";
import { formatValue } from "../../transforms/text.ts";
import { faultsOf } from "../excel/validator.ts";

// The whole product once, on the sample clients: what every reader of a report could check for themselves.

const out = mkdtempSync(join(tmpdir(), "bogo-demo-test-"));
const roots = {
  config: join(projectRoot, "config"),
  inbox: join(projectRoot, "inbox"),
  state: join(out, "state"),
  out,
};
const context: Context = {
  roots,
  lang: "en",
  env: {},
  clock: systemClock(),
  terminal: false,
  print: () => {},
  tell: () => {},
};
const clients = ["hanbit-coffee", "northwind-outfitters"];

interface Summary {
  mails: number;
  reports: {
    client: string;
    report: string;
    cadence: string;
    state: string;
    recipients: string[];
    files: { excel: string; pdf: string; model: string; emails: string[] };
    kpis: { id: string; value: string | null }[];
  }[];
}

let code = -1;
let summary: Summary;
const models = new Map<string, Report>();

beforeAll(async () => {
  code = await demo(context, out);
  summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));
  for (const { client, report, cadence, files } of summary.reports) {
    models.set(`${client} ${report} ${cadence}`, JSON.parse(readFileSync(join(projectRoot, files.model), "utf8")));
  }
}, 600_000);

afterAll(() => rmSync(out, { recursive: true, force: true }));

describe("the demo", () => {
  it("sends every report of both clients, each audience a mail of its own, and says so", () => {
    expect(code).toBe(0);
    expect(summary.reports).toHaveLength(14);
    expect(summary.reports.map(({ state }) => state)).toEqual(summary.reports.map(() => "accepted"));
    expect(summary.mails).toBe(28);
    expect(readdirSync(join(out, "mail"))).toHaveLength(28);
    for (const { files } of summary.reports) {
      for (const path of [files.excel, files.pdf, files.model, ...files.emails])
        expect(existsSync(join(projectRoot, path)), path).toBe(true);
    }
  });

  it("puts no audience's address and no other client's name into a mail", async () => {
    for (const { client, files } of summary.reports) {
      const other = client === "hanbit-coffee" ? /northwind/i : /hanbit|한빛/i;
      const mails = await Promise.all(files.emails.map(mailOf));
      const audiences = mails.map((mail) => addressesOf(mail));
      expect(audiences).toHaveLength(2);
      expect(audiences[0]?.filter((address) => audiences[1]?.includes(address))).toEqual([]);
      for (const mail of mails) {
        expect(
          `${mail.subject}${mail.text}${mail.html}${mail.attachments.map(({ filename }) => filename).join()}`,
        ).not.toMatch(other);
      }
    }
  });

  it("answers in the subject, replies to the AE, and attaches the workbook and the PDF", async () => {
    for (const { client, report, cadence, files } of summary.reports) {
      const model = modelOf(client, report, cadence);
      const mail = await mailOf(files.emails[0] ?? "");
      const headline = model.kpis.find(({ id }) => id === model.headline);
      expect(mail.subject).toContain(model.title);
      expect(mail.subject).toContain(headline && headline.value !== null ? formatValueShort(headline, model) : "");
      expect(mail.replyTo?.value[0]?.address).toBe(model.ae?.address);
      expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
      const names = mail.attachments.map(({ filename = "" }) => filename.split(".").at(-1)).toSorted();
      // Both logos, and the chart for light and for dark mode.
      expect(names).toEqual(["pdf", "png", "png", "png", "png", "xlsx"]);
    }
  });
});

describe("the figures of the sample reports", () => {
  it.each(clients)("equal the truth beside the samples, per platform, metric and day: %s", async (client) => {
    const rows = await sumsOf(client);
    const daily = new Map(
      rows.filter(({ kind }) => kind === "daily").map((row) => [`${row.platform} ${row.from}`, row]),
    );
    let compared = 0;
    for (const file of readdirSync(truth(client, "days")).filter(
      (name) => !name.includes(".overview.") && !name.includes(".hours."),
    )) {
      const platform = file.replace(".csv", "");
      for (const { account: _, day = "", ...values } of csv(truth(client, "days", file))) {
        const row = daily.get(`${platform} ${day}`);
        for (const [metric, expected] of Object.entries(values)) {
          // A day that a sparse export leaves out is a true zero; the truth leaves it blank.
          if (expected === "") expect(row?.values[metric as MetricId] ?? "0", `${platform} ${day} ${metric}`).toBe("0");
          else expect(number(row?.values[metric as MetricId]), `${platform} ${day} ${metric}`).toBe(number(expected));
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(client === "hanbit-coffee" ? 25_000 : 10_000);
  });

  it.each(clients)("equal the truth for the newest week and month, in every report: %s", (client) => {
    const periods = JSON.parse(readFileSync(truth(client, "periods.json"), "utf8"));
    const metrics: Record<string, readonly string[]> = {
      ppc: ["impressions", "conversions"],
      seo: ["clicks", "impressions"],
      web: ["sessions", "pageviews"],
      email: ["sent", "delivered"],
      social: ["followers_gained"],
    };
    for (const { report, cadence, client: of } of summary.reports.filter((each) => each.client === client)) {
      const model = modelOf(of, report, cadence);
      const given = periods[cadence === "weekly" ? "week" : "month"];
      const platforms = Object.entries<Record<string, string>>(given.platforms).filter(([name]) =>
        (feeds[report] ?? []).includes(name),
      );
      for (const metric of metrics[report] ?? []) {
        const held = platforms.flatMap(([, sums]) => sums[metric] ?? []);
        const expected = held.reduce((sum, value) => sum.plus(value), new Big(0));
        expect(number(model.kpis.find(({ id }) => id === metric)?.value), `${of} ${report} ${cadence} ${metric}`).toBe(
          number(expected.toString()),
        );
      }
    }
  });

  it("add the platforms' costs without VAT and in won at the dated rates", () => {
    const { platforms } = JSON.parse(readFileSync(truth("hanbit-coffee", "periods.json"), "utf8")).month;
    const model = modelOf("hanbit-coffee", "ppc", "monthly");
    // October 2026 lies within one rate of config/rates.yaml: 1 USD = 1,398.90 KRW.
    const expected = new Big(platforms.google_ads.cost)
      .plus(new Big(platforms.naver_searchad.cost).div("1.1"))
      .plus(new Big(platforms.meta_ads.cost).times("1398.90"));
    const cost = new Big(model.kpis.find(({ id }) => id === "cost")?.value ?? 0);
    expect(cost.minus(expected).abs().lt("0.000001"), `${cost} against ${expected}`).toBe(true);
  });

  it("stand in the overview as in the channels' own reports, beside what the shop counted", () => {
    for (const client of clients) {
      const overview = modelOf(client, "overview", "monthly");
      const ads = modelOf(client, "ppc", "monthly");
      const value = (model: Report, id: string) => model.kpis.find((kpi) => kpi.id === id)?.value;
      const lines = overview.overview?.lines ?? [];
      expect(lines.find(({ channel }) => channel === "ppc")?.cost.value, client).toBe(value(ads, "cost"));
      expect(value(overview, "cost"), client).toBe(value(ads, "cost"));
      expect(lines.find(({ channel }) => channel === "seo")?.headline.value, client).toBe(
        value(modelOf(client, "seo", "monthly"), "clicks"),
      );
      expect(lines.find(({ channel }) => channel === "web")?.headline.value, client).toBe(
        value(modelOf(client, "web", "monthly"), "sessions"),
      );
      const { platforms } = JSON.parse(readFileSync(truth(client, "periods.json"), "utf8")).month;
      expect(overview.overview?.shop?.orders.value, client).toBe(platforms.manual.orders);
      expect(number(value(overview, "revenue")), client).toBe(number(platforms.manual.revenue));
    }
    // The shop's own 8,003 orders of October, against 8,525 in September.
    expect(modelOf("hanbit-coffee", "overview", "monthly").kpis[0]).toMatchObject({ value: "8003", previous: "8525" });
    expect(modelOf("northwind-outfitters", "overview", "monthly").kpis[0]).toMatchObject({ value: "1689" });
  });

  it("name the one day that no export covers and mark its week as partial", async () => {
    const rows = await sumsOf("hanbit-coffee");
    const held = new Set(
      rows.filter(({ platform, kind }) => platform === "naver_searchad" && kind === "daily").map(({ from }) => from),
    );
    const missing = [];
    for (let day = "2024-09-01"; day <= "2026-11-01"; day = addDays(day, 1)) if (!held.has(day)) missing.push(day);
    expect(missing).toEqual(["2026-03-15"]);
  });

  it("are not changed by building the warehouse anew from the archive", async () => {
    const before = await sumsOf("hanbit-coffee");
    expect(await rebuild(context, "hanbit-coffee")).toBe(0);
    expect(await sumsOf("hanbit-coffee")).toEqual(before);
  }, 120_000);
});

describe("the documents of a report", () => {
  it("show the model's numbers: the same in workbook, PDF and mail", async () => {
    for (const { client, report, cadence, files } of summary.reports) {
      const model = modelOf(client, report, cadence);
      const book = new ExcelJS.Workbook();
      await book.xlsx.readFile(join(projectRoot, files.excel));
      const cells: unknown[] = [];
      book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => cells.push(cell.formula ? cell.result : cell.value)));
      const pdf = pdfText(join(projectRoot, files.pdf));
      const mail = await mailOf(files.emails[0] ?? "");
      for (const kpi of model.kpis) {
        if (kpi.value === null) continue;
        const name = `${client} ${report} ${cadence} ${kpi.id}`;
        const printed = formatValue(kpi.value, kpi, model.locale);
        const held = Number(kpi.value);
        // Excel counts durations in days from its own zero, which the reader of this test turns into dates.
        const same = (cell: unknown) =>
          cell instanceof Date
            ? Math.abs((cell.getTime() - Date.UTC(1899, 11, 30)) / 1000 - held) < 0.001
            : typeof cell === "number" && Math.abs(cell - held) <= Math.abs(held) * 1e-12;
        expect(cells.some(same), `${name} in the workbook`).toBe(true);
        expect(`${mail.text}`, `${name} in the mail's text`).toContain(printed);
        expect(`${mail.html}`, `${name} in the mail's page`).toContain(printed);
        if (pdf !== null) expect(pdf, `${name} in the PDF`).toContain(printed.replace(/\s+/g, ""));
      }
    }
  });
});

describe("the workbooks", () => {
  it("reconcile every sum of every report with the exports, line by line and to the last digit", () => {
    const reconciled = [...models.values()].flatMap(({ title, reconciliation, kpis }) =>
      reconciliation.map((each) => ({ ...each, title, value: kpis.find(({ id }) => id === each.kpi)?.value })),
    );
    expect(reconciled.length).toBeGreaterThan(30);
    for (const { title, kpi, reported, value, lines } of reconciled) {
      expect(reported, `${title} ${kpi}`).toBe(value);
      for (const line of lines) {
        const { exported, superseded, other, narrowed, counted } = line;
        const steps = [superseded, other, narrowed].reduce(
          (left, step) => left.minus(step ?? 0),
          new Big(exported ?? 0),
        );
        expect(steps.toFixed(), `${title} ${kpi} ${line.file}`).toBe(new Big(counted).toFixed());
      }
      const sum = lines.reduce((all, line) => all.plus(line.reported ?? 0), new Big(0));
      expect(number(sum.toFixed()), `${title} ${kpi}`).toBe(number(value));
    }
    const [month] = reconciled.filter(({ title, kpi }) => title.includes("월간") && kpi === "cost");
    expect(month?.lines.some(({ superseded }) => Number(superseded) > 0)).toBe(true);
    expect(month?.lines.some(({ other }) => Number(other) > 0)).toBe(true);
    expect(month?.lines.some(({ vat }) => Number(vat) < 0)).toBe(true);
    expect(month?.lines.some(({ rate }) => rate === "1398.9")).toBe(true);
  });

  it("have no fault by Microsoft's validator", async () => {
    for (const { client, report, cadence, files } of summary.reports)
      expect(await faultsOf(readFileSync(join(projectRoot, files.excel))), `${client} ${report} ${cadence}`).toEqual(
        [],
      );
  }, 240_000);
});

describe("a second run", () => {
  it("sends nothing that was accepted", async () => {
    const server = await startMailServer({ dir: join(out, "second") });
    const ledger = await openLedger(context);
    try {
      const written = await readConfig(context);
      const client = clientNamed(written, "northwind-outfitters");
      const agency = agencyOf(written);
      const delivery = await deliveryOf(context, agency, ledger, { host: server.host, port: server.port, tls: "none" });
      const outside = { ...outsideOf(context, written, ledger), clock: fixedClock("2026-11-02T14:00:00Z") };
      for (const def of client.reports) {
        const model = modelOf(client.slug, def.id, def.cadence);
        const { made, record } = await runReport(
          { client, def, period: { from: model.period.from, to: model.period.to } },
          agency,
          outside,
          delivery,
        );
        expect(made).toBeNull();
        expect(record.state).toBe("done");
      }
      expect(server.mails()).toEqual([]);
    } finally {
      ledger.close();
      await server.close();
    }
  });
});

/** Which platforms' sums a report adds. */
const feeds: Record<string, readonly string[]> = {
  ppc: ["google_ads", "naver_searchad", "meta_ads"],
  seo: ["search_console"],
  web: ["ga4"],
  email: ["mailchimp.emails"],
  social: ["facebook_page", "instagram", "x"],
};

const truth = (client: string, ...path: string[]): string =>
  join(projectRoot, "test", "samples", "truth", client, ...path);

const csv = (path: string): Record<string, string>[] => parse(readFileSync(path, "utf8"), { columns: true });

const number = (text: string | null | undefined): string =>
  text === null || text === undefined || text === "" ? "unknown" : new Big(text).toFixed();

function modelOf(client: string, report: string, cadence: string): Report {
  const model = models.get(`${client} ${report} ${cadence}`);
  if (!model) throw new Error(`no report ${client} ${report} ${cadence}`);
  return model;
}

async function sumsOf(client: string): Promise<SumRow[]> {
  const warehouse = await openDuckDb(join(roots.state, "warehouse", `${client}.duckdb`));
  try {
    return await warehouse.sums({ from: "2024-09-01", to: "2026-11-01", channels: [...channels], metrics: metricIds });
  } finally {
    await warehouse.close();
  }
}

async function mailOf(path: string): Promise<ParsedMail> {
  return simpleParser(readFileSync(join(projectRoot, path)));
}

function addressesOf({ to }: ParsedMail): string[] {
  return [to ?? []].flat().flatMap(({ value }) => value.map(({ address = "" }) => address));
}

function formatValueShort(kpi: Report["kpis"][number], { locale }: Report): string {
  return formatValue(kpi.value, kpi, locale).slice(0, 3);
}

/** The PDF's text without spaces, or null where poppler is not installed. */
function pdfText(path: string): string | null {
  try {
    return execFileSync("pdftotext", [path, "-"], { encoding: "utf8", maxBuffer: 1 << 26 }).replace(/\s+/g, "");
  } catch {
    return null;
  }
}
