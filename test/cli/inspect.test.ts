import { describe, expect, it } from "vitest";
import { googleAds, home } from "./home.ts";

describe("bogo inspect", () => {
  it("ends with 0 where every file is known, and speaks the language asked for", async () => {
    const at = home();
    at.write("ads.csv", googleAds({ from: "2025-10-06", to: "2025-10-07" }));
    const { code, out, err } = await at.bogo("--lang ko inspect ads.csv", { env: { COLUMNS: "80" } });
    expect(err).toBe("");
    expect(out).toContain("Google Ads · 일 × 캠페인 · 날짜별 행");
    expect(code).toBe(0);
  });

  it("ends with 1 where a file is unknown, and still tells the others", async () => {
    const at = home();
    at.write("ads.csv", googleAds({ from: "2025-10-06", to: "2025-10-07" }));
    at.write("contacts.csv", "Name,Phone\nKim,010\n");
    const { code, out } = await at.bogo("inspect contacts.csv ads.csv");
    expect(out).toContain("No known format fits this file.");
    expect(out).toContain("Google Ads · day × campaign · daily rows");
    expect(code).toBe(1);
    const { files } = JSON.parse((await at.bogo("inspect contacts.csv ads.csv --json")).out);
    expect(files.map(({ tables }: { tables: unknown[] }) => tables.length)).toEqual([0, 1]);
  });
});
