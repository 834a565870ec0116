import { html, raw } from "hono/html";
import { type Markup, type Page, partsOf } from "./parts.ts";
import { words } from "./words.ts";

/** The page as it is first fetched; from then on its parts are exchanged. Everything in it comes from this process. */
export async function shell(page: Page): Promise<Awaited<Markup>> {
  const { client, lang } = page;
  const text = words[lang];
  const parts = await partsOf(page);
  const part = (name: string) => raw(parts[name] ?? "");
  return html`<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${text.title(client)}</title><link rel="stylesheet" href="page.css"><link rel="icon" href="data:,"><script src="page.js" defer></script></head>
<body data-lost="${text.lost}" data-updated="${text.updated}">
<a class="skip" href="#panel">${text.skip}</a>
<header data-part="head">${part("head")}</header>
<div data-part="alert">${part("alert")}</div>
<div data-part="tabs" class="tabs">${part("tabs")}</div>
<main id="panel" data-part="panel" role="tabpanel" tabindex="-1" aria-labelledby="tab-${page.spot.tab}">${part("panel")}</main>
<footer data-part="foot">${part("foot")}</footer>
</body></html>`;
}
