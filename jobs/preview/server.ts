import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type HttpBindings, serve } from "@hono/node-server";
import { type Context as Exchange, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Context } from "../context.ts";
import { mailPage } from "./page/mail.ts";
import { type Page, partsOf, type Spot } from "./page/parts.ts";
import { shell } from "./page/shell.ts";
import { tabs } from "./page/words.ts";
import type { Part, Studio } from "./studio.ts";

export interface Served {
  url: string;
  close(): void;
}

/**
 * Serves the preview on this machine alone. Its address holds a secret that other users and web pages cannot guess, and
 * a request by any other name of this machine is refused, so that no page can reach it through a name of its own.
 */
export async function servePreview(
  studio: Studio,
  { context, client, port, first }: { context: Context; client: string; port: number; first: string | null },
): Promise<Served> {
  const token = randomBytes(16).toString("base64url");
  const app = new Hono<{ Bindings: HttpBindings }>({ strict: false });
  const names = new Set<string>();

  app.use(async (exchange, next) => {
    for (const [name, value] of Object.entries(guards)) exchange.header(name, value);
    const host = exchange.req.header("host") ?? "";
    const origin = exchange.req.header("origin");
    if (!names.has(host)) return exchange.text("Not a name of this preview.\n", 403);
    if (origin !== undefined && !names.has(origin.replace(/^http:\/\//, "")))
      return exchange.text("Not from here.\n", 403);
    if (!isToken(exchange.req.path.split("/")[1] ?? "", token)) return exchange.text("Nothing here.\n", 404);
    await next();
  });

  const at = app.basePath(`/${token}`);
  const page = (exchange: Exchange): Page => {
    const spot = spotOf(exchange, first);
    const view = studio.view({ report: spot.report, period: spot.period });
    return {
      ...{ client, view, reports: studio.reports(), spot, lang: context.lang, roots: context.roots },
      to: (change) => `./?${queryOf({ ...spot, ...change })}`,
      file: (path, query = {}) => `${path}?${queryOf({ ...spot }, query)}`,
    };
  };
  const drawn = (exchange: Exchange) => page(exchange).view.drawn;

  at.get("/", async (exchange) => exchange.html(await shell(page(exchange))));
  at.get("/parts", async (exchange) => {
    // A mail's frames are fetched after the parts.
    if (spotOf(exchange, first).tab !== "mail") studio.fetched();
    return exchange.json(await partsOf(page(exchange)));
  });
  at.get("/live", (exchange) => {
    const { report, period, tab } = spotOf(exchange, first);
    return streamSSE(exchange, async (stream) => {
      let [said, ended] = [Promise.withResolvers<void>(), false];
      const stop = studio.watch({ report, period }, partsOfTab[tab], () => said.resolve());
      stream.onAbort(() => {
        ended = true;
        said.resolve();
      });
      try {
        while (!ended) {
          await stream.writeSSE({ event: "changed", data: "" });
          await said.promise;
          said = Promise.withResolvers<void>();
        }
      } finally {
        stop();
      }
    });
  });
  at.get("/mail", (exchange) => {
    const made = drawn(exchange);
    if (!made) return exchange.notFound();
    studio.fetched();
    exchange.header("Content-Security-Policy", mailPolicy);
    return exchange.html(mailPage(made, spotOf(exchange, first).scheme));
  });
  for (const [name, part] of [
    ["report.pdf", "pdf"],
    ["report.xlsx", "excel"],
  ] as const)
    at.get(`/${name}`, (exchange) => {
      const file = drawn(exchange)?.[part];
      if (!file) return exchange.notFound();
      // The browser's own viewer of PDFs works under no policy but its own.
      exchange.header("Content-Security-Policy", "frame-ancestors 'self'");
      exchange.header("Content-Disposition", `inline; filename*=UTF-8''${encodeURIComponent(file.filename)}`);
      return exchange.body(Uint8Array.from(file.bytes).buffer, 200, { "Content-Type": file.contentType });
    });
  at.post("/accept", (exchange) => {
    const hold = Number(exchange.req.query("hold"));
    if (!Number.isSafeInteger(hold)) return exchange.notFound();
    studio.accept(hold);
    return exchange.body(null, 204);
  });
  for (const [name, { type, path }] of Object.entries(assets))
    at.get(`/${name}`, (exchange) =>
      exchange.body(readFileSync(path), 200, { "Content-Type": type, "Cache-Control": "max-age=3600" }),
    );

  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => resolve());
  });
  const taken = (server.address() as AddressInfo).port; // a server on a port has one
  names.add(`127.0.0.1:${taken}`).add(`localhost:${taken}`);
  return {
    url: `http://127.0.0.1:${taken}/${token}/`,
    close() {
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}

/** Only what this process serves is loaded, nothing may frame the page, and nothing leaves with a click. */
const guards: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

/** A mail runs nothing, fetches nothing and sends nothing, as in a careful mail program. */
const mailPolicy =
  "sandbox allow-same-origin; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const assetPath = (name: string): string => fileURLToPath(new URL(`page/${name}`, import.meta.url));
const assets = {
  "page.css": { type: "text/css; charset=utf-8", path: assetPath("page.css") },
  "page.js": { type: "text/javascript; charset=utf-8", path: assetPath("page.js") },
  "pretendard.woff2": {
    type: "font/woff2",
    path: fileURLToPath(import.meta.resolve("pretendard/dist/web/variable/woff2/PretendardVariable.woff2")),
  },
};

const partsOfTab: Record<Spot["tab"], Part> = {
  mail: "mail",
  pdf: "pdf",
  workbook: "excel",
  figures: "mail",
  problems: "mail",
};

function spotOf({ req }: Exchange, first: string | null): Spot {
  const tab = tabs.find((each) => each === req.query("tab")) ?? "mail";
  const sheet = Number(req.query("sheet") ?? 0);
  return {
    report: req.query("report") ?? "",
    period: req.query("period") || first,
    tab,
    scheme: req.query("scheme") === "dark" ? "dark" : "light",
    kpi: req.query("kpi") || null,
    sheet: Number.isSafeInteger(sheet) && sheet >= 0 ? sheet : 0,
  };
}

function queryOf(spot: Spot, more: Record<string, string | number> = {}): string {
  const said = Object.entries({ ...spot, ...more }).filter(
    ([, value]) => value !== null && value !== "" && value !== 0,
  );
  return new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)])).toString();
}

function isToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
