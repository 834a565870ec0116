import type { Goal, Kpi } from "../../transforms/report/model.ts";
import { basisWord, formatChange, formatShare, formatValue, reasonText, words } from "../text.ts";
import { type Html, html } from "./html.ts";
import { aside, attributes, bar, changeSpan, type Frame, section } from "./parts.ts";
import { ground, ink, layout } from "./style.ts";

/** The answer: the headline figure with its change, and beside it (on a phone below) how far its goal is reached. */
export function heroBlock(kpi: Kpi, frame: Frame): Html {
  const goal = kpi.goal && goalCell(kpi.goal, frame);
  const cells = html`<tr><td class="stack" style="vertical-align:top">${figure(kpi, frame)}</td>${goal}</tr>`;
  const panel = html`<tr><td ${ground("panel", frame.theme, { style: "padding:14px 18px 16px;border-radius:8px" })}>${layout(cells)}</td></tr>`;
  return section(layout(panel), 14);
}

function figure(kpi: Kpi, { report, theme }: Frame): Html {
  const { locale, cadence, compare } = report;
  const basis = compare[0];
  const change = basis && kpi.changes[basis] ? formatChange(kpi.changes[basis], { ...kpi, locale }) : null;
  const before =
    basis && kpi[basis] !== null
      ? `${basisWord(basis, cadence, locale)} ${formatValue(kpi[basis], kpi, locale)}`
      : null;
  const reason = kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : null;
  const points = change?.points && change.points !== change.text ? ` (${change.points})` : "";
  const tentative = kpi.provisional && ` · ${words(locale).provisional}`;
  return html`<div ${attributes(ink("muted", theme), "font-size:13px;line-height:18px")}>${kpi.label}${tentative}</div>
<div ${attributes(ink("ink", theme), "font-size:38px;line-height:46px;font-weight:700;letter-spacing:-0.5px")}>${formatValue(kpi.value, kpi, locale)}${reason && html` <span style="font-size:15px;font-weight:400;letter-spacing:0">${reason}</span>`}</div>
${change && html`<div style="font-size:16px;line-height:22px;font-weight:700">${changeSpan(change, theme)}<span ${attributes(ink("muted", theme), "font-weight:400;font-size:13px")}>${points}${before && ` · ${before}`}</span></div>`}`;
}

function goalCell(goal: Goal, { report, theme }: Frame): Html {
  const fill = goal.achieved === null ? "fill" : goal.achieved ? "reached" : "short";
  const share = goal.achievement !== null && bar(Number(goal.achievement), theme, fill);
  const state = goal.achievement !== null && goalState(goal, { report, theme });
  const prorated = goal.pro_rated && aside(words(report.locale).proRated, theme);
  return html`<td class="stack below" width="44%" style="width:44%;padding:0 0 0 24px;vertical-align:middle"><div ${attributes(ink("text", theme), "font-size:13px;line-height:22px;font-weight:700")}>${goal.text}</div>${share}<div ${attributes(ink("text", theme), "font-size:13px;line-height:20px")}>${state}</div>${prorated}</td>`;
}

/** `달성률 114.9% ✓ 달성`: the verdict in a sign and a word, the colour beside them. */
export function goalState({ achieved, achievement }: Goal, { report, theme }: Frame): Html {
  const said = words(report.locale);
  const share = `${said.achievement} ${formatShare(achievement, report.locale)}`;
  if (achieved === null) return html`${share}`;
  const verdict = achieved ? `✓ ${said.achieved}` : `✗ ${said.missed}`;
  return html`${share} <b ${attributes(ink(achieved ? "good" : "bad", theme), "white-space:nowrap")}>${verdict}</b>`;
}
