import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { Report } from "../../transforms/report/model.ts";
import { ACME, daysFrom, googleAds, type Home, home, meta, WEEK } from "./home.ts";

const DRY = `run acme ppc --cadence weekly --period ${WEEK} --dry-run`;

function reportOf({ folder }: Home, name = "ppc.weekly.2025-10-13"): Report {
  return JSON.parse(readFileSync(join(folder, "out/acme", name, "report.json"), "utf8"));
}

const kpiValue = (report: Report, kpi: string) => report.kpis.find(({ id }) => id === kpi)?.value;

describe("files that cannot be read", () => {
  it("are named with reason and next step, the others load, and every later report says what is missing", async () => {
    const at = home();
    const ads = "inbox/acme/google-ads";
    at.write(`${ads}/contacts.csv`, "Name,Phone\nKim,010\n");
    at.write(`${ads}/empty.csv`, "");
    at.write(`${ads}/download.zip`, "PK\u0003\u0004 and no more");
    // Cut off where the download stopped: it says 6 to 19 October and has lost most of them.
    at.write(`${ads}/Campaign report (1).csv`, googleAds({ from: "2025-10-06", to: "2025-10-19" }).slice(0, 700));
    writeFileSync(join(at.folder, "secret.csv"), googleAds({ from: "2025-10-06", to: "2025-10-19", scale: 7 }));
    symlinkSync(join(at.folder, "secret.csv"), join(at.folder, ads, "link.csv"));
    // The same bytes under another name count once.
    cpSync(join(at.folder, ads, "Campaign report.csv"), join(at.folder, ads, "Campaign report (2).csv"));

    const english = await at.bogo(DRY);
    expect(english.code).toBe(0);
    for (const [place, say, next] of [
      [
        "FILE_UNKNOWN  google-ads/contacts.csv",
        "contacts.csv is no export that is known.",
        "Download the report again",
      ],
      ["FILE_EMPTY  google-ads/empty.csv", "empty.csv holds nothing.", "Download it again"],
      ["FILE_ZIP_REFUSED  google-ads/download.zip", "download.zip was not unpacked", "Download it again"],
      [
        "LOAD_CUT_OFF  google-ads/Campaign report (1).csv:13",
        "breaks off in the middle of line 13",
        "It was not loaded",
      ],
      ["LOAD_LINK_REFUSED  google-ads/link.csv", "is a link to another place", "Put the file itself into the inbox"],
    ]) {
      expect(english.err).toContain(place);
      expect(english.err).toContain(say);
      expect(english.err).toContain(next);
    }
    expect(english.err).not.toContain("    at ");

    // 13 to 19 October: Search - Brand 37.25 … 43.25, Display 7 × 2.05; Meta 27.5 … 33.5.
    const report = reportOf(at);
    expect(kpiValue(report, "cost")).toBe(
      new Big("281.75")
        .plus("14.35")
        .plus("213.5")
        .toFixed()
        .replace(/\.?0+$/, ""),
    );
    const unread = ["Campaign report (1).csv", "contacts.csv", "download.zip", "empty.csv", "link.csv"];
    expect(report.missing.map(({ source }) => source).toSorted()).toEqual(unread.map((name) => `google-ads/${name}`));
    expect(report.banners.map(({ code }) => code)).toContain("MISSING");

    const korean = await at.bogo(`--lang ko ${DRY}`);
    expect(korean.code).toBe(0);
    expect(korean.err).toContain("google-ads/link.csv는 다른 위치를 가리키는 링크이거나");
    expect(korean.err).toContain("google-ads/Campaign report (1).csv가 13번째 줄 중간에서 끊겨");
    const again = reportOf(at);
    expect({ ...again, run: null }).toEqual({ ...report, run: null });
  });
});

