import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../jobs/clock.ts";
import { startPreview } from "../../jobs/preview/live.ts";
import { projectRoot } from "../../jobs/roots.ts";
import { chromiumPath, inBrowser, openBrowser } from "../browser.ts";
import { AGENCY, googleAds, HANBIT } from "../cli/home.ts";

const YAML = HANBIT.replace("formats: [excel]", "formats: [excel, pdf]");
const CLIENT = "config/clients/hanbit/client.yaml";
const EXPORT = "inbox/hanbit/google-ads/Campaign report.csv";
const exported = (scale: number) => googleAds({ from: "2025-10-06", to: "2025-10-19", currency: "KRW", scale });
/** Well above the second that it is to take: a machine that tests in parallel is slow. */
const inTime = 15_000;

let folder: string;
let preview: Awaited<ReturnType<typeof startPreview>>;
let browser: Awaited<ReturnType<typeof openBrowser>> | null = null;
let page: Page;

const write = (path: string, content: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};
const mail = (): FrameLocator => page.frameLocator("#mail-phone");
const shows = (text: string) => mail().getByText(text).first().waitFor({ timeout: inTime });
const measured = async () => Number(await page.locator(".steps").getAttribute("data-mail-ms"));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bogo-preview-"));
  write("config/agency.yaml", AGENCY.replace("  acme: [acme.example, agency.example]\n", ""));
  write(CLIENT, YAML);
  write(EXPORT, exported(1000));
  const roots = {
    config: join(folder, "config"),
    inbox: join(folder, "inbox"),
    state: join(folder, "state"),
    out: join(folder, "out"),
  };
  const quiet = { env: {}, terminal: false, print: () => undefined, tell: () => undefined };
  preview = await startPreview(
    { ...quiet, roots, lang: "ko", clock: systemClock() },
    { client: "hanbit", report: undefined, period: undefined, port: 0 },
  );
  if (chromiumPath === null) return;
  browser = await openBrowser();
  page = await browser.context.newPage();
  await page.goto(preview.url);
  await mail().getByText("한빛커피").first().waitFor({ timeout: 60_000 });
});

