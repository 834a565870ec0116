import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loadConfig, projectConfig } from "../../config/load.ts";
import { judgeLogo } from "../../config/logo.ts";
import { fixedClock } from "../../jobs/clock.ts";
import { readConfigOrKept } from "../../jobs/context.ts";
import { contrast } from "../../transforms/colour.ts";
import { nextStep, sayProblem } from "../../transforms/problem.ts";
import { AGENCY, CLIENT, home, short } from "./home.ts";

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="#114488" d="M0 0h40v10H0z"/></svg>';
const regular = readFileSync("node_modules/pretendard/dist/public/static/alternative/Pretendard-Regular.ttf");

/** One client with a theme, and what is said about it. */
async function themed(
  theme: string,
  files: Record<string, string | Uint8Array> = {},
  root: Record<string, string> = {},
) {
  const placed = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`clients/hanbit/${name}`, bytes]));
  const at = { "agency.yaml": AGENCY, "clients/hanbit/client.yaml": CLIENT, "clients/hanbit/theme.yaml": theme };
  const config = await loadConfig(home({ ...at, ...placed, ...root }));
  const client = config.clients.get("hanbit")?.client ?? null;
  return {
    config,
    theme: client?.reports[0]?.theme ?? null,
    report: client?.reports[0],
    said: config.problems.map(short),
  };
}

