import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../transforms/report/model.ts";
import { ACME, googleAds, type Home, home, WEEK } from "./home.ts";

const run = (client: string) => `run ${client} ppc --cadence weekly --period ${WEEK} --dry-run`;

function reportOf({ folder }: Home, client: string): Report {
  return JSON.parse(readFileSync(join(folder, `out/${client}/ppc.weekly.2025-10-13/report.json`), "utf8"));
}
const costOf = (at: Home, client: string) => reportOf(at, client).kpis.find(({ id }) => id === "cost")?.value;

const naver = (account: string, cost: number) =>
  [
    `"캠페인 보고서(2025.10.13.~2025.10.19.),${account}"`,
    "캠페인,일별,노출수,클릭수,총비용",
    ...[13, 14, 15, 16, 17, 18, 19].map((day) => `파워링크,2025.10.${day}.,100,5,${cost}`),
    "",
  ].join("\n");

/** Two clients with a Naver account each, and nothing of theirs in folders of their own. */
function withNaver(at: Home): void {
  for (const [slug, account] of [
    ["acme", "acme_kr"],
    ["hanbit", "hanbit"],
  ] as const) {
    const path = `config/clients/${slug}/client.yaml`;
    const [before = "", after = ""] = readFileSync(join(at.folder, path), "utf8").split(
      / {4}sources:[\s\S]*?(?= {4}(?:goals|to):)/,
    );
    const source = `{ files: naver/*, platform: naver_searchad, account: ${account}, currency: KRW, vat: excluded }`;
    at.write(path, `${before}    sources: [${source}]\n${after}`);
  }
}

describe("the inbox that all clients share", () => {
  it("gives each file to the client whose account it states, and leaves none to guessing", async () => {
    const at = home();
    withNaver(at);
    at.write("inbox/_shared/월요일/캠페인 보고서_acme.csv", naver("acme_kr", 1000));
    at.write("inbox/_shared/캠페인 보고서.csv", naver("hanbit", 70_000));
    at.write("inbox/_shared/다른 곳.csv", naver("hanbitt", 1));
    at.write("inbox/_shared/Campaign report.csv", googleAds({ from: "2025-10-13", to: "2025-10-19" }));
    at.write("inbox/_shared/notes.csv", "Name,Phone\nKim,010\n");
    writeFileSync(join(at.folder, "secret.csv"), naver("hanbit", 9));
    symlinkSync(join(at.folder, "secret.csv"), join(at.folder, "inbox/_shared/link.csv"));

    const hanbit = await at.bogo(run("hanbit"));
    expect(hanbit.code).toBe(0);
    expect(costOf(at, "hanbit")).toBe("490000");
    expect(hanbit.err).toContain("DROP_ACCOUNT_UNKNOWN  _shared/다른 곳.csv");
    expect(hanbit.err).toContain('Write `account: "hanbitt"` at the client\'s source. Nearest account known: hanbit.');
    expect(hanbit.err).toContain("DROP_ACCOUNT_UNSAID  _shared/Campaign report.csv");
    expect(hanbit.err).toContain("FILE_UNKNOWN  _shared/notes.csv");
    expect(hanbit.err).toContain("LOAD_LINK_REFUSED  _shared/link.csv");
    // What lies there unsorted is nobody's, so no client's report may say that it lacks something.
    expect(reportOf(at, "hanbit").missing).toEqual([]);
    expect(reportOf(at, "hanbit").sources.map(({ file }) => file)).toEqual(["_shared/캠페인 보고서.csv"]);

    const acme = await at.bogo(`--lang ko ${run("acme")}`);
    expect(acme.code).toBe(0);
    expect(reportOf(at, "acme").sources.map(({ file }) => file)).toEqual(["_shared/월요일/캠페인 보고서_acme.csv"]);
    expect(acme.err).toContain("_shared/다른 곳.csv는 naver_searchad 계정 hanbitt의 파일인데");

    // Once a source names the account, the file goes there.
    const path = "config/clients/hanbit/client.yaml";
    const second = "{ files: naver-b/*, platform: naver_searchad, account: hanbitt, currency: KRW, vat: excluded }";
    at.write(path, readFileSync(join(at.folder, path), "utf8").replace("sources: [", `sources: [${second}, `));
    const again = await at.bogo(run("hanbit"));
    expect(again.err).not.toContain("DROP_ACCOUNT_UNKNOWN");
    expect(costOf(at, "hanbit")).toBe("490007");
  }, 120_000);

  it("keeps what was routed when the file is taken away, and a rebuild finds it again", async () => {
    const at = home();
    withNaver(at);
    at.write("inbox/_shared/a.csv", naver("hanbit", 70_000));
    await at.bogo(run("hanbit"));
    rmSync(join(at.folder, "inbox/_shared/a.csv"));
    await at.bogo(run("hanbit"));
    expect(costOf(at, "hanbit")).toBe("490000");
    expect((await at.bogo("rebuild hanbit")).out).toContain("rebuilt from 1 files, 7 rows");
    await at.bogo(run("hanbit"));
    expect(costOf(at, "hanbit")).toBe("490000");
  }, 120_000);
});

describe("a file at the top of a client's inbox", () => {
  it("goes to the client's one source of its platform, once a person has said so", async () => {
    const at = home();
    rmSync(join(at.folder, "inbox/acme"), { recursive: true });
    at.write("inbox/acme/Campaign report.csv", googleAds({ from: "2025-10-13", to: "2025-10-19" }));
    const first = await at.bogo(run("acme"));
    expect(first.code).toBe(3);
    expect(first.err).toContain(
      "It names no account; because of where it lies it was taken for the source `ppc google-ads/*`.",
    );
    expect((await at.bogo("accept 1")).code).toBe(0);
    const second = await at.bogo(run("acme"));
    expect(second.code).toBe(0);
    // Seven days: Brand 30.25 … 36.25, Display 2.05 each.
    expect(costOf(at, "acme")).toBe("247.1");
    at.write("inbox/acme/Campaign report (1).csv", googleAds({ from: "2025-10-12", to: "2025-10-20", scale: 2 }));
    expect((await at.bogo(run("acme"))).err).not.toContain("LOAD_HELD");
  }, 120_000);

  it("is refused where two sources might have sent it, or none", async () => {
    const at = home();
    const path = "config/clients/acme/client.yaml";
    at.write(
      path,
      ACME.replace(
        "      - { files: meta/*",
        '      - { files: brand-b/*, platform: google_ads, account: "111-111-1111" }\n      - { files: meta/*',
      ),
    );
    at.write("inbox/acme/Campaign report.csv", googleAds({ from: "2025-10-13", to: "2025-10-19" }));
    at.write("inbox/acme/캠페인 보고서.csv", naver("acme_kr", 1));
    const { err } = await at.bogo(run("acme"));
    expect(err).toContain("may belong to several sources: ppc google-ads/*, ppc brand-b/*.");
    expect(err).toContain(
      "캠페인 보고서.csv is of the naver_searchad account acme_kr, which no client's source names.",
    );
  }, 60_000);
});
