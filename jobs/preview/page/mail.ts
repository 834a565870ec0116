import { html } from "hono/html";
import { messengerText } from "../../../templates/email/messenger.ts";
import { standalone } from "../../out.ts";
import type { Drawn } from "../studio.ts";
import type { Markup, Page } from "./parts.ts";
import type { Words } from "./words.ts";

/** The mail as two readers see it, in light or dark, and its plain-text part. */
export function mailPanel(page: Page & { drawn: Drawn }, text: Words): Markup {
  const { drawn, spot, to } = page;
  const { subject, preheader, text: plain } = drawn.mail;
  const schemes = (["light", "dark"] as const).map(
    (scheme) =>
      html`<a data-go id="scheme-${scheme}" href="${to({ scheme })}" ${spot.scheme === scheme ? html`aria-current="true"` : ""}>${text[scheme]}</a>`,
  );
  return html`<div class="bar"><div class="lock"><span class="from">${drawn.report.agency_name}</span><strong id="subject">${subject}</strong><span class="pre">${preheader}</span></div><nav class="switch" aria-label="${text.scheme}">${schemes}</nav></div>
    <div class="frames">${frame(page, "phone", text.phone)}${frame(page, "desktop", text.desktop)}</div>
    <details id="messenger"><summary>${text.messenger}</summary><pre tabindex="0">${messengerText(drawn.report)}</pre></details>
    <details id="plain"><summary>${text.plain}</summary><pre tabindex="0">${plain}</pre></details>`;
}

function frame({ drawn, spot, file }: Page & { drawn: Drawn }, width: "phone" | "desktop", label: string): Markup {
  const src = file("mail", { scheme: spot.scheme, v: drawn.editions.mail });
  // Nothing in a mail runs here; the same origin lets the page keep where one has scrolled to.
  return html`<figure class="${width}"><figcaption>${label}</figcaption><iframe id="mail-${width}" title="${label}" sandbox="allow-same-origin" src="${src}" data-src="${src}"></iframe></figure>`;
}

/** The mail as a page of its own: its pictures inside, and the colour scheme decided here rather than by the machine. */
export function mailPage(drawn: Pick<Drawn, "mail" | "chart" | "logos">, scheme: "light" | "dark"): string {
  return standalone(drawn)
    .replaceAll(/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/g, scheme === "dark" ? "(min-width:0)" : "(max-width:0)")
    .replace(/<meta name="color-scheme"[^>]*>/, `<meta name="color-scheme" content="only ${scheme}">`);
}