describe("a client's theme.yaml", () => {
  it("is laid over the agency's, field by field", async () => {
    const { theme, said, report } = await themed(
      'logo: logo.svg\ncolours: { accent: "#1f5c4a" }\nfonts: { files: { regular: a.ttf }, mail: [Brand Sans] }\ncover: { title: { ko: 표지, en: Cover } }\n',
      { "logo.svg": logo, "a.ttf": regular },
      {
        "theme.yaml":
          'agency: { name: 좋은 에이전시, logo: a.svg }\nfooter: 서울\npage: 16:9\nchange_colours: kr\ncolours: { series: ["#1d4f91", "#a9701c"] }\n',
        "a.svg": logo,
      },
    );
    expect(said).toEqual([]);
    expect(theme).toMatchObject({
      agency: { ko: "좋은 에이전시" },
      page: "16:9",
      cover: { title: { ko: "표지" }, note: null },
      footer: { en: "서울" },
      logos: { agency: { type: "svg", width: 40, height: 10 }, client: { type: "svg" } },
      fonts: { mail: ["Brand Sans"] },
    });
    // A series goes with the accent that it was chosen with: with another accent one is made that stays apart.
    expect(theme?.colours?.series[0]).toBe("#1f5c4a");
    expect(theme?.fonts.files?.bold).toBe(theme?.fonts.files?.regular);
    expect(report).toMatchObject({ agency_name: { ko: "좋은 에이전시" }, change_colours: "kr" });
  });

  it("may differ for one report in its pages and its cover", async () => {
    const config = await loadConfig(
      home({
        "agency.yaml": AGENCY,
        "clients/hanbit/client.yaml": CLIENT.replace("  ppc:\n", "  ppc:\n    page: 16:9\n    cover: false\n"),
        "clients/hanbit/theme.yaml": "cover: true\n",
      }),
    );
    expect(config.problems).toEqual([]);
    expect(config.clients.get("hanbit")?.client?.reports[0]?.theme).toMatchObject({ page: "16:9", cover: null });
  });

  it("cannot put one client's logo on every other client's reports", async () => {
    const { said } = await themed("page: a4\n", {}, { "theme.yaml": "logo: a.svg\n", "a.svg": logo });
    expect(said).toContain("CONFIG_UNKNOWN_KEY theme.yaml:1:1");
  });

  it("names a colour that cannot be read, its contrast and the nearest that can, and draws with that one", async () => {
    const { theme, config, said } = await themed('colours: { accent: "#fee500", series: ["#FEE500", "#1d4f91"] }\n');
    expect(said).toEqual([
      "THEME_TEXT_CONTRAST clients/hanbit/theme.yaml:1:20",
      "THEME_CHART_CONTRAST clients/hanbit/theme.yaml:1:40",
    ]);
    const [text] = config.problems;
    if (!text || !theme?.colours) throw new Error("no problem");
    expect(sayProblem(text, "en")).toContain("#fee500 on #f5f7fa has a contrast of 1.1:1; text needs 4.5:1");
    expect(sayProblem(text, "ko")).toContain("명암비가 1.1:1");
    expect(nextStep(text, "en")).toContain(text.facts.nearest);
    expect(contrast(theme.colours.accent, "#f5f7fa")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme.colours.series[0] ?? "", "#ffffff")).toBeGreaterThanOrEqual(3);
    expect(theme.colours.brand).toBe("#fee500");
  });

  it("names colours of a chart that some eyes take for one, and a shade that they tell apart", async () => {
    const { config } = await themed('colours: { series: ["#1d4f91", "#c0392b", "#5f7f1f"] }\n');
    const [alike] = config.problems;
    if (!alike) throw new Error("no problem");
    expect(short(alike)).toBe("THEME_COLOURS_ALIKE clients/hanbit/theme.yaml:1:43");
    expect(sayProblem(alike, "en")).toMatch(/#c0392b and #5f7f1f look alike to readers who do not see (red|green)/);
    const fixed = await themed(`colours: { series: ["#1d4f91", "#c0392b", "${alike.facts.nearest}"] }\n`);
    expect(fixed.said).toEqual([]);
  });

  it.each([
    ["a file that is not there", "logo: logo.svg\n", {}, "THEME_FILE_MISSING clients/hanbit/theme.yaml:1:7"],
    ["a path that leads out", "logo: ../a.svg\n", {}, "CONFIG_NOT_PICTURE clients/hanbit/theme.yaml:1:7"],
    ["a colour by name", "colours: { accent: blue }\n", {}, "CONFIG_NOT_COLOUR clients/hanbit/theme.yaml:1:20"],
    [
      "a font that is a picture",
      "fonts: { files: { regular: a.ttf } }\n",
      { "a.ttf": logo },
      "THEME_FONT_REFUSED clients/hanbit/theme.yaml:1:28",
    ],
    [
      "a font cut short",
      "fonts: { files: { regular: a.ttf } }\n",
      { "a.ttf": regular.subarray(0, 90_000) },
      "THEME_FONT_REFUSED clients/hanbit/theme.yaml:1:28",
    ],
    [
      "a logo of a megabyte",
      "logo: a.svg\n",
      { "a.svg": logo.padEnd(1 << 20) },
      "THEME_FILE_TOO_LARGE clients/hanbit/theme.yaml:1:7",
    ],
  ])("refuses %s", async (_, theme, files, expected) => {
    const { said, theme: complete } = await themed(theme, files as Record<string, string>);
    expect(said).toEqual([expected]);
    expect(complete).toBeNull();
  });

  it("does not follow a link out of its folder", async () => {
    const root = home({
      "agency.yaml": AGENCY,
      "clients/hanbit/client.yaml": CLIENT,
      "clients/hanbit/theme.yaml": "logo: a.svg\n",
      "secret.svg": logo,
    });
    symlinkSync(join(root, "secret.svg"), join(root, "clients/hanbit/a.svg"));
    expect((await loadConfig(root)).problems.map(short)).toEqual(["THEME_FILE_OUTSIDE clients/hanbit/theme.yaml:1:7"]);
  });
});