describe("an account that was written wrongly and then corrected", () => {
  it("takes its figures along: they count once, under the right one, without a rebuild", async () => {
    const at = home();
    const path = "config/clients/acme/client.yaml";
    at.write(path, ACME.replace("987-654-3210", "987-654-3211"));
    expect((await at.bogo(DRY)).code).toBe(0);
    at.write(path, ACME);
    expect((await at.bogo(DRY)).code).toBe(0);
    // 13 to 19 October: Search - Brand 37.25 … 43.25, Display 7 × 2.05; Meta 27.5 … 33.5.
    expect(kpiValue(reportOf(at), "cost")).toBe(new Big("281.75").plus("14.35").plus("213.5").toFixed());
    expect(
      reportOf(at)
        .sources.map(({ account }) => account)
        .toSorted(),
    ).toEqual(["987-654-3210", "act_5647382910"]);
    // A source that is taken away takes its figures away.
    at.write(path, ACME.replace(/ {6}- \{ files: meta.*\n/, ""));
    expect((await at.bogo(DRY)).code).toBe(0);
    expect(kpiValue(reportOf(at), "cost")).toBe(new Big("281.75").plus("14.35").toFixed());
  }, 60_000);
});

describe("an error that nobody foresaw", () => {
  it("is told in a sentence, with what was not sent and the file, before any stack", async () => {
    const at = home();
    // A folder where the archive of one client wants to write.
    at.write("state/archive/acme", "in the way");
    const english = await at.bogo(`run acme ppc --cadence weekly --period ${WEEK}`);
    expect(english.code).toBe(1);
    expect(english.err).toMatch(/^RUN_UNEXPECTED {2}acme\n {4}The program ran into an error of its own/m);
    expect(english.err).toContain("Nothing of this report was sent.");
    expect(english.err).toContain("to whoever maintains bogo");
    expect(english.err.indexOf("RUN_UNEXPECTED")).toBeLessThan(english.err.indexOf("    at "));
    const history = await at.bogo("--lang ko history");
    expect(history.out).toContain("리포트를 만들다가 프로그램 오류가 났습니다");
  });
});

describe("reconciliation of overlapping exports", () => {
  it("accounts for every line and sums the rows of the newest export of each day", async () => {
    const at = home();
    at.write(
      "config/clients/acme/client.yaml",
      ACME.replace(
        "    goals:\n",
        "    kpis: [cost, impressions, clicks, conversions, conversion_value]\n    goals:\n",
      ),
    );
    const brand = (text: string, day: string) => text.split("\n").find((line) => line.includes(`Brand,${day}`)) ?? "";
    const early = googleAds({ from: "2025-10-01", to: "2025-10-14", scale: 3 });
    const middle = googleAds({ from: "2025-10-08", to: "2025-10-19", scale: 4 });
    const written: Record<string, string> = {
      "google-ads/Campaign report.csv": early,
      // One line that is no row, one line twice, one blank line.
      "google-ads/Campaign report (1).csv": middle
        .replace(brand(middle, "2025-10-17"), brand(middle, "2025-10-17").replace('"5,160"', "many"))
        .replace(brand(middle, "2025-10-16"), `${brand(middle, "2025-10-16")}\n${brand(middle, "2025-10-16")}\n`),
      // Older than both and seen last: it fills nothing.
      "google-ads/Campaign report (2).csv": googleAds({ from: "2025-10-03", to: "2025-10-09", scale: 2 }),
      "meta/Acme-Campaigns-Oct-1-2025-Oct-13-2025.csv": meta({ from: "2025-10-01", to: "2025-10-13" }),
      "meta/Acme-Campaigns-Oct-6-2025-Oct-19-2025.csv": meta({ from: "2025-10-06", to: "2025-10-19", scale: 4 }),
    };
    for (const [name, text] of Object.entries(written)) at.write(`inbox/acme/${name}`, text);
    const { code, err } = await at.bogo("run acme ppc --cadence monthly --period 2025-10 --dry-run");
    expect(code).toBe(0);
    expect(err).toContain("`many` under Impr. is not a number.");
    const report = reportOf(at, "ppc.monthly.2025-10-01");

    // Worked out from the raw text alone: a row is a line with a day whose numbers are numbers, once.
    const files = Object.entries(written).map(([file, text]) => ({ file, ...readRaw(text) }));
    const sums = {
      cost: new Big(0),
      impressions: new Big(0),
      clicks: new Big(0),
      conversions: new Big(0),
      conversion_value: new Big(0),
    };
    for (const { file, rows, rejected, lines, last } of files) {
      const rivals = files.filter((other) => other.file !== file && other.file.split("/")[0] === file.split("/")[0]);
      const live = rows.filter(({ day }) => !rivals.some((other) => other.last > last && other.days.has(day)));
      const source = report.sources.find((each) => each.file === file);
      expect(source, file).toMatchObject({ rows: rows.length, rejected, superseded: rows.length - live.length });
      expect((source?.rows ?? 0) + (source?.rejected ?? 0) + (source?.skipped ?? 0), `lines of ${file}`).toBe(lines);
      for (const row of live)
        for (const [id, value] of Object.entries(row.values))
          sums[id as keyof typeof sums] = sums[id as keyof typeof sums].plus(value);
    }
    expect(Object.fromEntries(report.kpis.map(({ id, value }) => [id, value]))).toEqual(
      Object.fromEntries(
        Object.entries(sums).map(([id, sum]) => [
          id,
          sum
            .toFixed()
            .replace(/(\.\d*?)0+$/, "$1")
            .replace(/\.$/, ""),
        ]),
      ),
    );
    expect(report.notes.find(({ code }) => code === "REJECTED")?.text).toContain("1");
  });
});

interface RawRow {
  day: string;
  values: Record<"cost" | "impressions" | "clicks" | "conversions" | "conversion_value", string>;
}

/** Reads one of the two shapes that `home.ts` writes, with nothing of the program's own. */
function readRaw(text: string): { rows: RawRow[]; rejected: number; lines: number; days: Set<string>; last: string } {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\n$/, "")
    .split("\n");
  const days = new Set<string>();
  const [, from = "", to = ""] =
    /"(\w+ \d+, \d+) - (\w+ \d+, \d+)"/.exec(text) ?? /,(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)\n/.exec(text) ?? [];
  const day = (said: string) => new Date(`${said} UTC`).toISOString().slice(0, 10);
  for (const each of daysFrom(day(from), day(to))) days.add(each);

  const rows: RawRow[] = [];
  let rejected = 0;
  for (const line of new Set(lines)) {
    const cells = [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) => cell.replace(/[",]/g, ""));
    const google = cells[0] === "Enabled";
    if (!google && cells[0] !== "Prospecting") continue;
    const picked = google ? [6, 4, 5, 7, 8] : [5, 6, 7, 8, 9];
    const [cost = "", impressions = "", clicks = "", conversions = "", conversion_value = ""] = picked.map(
      (at) => cells[at] ?? "",
    );
    const values = { cost, impressions, clicks, conversions, conversion_value };
    if (Object.values(values).every((value) => /^\d+(\.\d+)?$/.test(value))) rows.push({ day: cells[2] ?? "", values });
    else rejected += 1;
  }
  return { rows, rejected, lines: lines.length, days, last: [...days].toSorted().at(-1) ?? "" };
}
