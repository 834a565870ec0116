import { html } from "hono/html";
import { nextStep, type Problem, sayProblem } from "../../../transforms/problem.ts";
import { snippetOf } from "../snippet.ts";
import type { Markup, Page } from "./parts.ts";
import type { Words } from "./words.ts";

/** Everything that is wrong or lacks: what happened, where, how the place looks, and the next step. */
export function problemsPanel(page: Page, text: Words): Markup {
  const { problems, drawn } = page.view;
  const missing = drawn?.report.missing ?? [];
  if (problems.length + missing.length === 0) return html`<p class="fine">${text.fine}</p>`;
  return html`${problems.length > 0 ? problemList(problems, page, text) : ""}${
    missing.length > 0
      ? html`<h2>${text.missing}</h2><ul class="missing">${missing.map(({ channel, source, reason }) => html`<li><b>${channel}</b> <code>${source}</code> ${reason}</li>`)}</ul>`
      : ""
  }`;
}

/** Problems as cards, each once. */
export function problemList(problems: readonly Problem[], page: Page, text: Words): Markup {
  const each = [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()].toSorted(
    (a, b) => a.severity.localeCompare(b.severity), // errors before warnings
  );
  return html`<ol class="problems">${each.map((one) => card(one, page, text))}</ol>`;
}

function card(problem: Problem, page: Page, text: Words): Markup {
  const { lang, roots } = page;
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  const snippet = snippetOf(problem, roots);
  return html`<li class="${problem.severity}"><p class="place"><code>${place || problem.client || ""}</code> <span class="code">${problem.code}</span></p>
    <p class="say">${sayProblem(problem, lang)}</p>
    ${
      snippet
        ? html`<pre class="snippet" tabindex="0">${snippet.lines.map(
            ({ number, text: line, here }) =>
              html`<span class="${here ? "here" : "near"}"><i>${number}</i>${line}
</span>`,
          )}</pre>`
        : ""
    }<p class="next"><b>${text.next}</b> ${nextStep(problem, lang)}</p>${held(problem, page, text)}</li>`;
}

/** A file that waits for a person can be counted here, so that one sees what its figures would say. */
function held({ code, facts }: Problem, { file }: Page, text: Words): Markup {
  if (code !== "LOAD_HELD") return html``;
  return html`<p class="quiet">${text.countNote}</p><button type="button" data-post="${file("accept", { hold: facts.hold ?? "" })}">${text.count}</button>`;
}