describe("a logo", () => {
  const svg = (inside: string, more = "") =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"${more}>${inside}</svg>`,
    );

  it.each([
    ["a script", svg("<script>alert(1)</script>"), "<script>"],
    ["an event", svg("<path d='M0 0' onclick='x()'/>"), "onclick"],
    ["a picture from elsewhere", svg("<image xlink:href='https://a.example/a.png'/>"), "<image>"],
    ["a shape used from elsewhere", svg("<use xlink:href='https://a.example/a.svg#x'/>"), 'xlink:href="https'],
    ["a fill from elsewhere", svg("<path d='M0 0' fill='url(https://a.example/x)'/>"), "fill="],
    ["a style sheet that fetches", svg("<style>@import url(https://a.example/a.css)</style>"), "<style>"],
    [
      "a foreign object",
      svg("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
      "<foreignObject>",
    ],
    ["letters, for which there is no font", svg("<text>한빛</text>"), "<text>"],
    ["an animation", svg("<animate attributeName='href'/>"), "<animate>"],
    ["a link", svg("<a xlink:href='javascript:x()'><path d='M0 0'/></a>"), "<a>"],
    [
      "entities that grow without end",
      Buffer.from(`<!DOCTYPE svg [<!ENTITY a "aaaaaaaa">]>${svg("&a;")}`),
      "<!DOCTYPE",
    ],
  ])("with %s is refused", (_, bytes, what) => {
    expect(judgeLogo(bytes)).toMatchObject({
      code: "THEME_LOGO_REFUSED",
      facts: { what: expect.stringContaining(what) },
    });
  });

  it("may have gradients, clips and the notes that drawing programs leave", () => {
    const bytes = svg(
      "<defs><linearGradient id='g'><stop stop-color='#fff'/></linearGradient></defs><style>.a{fill:url(#g)}</style><path class='a' d='M0 0h9v9z'/><i:pgf xmlns:i='http://ns.adobe.com/x'/>",
    );
    expect(judgeLogo(bytes)).toMatchObject({ type: "svg", width: 9, height: 9 });
  });

  it.each([
    ["no XML", Buffer.from("<svg"), "THEME_LOGO_BROKEN"],
    ["another picture by the same name", Buffer.from("GIF89a"), "THEME_LOGO_BROKEN"],
    ["no size", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "THEME_LOGO_BROKEN"],
    ["ten thousand shapes", svg("<path d='M0 0'/>".repeat(10_000)), "THEME_LOGO_COMPLEX"],
    ["a PNG cut short", png(8, 8, 8 * 33).subarray(0, 60), "THEME_LOGO_BROKEN"],
    ["a PNG of a gigapixel", png(32_000, 32_000, 9), "THEME_LOGO_COMPLEX"],
    ["a PNG that unpacks to more than it says", png(8, 8, 50_000_000), "THEME_LOGO_BROKEN"],
  ])("that is %s is refused", (_, bytes, code) => expect(judgeLogo(bytes)).toMatchObject({ code }));

  it("that is a PNG has the size of its header", () => {
    expect(judgeLogo(png(8, 4, 4 * 33))).toMatchObject({ type: "png", width: 8, height: 4 });
  });
});

describe("what was accepted", () => {
  it("goes on with its logo while theme.yaml is refused, also when the logo itself is gone", async () => {
    const root = home({});
    cpSync(projectConfig, root, { recursive: true, filter: (path) => !path.endsWith(".ts") });
    const roots = { config: root, inbox: root, state: home({}), out: root };
    const start = async () => {
      const { config } = await readConfigOrKept({ roots, clock: fixedClock("2026-11-02T00:00:00Z") });
      return config.clients.get("hanbit-coffee");
    };
    const before = (await start())?.client?.reports[0]?.theme.logos.client;
    expect(before?.type).toBe("svg");
    const theme = join(root, "clients/hanbit-coffee/theme.yaml");
    writeFileSync(join(root, "clients/hanbit-coffee/logo.svg"), "<svg onload='x()'/>");
    writeFileSync(theme, readFileSync(theme, "utf8").replace("logo.svg", "logo.svg\nfoot: x"));
    const after = await start();
    expect(after).toMatchObject({ ok: true, kept: "2026-11-02T00:00:00.000Z" });
    expect(after?.client?.reports[0]?.theme.logos.client?.bytes).toEqual(before?.bytes);
  });
});

/** A grey PNG whose pixels unpack to `unpacked` zeros. */
function png(width: number, height: number, unpacked: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunks = [
    ["IHDR", header],
    ["IDAT", deflateSync(Buffer.alloc(unpacked))],
    ["IEND", Buffer.alloc(0)],
  ] as const;
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    ...chunks.map(([name, data]) => {
      const framed = Buffer.alloc(data.length + 12);
      framed.writeUInt32BE(data.length, 0);
      framed.write(name, 4, "latin1");
      framed.set(data, 8);
      framed.writeUInt32BE(crc32(framed.subarray(4, 8 + data.length)), 8 + data.length);
      return framed;
    }),
  ]);
}
