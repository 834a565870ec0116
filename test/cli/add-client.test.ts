import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { googleAds, home } from "./home.ts";

const naver = (account: string) =>
  `"보고서(2025.10.13.~2025.10.13.),${account}"\n캠페인,일별,노출수,클릭수,총비용\n파워링크,2025.10.13.,10,1,100\n`;
const file = "config/clients/new-shop/client.yaml";

describe("a client written from its exports", () => {
  it("has a source for each platform and account, at the folders that the files lie in already", async () => {
    const at = home();
    at.write("inbox/new-shop/검색광고/a.csv", naver("shop_a"));
    at.write("inbox/new-shop/b.csv", naver("shop_b"));
    at.write("inbox/new-shop/google/Campaign report.csv", googleAds({ from: "2025-10-13", to: "2025-10-14" }));
    at.write("inbox/new-shop/notes.txt", "call Kim\n");
    const { code, out, err } = await at.bogo("add-client new-shop inbox/new-shop --ae smith --locale en-US");
    expect(code).toBe(0);
    expect(err).toContain("FILE_UNKNOWN");
    expect(out).toContain("Add `new-shop: [domains of its readers]` to domains: in agency.yaml.");
    const yaml = readFileSync(join(at.folder, file), "utf8");
    expect(yaml).toContain("client: new-shop\nlocale: en-US\n");
    expect(yaml).toContain("ae: smith");
    expect(yaml).toContain('- { files: "검색광고/*", platform: naver_searchad, account: shop_a }');
    expect(yaml).toContain("- { files: naver-searchad-shop-b/*, platform: naver_searchad, account: shop_b }");
    expect(yaml).toContain("- { files: google/*, platform: google_ads, currency: USD }");
    expect(yaml).toContain('# these files name no account: please add account: "…"');
  });

  it("leaves out what is another client's, and everything where nothing is left", async () => {
    const at = home();
    const path = "config/clients/hanbit/client.yaml";
    const source = "{ files: naver/*, platform: naver_searchad, account: hanbit }";
    at.write(path, readFileSync(join(at.folder, path), "utf8").replace("sources: [", `sources: [${source}, `));
    at.write("inbox/_shared/a.csv", naver("hanbit"));
    const nothing = await at.bogo("add-client new-shop inbox/_shared");
    expect(nothing.code).toBe(1);
    expect(nothing.err).toContain("No export in inbox/_shared tells of a new client.");
    expect(existsSync(join(at.folder, file))).toBe(false);

    at.write("inbox/_shared/b.csv", naver("new_shop"));
    const added = await at.bogo("add-client new-shop inbox/_shared");
    expect(added.out).toContain("a.csv: left out, its account is hanbit's.");
    expect(readFileSync(join(at.folder, file), "utf8").match(/account:/g)).toHaveLength(1);
    const again = await at.bogo("add-client new-shop inbox/_shared");
    expect(again.code).toBe(1);
    expect(again.err).toContain("There is a client `new-shop` already");
  });

  it("says everything that is wrong with the command at once", async () => {
    const at = home();
    const { code, err } = await at.bogo("add-client New_Shop nowhere --ae kim");
    expect(code).toBe(2);
    expect(err).toContain("`New_Shop` cannot be a client's name.");
    expect(err).toContain("There is no folder nowhere.");
    expect(err).toContain("Name an account executive with `--ae`: lee, smith.");
  });
});
