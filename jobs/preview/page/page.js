// What the page does in the browser: exchange the parts that changed, keep focus and scroll, move by keys.
const parts = Object.fromEntries(
  [...document.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]),
);
let source = null;
let asked = 0;

/** Fetches what is to be seen here and lays it over what is there. */
async function refresh() {
  asked += 1;
  const mine = asked;
  const answer = await fetch(`parts${location.search}`).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const made = await answer.json();
  for (const [name, markup] of Object.entries(made)) {
    const wanted = document.createElement("template");
    wanted.innerHTML = markup;
    morphChildren(parts[name], wanted.content);
  }
  const tab = document.querySelector('[role="tab"][aria-selected="true"]');
  if (tab) parts.panel.setAttribute("aria-labelledby", tab.id);
}

/** Changes nodes where they stand: what has the focus keeps it, a frame that shows the same is not loaded again. */
function morphChildren(old, wanted) {
  const news = [...wanted.childNodes];
  const olds = [...old.childNodes];
  for (const [at, node] of news.entries()) {
    const there = olds[at];
    if (there) morph(there, node);
    else old.append(node);
  }
  for (const extra of olds.slice(news.length)) extra.remove();
}

function morph(old, wanted) {
  const same = old.nodeName === wanted.nodeName && (old.id ?? "") === (wanted.id ?? "");
  if (!same) return old.replaceWith(wanted);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== wanted.nodeValue) old.nodeValue = wanted.nodeValue;
    return undefined;
  }
  if (old.nodeName === "IFRAME" && old.dataset.src !== wanted.dataset.src) show(old, wanted.dataset.src);
  const kept = { IFRAME: ["src"], DETAILS: ["open"] }[old.nodeName] ?? [];
  for (const { name } of [...old.attributes])
    if (!wanted.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  for (const { name, value } of [...wanted.attributes])
    if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
  morphChildren(old, wanted);
  return undefined;
}

/** Another edition in a frame, at the place to which one had scrolled, and no step back in the browser's history. */
function show(frame, address) {
  let top = 0;
  try {
    top = frame.contentWindow.scrollY;
  } catch {
    // The viewer of PDFs keeps its place to itself.
  }
  if (top > 0) frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top), { once: true });
  frame.contentWindow.location.replace(new URL(address, document.baseURI).href);
}

function listen() {
  source?.close();
  source = new EventSource(`live${location.search}`);
  source.addEventListener("changed", () => {
    document.body.classList.remove("lost");
    refresh();
  });
  source.addEventListener("error", () => document.body.classList.add("lost"));
}

function go(address) {
  history.pushState(null, "", address);
  refresh();
  listen();
}

document.addEventListener("click", (event) => {
  const poster = event.target.closest("[data-post]");
  if (poster) {
    poster.disabled = true;
    fetch(poster.dataset.post, { method: "POST" });
  }
  const link = event.target.closest("a[data-go]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.href);
});

const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Arrows move between tabs, and between the entries of a list that has the focus; Home and End go to its ends. */
document.addEventListener("keydown", (event) => {
  const group = event.target.closest?.('[role="tablist"], .kpis, .switch');
  if (!group || event.altKey || event.ctrlKey || event.metaKey) return;
  const entries = [...group.querySelectorAll("a")];
  const at = entries.indexOf(event.target);
  const end = { Home: 0, End: entries.length - 1 }[event.key];
  const to = end ?? (event.key in steps ? (at + steps[event.key] + entries.length) % entries.length : null);
  if (at < 0 || to === null) return;
  event.preventDefault();
  entries[to].focus();
  go(entries[to].href);
});

addEventListener("popstate", () => {
  refresh();
  listen();
});
// A process that still streams would keep its connection otherwise.
addEventListener("pagehide", () => source?.close());
listen();