afterAll(async () => {
  await browser?.close();
  await preview.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(chromiumPath === null)(inBrowser("a preview in a browser"), () => {
  it("shows the newest period held, says so, and leaves the state as it was", async () => {
    expect(await page.locator("h1").innerText()).toBe("한빛커피 미리보기");
    expect(await page.locator(".period strong").innerText()).toBe("10월 3주차 (10/13~10/19)");
    expect(await page.locator(".noted").innerText()).toContain("가지고 있는 가장 최근 기간");
    expect(existsSync(join(folder, "state"))).toBe(false);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("shows a comment, a goal in client.yaml and a colour of theme.yaml as soon as they are saved", async () => {
    write("config/clients/hanbit/comments/ppc.weekly.2025-10-13.md", "# 총평\n\n가을 신메뉴가 잘 팔렸습니다.\n");
    await shows("가을 신메뉴가 잘 팔렸습니다.");
    expect(await measured()).toBeLessThan(inTime);

    write(CLIENT, YAML.replace("en: Hanbit Coffee", "en: Hanbit").replace("ko: 한빛커피", "ko: 한빛로스터스"));
    await shows("한빛로스터스");
    write("config/clients/hanbit/theme.yaml", 'colours: { accent: "#7a1f5c" }\n');
    await expect
      .poll(async () => (await mail().locator("html").innerHTML()).includes("#7a1f5c"), { timeout: inTime })
      .toBe(true);
    write(CLIENT, YAML);
    await shows("한빛커피");
  });

  it("counts an export that is edited once, and shows the sums behind each number", async () => {
    await page.locator("#tab-figures").click();
    await page.locator("#kpi-cost").click();
    // Seven days of (30.25 + at) + 2.05 for at = 7…13, in thousands: 7 × 32.30 + 70 = 296.1.
    await page.locator("#kpi-cost b", { hasText: "₩296,100" }).waitFor({ timeout: inTime });
    write(EXPORT, exported(2000));
    await page.locator("#kpi-cost b", { hasText: "₩592,200" }).waitFor({ timeout: inTime });
    expect(await page.locator("tfoot td").innerText()).toBe("₩592,200");
    const days = await page.locator("#days tbody td.n").allInnerTexts();
    expect(days.length).toBe(7);
    expect(days.reduce((sum, day) => sum + Number(day.replace(/[₩,]/g, "")), 0)).toBe(592_200);
    expect(await page.locator(".files th[scope=row]").allInnerTexts()).toEqual(["google-ads/Campaign report.csv"]);
    write(EXPORT, exported(1000));
    await page.locator("#kpi-cost b", { hasText: "₩296,100" }).waitFor({ timeout: inTime });
  });

  it("shows the PDF by a link and the workbook's sheets as the file holds them", async () => {
    await page.locator("#tab-pdf").click();
    const link = page.locator("#panel a[download]");
    await link.waitFor({ timeout: inTime });
    const pdf = await page.request.get(new URL((await link.getAttribute("href")) ?? "", preview.url).href);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
    await page.locator("#tab-workbook").click();
    await page.locator(".sheet td", { hasText: "₩296,100" }).first().waitFor({ timeout: inTime });
    await page.locator(".sheets a", { hasText: "데이터" }).click();
    await page.locator(".sheet td", { hasText: "Search - Brand" }).first().waitFor({ timeout: inTime });
  });

  it("keeps the last good page below an error with its file, line and next step, and recovers when it is mended", async () => {
    await page.locator("#tab-mail").click();
    await shows("한빛커피");
    write(CLIENT, YAML.replace("account:", "acount:"));
    const failed = page.locator(".failed");
    await failed.waitFor({ timeout: inTime });
    const line = YAML.split("\n").findIndex((each) => each.includes("account:")) + 1;
    expect(await failed.innerText()).toContain(`clients/hanbit/client.yaml:${line}`);
    expect(await failed.locator(".snippet .here").innerText()).toContain("acount:");
    expect(await failed.innerText()).toContain("account");
    expect(await page.locator("#panel > .stale").count()).toBe(1);
    await shows("한빛커피");
    write(CLIENT, YAML);
    await failed.waitFor({ state: "detached", timeout: inTime });
    expect(await page.locator("#panel > .stale").count()).toBe(0);
  });

  it("is used by keys alone, and a reload leaves the focus where it is", async () => {
    await page.goto(preview.url);
    await shows("한빛커피");
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate("document.activeElement.id || document.activeElement.className");
    expect(await focused()).toBe("skip");
    await page.locator("#tab-mail").focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("tab-pdf");
    await page.keyboard.press("End");
    expect(await focused()).toBe("tab-problems");
    await page.keyboard.press("Home");
    await shows("한빛커피");
    write("config/clients/hanbit/comments/ppc.weekly.2025-10-13.md", "# 총평\n\n선물세트가 잘 팔렸습니다.\n");
    await shows("선물세트가 잘 팔렸습니다.");
    expect(await focused()).toBe("tab-mail");
    expect(await page.locator('[role="tab"][aria-selected="true"]').getAttribute("tabindex")).toBe("0");
  });
});

describe("a preview's address", () => {
  const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
      const { port, host } = new URL(preview.url);
      const asked = request({ port, host: "127.0.0.1", path, method, headers: { host, ...headers } }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
      });
      asked.once("error", reject).end();
    });
  const root = () => new URL(preview.url).pathname;

  it("answers under no other name of this machine, so that a rebound DNS name gets nothing", async () => {
    expect((await ask(root())).status).toBe(200);
    for (const host of ["evil.example", "evil.example:80", "127.0.0.1", "0.0.0.0:80"])
      expect((await ask(root(), { host })).status).toBe(403);
    expect((await ask(root(), { origin: "http://evil.example" })).status).toBe(403);
    expect((await ask(`${root()}accept?hold=1`, { origin: "null" }, "POST")).status).toBe(403);
  });

  it("tells nothing without its secret, and nothing beside its own pages", async () => {
    for (const path of ["/", "/parts", "/page.js", `${root()}../../etc/passwd`, `${root()}%2e%2e/package.json`])
      expect((await ask(path)).status).toBe(404);
    const { headers } = await ask(root());
    expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    const framed = await ask(`${root()}mail`);
    if (framed.status === 200)
      expect(framed.headers["content-security-policy"]).toContain("sandbox allow-same-origin;");
  });
});

describe("bogo preview", () => {
  it("ends at once when it is interrupted, and takes its copy away", async () => {
    const scratch = mkdtempSync(join(tmpdir(), "bogo-scratch-"));
    const child = spawn(
      process.execPath,
      [join(projectRoot, "bogo.mjs"), "--home", folder, "--lang", "en", "preview", "hanbit"],
      { env: { PATH: process.env.PATH, TMPDIR: scratch, HOME: folder }, stdio: ["ignore", "pipe", "inherit"] },
    );
    let said = "";
    for await (const chunk of child.stdout) {
      said += chunk;
      if (said.includes("Ctrl+C")) break;
    }
    expect(said).toMatch(/^Preview: http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/m);
    expect(readdirSync(scratch).filter((name) => name.startsWith(".bogo"))).toHaveLength(1);
    child.kill("SIGINT");
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
    expect(readdirSync(scratch).filter((name) => name.startsWith(".bogo"))).toEqual([]);
    rmSync(scratch, { recursive: true });
    expect(readFileSync(join(folder, CLIENT), "utf8")).toBe(YAML);
  });
});
