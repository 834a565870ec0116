import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startMailServer } from "../../jobs/mail/server.ts";
import { projectRoot } from "../../jobs/roots.ts";
import type { Report } from "../../transforms/report/model.ts";
import { type Home, home } from "../cli/home.ts";
import { perDay, twelveExports } from "./exports.ts";

const client = "config/clients/seorin-tea/client.yaml";
const read = (at: Home, path: string) => readFileSync(join(at.folder, path), "utf8");
const reportOf = (at: Home, name: string): Report =>
  JSON.parse(read(at, `out/seorin-tea/${name}.weekly.2026-10-26/report.json`));
const kpiOf = (report: Report, kpi: string) => report.kpis.find(({ id }) => id === kpi)?.value;

/** The commands of the README's section, in its order: the walk is what a reader is told to do. */
function commandsOf(heading: string): string[] {
  const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
  const section = readme.split(/^## /m).find((each) => each.startsWith(heading)) ?? "";
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.split("\n").map((line) => line.replace(/#.*/, "").trim())).filter(Boolean);
}

describe("a new account executive with twelve exports of twelve platforms, dropped unsorted", () => {
  it("comes by the README's steps to reports with the totals of the files", async () => {
    const at = home();
    rmSync(join(at.folder, "config/clients"), { recursive: true });
    rmSync(join(at.folder, "inbox"), { recursive: true });
    rmSync(join(at.folder, "state"), { recursive: true });
    const server = await startMailServer({ dir: join(at.folder, "received") });
    onTestFinished(() => server.close());
    const steps = commandsOf("A new client, from its downloads");
    const step = async (command: string) => {
      expect(steps).toContain(`bogo ${command}`);
      return at.bogo(`--lang ko ${command}`, { env: { SMTP_PORT: String(server.port) } });
    };
    const files = twelveExports();
    expect(Object.keys(files)).toHaveLength(12);
    for (const [name, content] of Object.entries(files)) at.write(`inbox/_shared/${name}`, content);

    // What the exports tell of themselves is written down; each platform has its source.
    const added = await step("add-client seorin-tea inbox/_shared --name 서린다원");
    expect(added).toMatchObject({ code: 0, err: "" });
    const proposed = read(at, client);
    expect(proposed.match(/platform: \w+/g)).toHaveLength(12);
    for (const account of ["seorin", '"554433"', '"770055"', "F200SEO1", "seorin.example", "seorin.tea"])
      expect(proposed).toContain(`account: ${account}`);

    // The AE writes what no file says: accounts, time zones, VAT, windows; ops allow the readers' domain.
    const agency = read(at, "config/agency.yaml");
    at.write("config/agency.yaml", `${agency.split("domains:")[0]}domains:\n  seorin-tea: [agency.example]\n`);
    let asked = await step("check seorin-tea");
    expect(asked.code).toBe(1);
    expect(asked.out).toContain("DROP_ACCOUNT_UNSAID");
    expect(asked.out).toContain("해당 광고주의 inbox로 옮기세요: inbox/seorin-tea/");
    at.write(client, proposed.replace(/ {6}# .*account: .*\n( {6}- \{ .*) \}/g, '$1, account: "seorin-main" }'));
    for (const name of [...asked.out.matchAll(/_shared\/(.+?) {2}DROP_ACCOUNT_UNSAID/g)].map(([, name = ""]) => name)) {
      at.write("inbox/seorin-tea/.keep", "");
      renameSync(join(at.folder, "inbox/_shared", name), join(at.folder, "inbox/seorin-tea", name));
    }
    asked = await step("check seorin-tea");
    expect(asked.code, asked.out).toBe(0);
    expect(asked.out).toContain("CONFIG_SOURCE_UNSTATED");
    at.write(
      client,
      read(at, client)
        .replace(/( {6}- \{ .*) \}/g, '$1, timezone: Asia/Seoul, vat: excluded, window: "7일" }')
        .replace(/^ {2}(seo|web|social|email):\n/gm, '  $1:\n    cadence: { weekly: { day: mon, at: "09:00" } }\n'),
    );
    expect((await step("check seorin-tea")).out).not.toContain("CONFIG_SOURCE_UNSTATED");

    // A first look at what nobody has confirmed yet, and then everything counts.
    const first = await step("preview seorin-tea --period 2026-10-28 --once");
    expect(first.err).toContain("LOAD_HELD");
    const waiting = await step("accept");
    expect(waiting.code).toBe(3);
    expect((await step("accept --all --client seorin-tea --by lee")).code).toBe(0);
    expect((await step("accept")).out).toContain("확인을 기다리는 파일이 없습니다");

    const sent = await step("run seorin-tea ppc --cadence weekly --period 2026-10-28");
    expect(sent.code, sent.err).toBe(0);
    const paid = [
      "google_ads",
      "naver_searchad",
      "naver_gfa",
      "meta_ads",
      "linkedin_ads",
      "microsoft_ads",
      "kakao_moment",
    ] as const;
    const total = (of: "cost" | "impressions") => String(7 * paid.reduce((sum, each) => sum + perDay[each][of], 0));
    const ppc = reportOf(at, "ppc");
    expect(kpiOf(ppc, "cost")).toBe(total("cost"));
    expect(kpiOf(ppc, "impressions")).toBe(total("impressions"));
    expect(ppc.missing).toEqual([]);
    expect(new Set(ppc.sources.map(({ platform }) => platform)).size).toBe(7);

    for (const channel of ["seo", "social", "email", "web"])
      expect(
        (await at.bogo(`run seorin-tea ${channel} --period 2026-10-28`, { env: { SMTP_PORT: String(server.port) } }))
          .code,
      ).toBe(0);
    const seo = reportOf(at, "seo");
    expect(kpiOf(seo, "clicks")).toBe(String(7 * perDay.search_console.clicks));
    expect(kpiOf(seo, "impressions")).toBe(String(7 * perDay.search_console.impressions));
    expect(kpiOf(reportOf(at, "web"), "sessions")).toBe(String(7 * perDay.ga4.sessions));
    expect(kpiOf(reportOf(at, "web"), "pageviews")).toBe(String(7 * perDay.ga4.pageviews));
    const email = reportOf(at, "email");
    expect(kpiOf(email, "sent")).toBe(String(perDay.mailchimp.sent));
    expect(kpiOf(email, "delivered")).toBe(String(perDay.mailchimp.delivered));
    const { likes, comments, shares, saves } = perDay.instagram;
    expect(kpiOf(reportOf(at, "social"), "engagements")).toBe(
      String(likes + comments + shares + saves + 7 * perDay.x.engagements),
    );
    expect(server.mails().map(({ to }) => to)).toEqual(Array(5).fill(["lee@agency.example"]));
  }, 300_000);
});
