/**
 * What Outlook on Windows (which draws with Word) and Gmail do to a mail, as rules that its markup has to keep. Each says
 * what happens otherwise. `broken` returns the rules that a markup breaks, with the place.
 */
export function broken(markup: string): string[] {
  const tags = [...markup.matchAll(/<(?!\/|!)([a-z0-9:]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*>/g)].map(
    ([all, name = "", attributes = ""]): Tag => ({
      all,
      name,
      get: attributesOf(attributes),
      style: styleOf(attributes),
    }),
  );
  return [
    ...tags.flatMap((tag) => rules.filter(([, breaks]) => breaks(tag)).map(([rule]) => `${rule}: ${tag.all}`)),
    ...wholes.filter(([, breaks]) => breaks(markup)).map(([rule]) => rule),
  ];
}

interface Tag {
  all: string;
  name: string;
  get: Readonly<Record<string, string>>;
  style: Readonly<Record<string, string>>;
}

const cell = ({ name }: Tag): boolean => name === "td" || name === "th";
const keys = ({ style }: Tag): string[] => Object.keys(style);

const rules: readonly (readonly [string, (tag: Tag) => boolean])[] = [
  [
    "Word keeps padding only in cells",
    (tag) => !cell(tag) && keys(tag).some((key) => key.startsWith("padding")) && tag.style.padding !== "0",
  ],
  [
    "Word ignores margins but those of texts",
    (tag) => !["p", "h1", "h2", "body"].includes(tag.name) && keys(tag).some((key) => key.startsWith("margin")),
  ],
  [
    "Word adds its own margins to texts that state none",
    ({ name, style }) => ["p", "h1", "h2", "body"].includes(name) && style.margin === undefined,
  ],
  ["Word drops the background shorthand", (tag) => keys(tag).includes("background")],
  ["Word reads a ground from bgcolor", (tag) => tag.style["background-color"] !== tag.get.bgcolor],
  [
    "Word reads colours of six digits",
    ({ all }) => /#(?![0-9a-f]{6}\b)[0-9a-z]+\b(?=[;"])|rgba?\(|hsl/i.test(all.replace(/&#\d+;/g, "")),
  ],
  [
    "Word knows no maximal width: a table of fixed width or an attribute stands beside it",
    ({ name, style, get }) =>
      style["max-width"] !== undefined &&
      (name === "img" ? get.width !== style["max-width"].replace("px", "") : name !== "table"),
  ],
  [
    "Word sizes pictures by their attributes",
    ({ name, get }) => name === "img" && !(Number(get.width) > 0 && Number(get.height) > 0),
  ],
  [
    "Pictures stand as blocks, or a line's space stays below them",
    ({ name, style }) => name === "img" && style.display !== "block",
  ],
  ["A picture that is blocked is read by its alternative text", ({ name, get }) => name === "img" && !get.alt],
  [
    "Pictures are parts of the mail: Gmail drops data: and readers block what is fetched",
    ({ name, get }) => name === "img" && !get.src?.startsWith("cid:"),
  ],
  [
    "A cell's width stands in its attribute, too",
    (tag) => cell(tag) && tag.style.width !== undefined && tag.get.width !== tag.style.width.replace("px", ""),
  ],
  [
    "Tables state that they have no borders and gaps",
    ({ name, get }) => name === "table" && !(get.cellpadding === "0" && get.cellspacing === "0" && get.border === "0"),
  ],
  [
    "Screen readers pass over layout tables and name the others",
    ({ name, get }) =>
      name === "table" && (get.role === "presentation") === (get["aria-label"] !== undefined) && get.width !== "600",
  ],
  ["A head cell says what it heads", ({ name, get }) => name === "th" && get.scope !== "col"],
  [
    "Word and Gmail drop modern layout",
    (tag) =>
      keys(tag).some((key) => /^(position|float|flex|grid|gap|inset|transform|object-fit)/.test(key)) ||
      /(flex|grid)/.test(tag.style.display ?? ""),
  ],
  [
    "Word and Gmail know no variables, sums and relative sizes",
    ({ all }) => /var\(|calc\(|\d(?:rem|vw|vh)\b/.test(all),
  ],
  ["A quote ends a style early", ({ style }) => Object.values(style).some((value) => value.includes("&"))],
  [
    "Nothing runs and nothing is fetched",
    ({ name, get }) =>
      ["script", "link", "iframe", "form", "object", "base"].includes(name) ||
      Object.keys(get).some((key) => key.startsWith("on")) ||
      /^https?:/.test(get.href ?? get.src ?? ""),
  ],
  [
    "Below 12 pixels nobody reads",
    ({ style }) => Number(style["font-size"]?.replace("px", "") ?? 12) < 12 && style["font-size"] !== "1px",
  ],
];

const wholes: readonly (readonly [string, (markup: string) => boolean])[] = [
  ["Gmail clips above 102 kB", (markup) => Buffer.byteLength(markup) >= 102_000],
  [
    "Gmail drops style sheets of more than 8 kB",
    (markup) => [...markup.matchAll(/<style>(.*?)<\/style>/gs)].some(([, sheet = ""]) => sheet.length > 8192),
  ],
  [
    "Gmail drops a sheet with a rule it does not know: what is for Outlook stands apart",
    (markup) =>
      [...markup.matchAll(/<style>(.*?)<\/style>/gs)].some(
        ([, sheet = ""]) => sheet.includes("[data-ogsc]") && sheet.includes("@media"),
      ),
  ],
  [
    "Word gets a table of fixed width around what has a maximal one",
    (markup) =>
      !/<!--\[if mso\]><table [^>]*width="600"[^>]*><tr><td><!\[endif\]-->/.test(markup) ||
      !markup.includes("<!--[if mso]></td></tr></table><![endif]-->"),
  ],
  [
    "Word takes Times for what states no font of Windows",
    (markup) => !/<!--\[if mso\]>.*font-family:('Malgun Gothic',)?Arial/s.test(markup),
  ],
  [
    "Word scales what is not told its dots an inch",
    (markup) => !markup.includes("<o:PixelsPerInch>96</o:PixelsPerInch>"),
  ],
  [
    "Every conditional is closed",
    (markup) => (markup.match(/<!--\[if/g)?.length ?? 0) !== (markup.match(/<!\[endif\]-->/g)?.length ?? 0),
  ],
  [
    "What is hidden from all is hidden from Word",
    (markup) => /display:none(?![^"]*mso-hide:all)[^"]*"/.test(markup.slice(markup.indexOf("<body"))),
  ],
  [
    "Language, direction and one first heading",
    (markup) =>
      !/<html lang="(ko|en)" dir="ltr"/.test(markup) ||
      !/role="article"[^>]*lang="(ko|en)"/.test(markup) ||
      markup.split("<h1").length !== 2,
  ],
];

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [key, value]),
  );
}

function styleOf(text: string): Record<string, string> {
  const style = attributesOf(text).style ?? "";
  return Object.fromEntries(
    style
      .split(";")
      .filter(Boolean)
      .map((rule) => [rule.slice(0, rule.indexOf(":")), rule.slice(rule.indexOf(":") + 1)]),
  );
}
