import { html } from "hono/html";
import type { ReportDef } from "../../../transforms/definitions.ts";
import { periodLabel, shift } from "../../../transforms/period.ts";
import type { Problem } from "../../../transforms/problem.ts";
import type { Roots } from "../../roots.ts";
import { nameOf, type View } from "../studio.ts";
import { figuresPanel } from "./figures.ts";
import { pdfPanel, workbookPanel } from "./files.ts";
import { mailPanel } from "./mail.ts";
import { problemList, problemsPanel } from "./problems.ts";
import { type Tab, tabs, type Words, words } from "./words.ts";

export type Markup = ReturnType<typeof html>;

/** Where a person is on the page: all of it stands in the address. */
export interface Spot {
  report: string;
  period: string | null;
  tab: Tab;
  scheme: "light" | "dark";
  kpi: string | null;
  sheet: number;
}

export interface Page {
  client: string;
  view: View;
  reports: readonly ReportDef[];
  spot: Spot;
  lang: "ko" | "en";
  roots: Roots;
  /** An address of this page with some of the spot changed. */
  to(change: Partial<Spot>): string;
  /** An address of one of its files. */
  file(path: string, query?: Record<string, string | number>): string;
}

/** The parts of the page that change; the browser replaces what differs. */
export async function partsOf(page: Page): Promise<Record<string, string>> {
  const text = words[page.lang];
  const made = {
    head: head(page, text),
    alert: alertBar(page, text),
    tabs: tabList(page, text),
    panel: panel(page, text),
    foot: foot(page, text),
  };
  const entries = await Promise.all(Object.entries(made).map(async ([name, part]) => [name, String(await part)]));
  return Object.fromEntries(entries);
}

function head({ view, reports, to, client, lang }: Page, text: Words): Markup {
  const { drawn, wish } = view;
  const here = drawn ? nameOf(drawn.def) : wish.report;
  const rules = drawn && { week_starts: drawn.def.week_starts, week_label: drawn.def.week_label };
  const step = (count: number): string =>
    drawn && rules ? to({ period: shift(drawn.def.cadence, drawn.period, count, rules).from }) : "";
  return html`<div class="brand"><span class="mark" aria-hidden="true">보</span><h1>${text.title(drawn?.report.client_name ?? client)}</h1><span class="unsent">${text.unsent}</span></div>
    <nav aria-label="${text.reports}" class="reports">${reports.map(
      (each) =>
        html`<a data-go id="report-${nameOf(each)}" href="${to({ report: nameOf(each), period: null, kpi: null, sheet: 0 })}" ${nameOf(each) === here ? html`aria-current="page"` : ""}>${titleOf(each, lang)}</a>`,
    )}</nav>
    ${
      drawn && rules
        ? html`<nav aria-label="${text.period}" class="period"><a data-go id="earlier" href="${step(-1)}" aria-label="${text.earlier}" title="${text.earlier}">‹</a><strong>${periodLabel(drawn.def.cadence, drawn.period, drawn.def.locale, rules)}</strong><a data-go id="later" href="${step(1)}" aria-label="${text.later}" title="${text.later}">›</a></nav>`
        : ""
    }`;
}

const cadence = {
  ko: { daily: "일간", weekly: "주간", monthly: "월간", quarterly: "분기" },
  en: { daily: "daily", weekly: "weekly", monthly: "monthly", quarterly: "quarterly" },
};

const titleOf = (def: ReportDef, lang: "ko" | "en"): string => `${def.id} · ${cadence[lang][def.cadence]}`;

/** What went wrong stands above what it concerns; without errors one line at most. */
function alertBar(page: Page, text: Words): Markup {
  const { view } = page;
  const errors = view.problems.filter(isError);
  if (view.failed)
    return html`<section class="failed" role="alert"><h2>${text.errors(Math.max(errors.length, 1))}</h2>${problemList(errors.length ? errors : view.problems, page, text)}${view.drawn ? html`<p class="quiet">${text.stale}</p>` : ""}</section>`;
  const notes = [
    view.drawn?.older ? html`<p>${text.older(view.drawn.report.period.label)}</p>` : "",
    errors.length > 0
      ? html`<p><a data-go href="${page.to({ tab: "problems" })}">${text.errors(errors.length)}</a></p>`
      : "",
  ];
  return notes.some((note) => note !== "") ? html`<section class="noted">${notes}</section>` : html``;
}

const isError = ({ severity }: Problem): boolean => severity === "error";

function tabList({ view, spot, to }: Page, text: Words): Markup {
  const count = view.problems.length + (view.drawn?.report.missing.length ?? 0);
  return html`<div role="tablist" aria-label="${text.title("")}">${tabs.map((tab) => {
    const here = tab === spot.tab;
    return html`<a role="tab" id="tab-${tab}" data-go href="${to({ tab })}" aria-selected="${String(here)}" aria-controls="panel" tabindex="${here ? 0 : -1}">${text.tabs[tab]}${tab === "problems" && count > 0 ? html` <span class="count">${count}</span>` : ""}</a>`;
  })}</div>`;
}

function panel(page: Page, text: Words): Markup {
  const { view, spot } = page;
  if (spot.tab === "problems") return problemsPanel(page, text);
  if (!view.drawn) return view.failed ? html`` : waiting(view, text);
  const body = panels[spot.tab]({ ...page, drawn: view.drawn }, text);
  return html`<div class="${view.failed ? "stale" : "fresh"}">${body}</div>`;
}

const panels = { mail: mailPanel, pdf: pdfPanel, workbook: workbookPanel, figures: figuresPanel };

function waiting({ working }: View, text: Words): Markup {
  const files = working?.step === "exports" && working.files > 0 ? ` (${text.read(working.files)})` : "";
  return html`<p class="waiting"><span class="spinner" aria-hidden="true"></span>${text.working[working?.step ?? "config"]} …${files}</p>`;
}

/** What the last update took: nothing where it was still good. */
function foot({ view }: Page, text: Words): Markup {
  const { working, steps, mailMs } = view;
  const listed = steps.map(({ name, ms }) => html`<span>${text.steps[name]} <b>${Math.round(ms)}</b></span>`);
  return html`<span class="now" role="status">${working ? `${text.working[working.step]} …` : mailMs === null ? "" : text.took(Math.round(mailMs))}</span><span class="steps" data-mail-ms="${mailMs === null ? "" : Math.round(mailMs)}">${listed} <span>ms</span></span>`;
}
