import { describe, expect, it } from "vitest";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { nextStep, sayProblem } from "../../transforms/problem.ts";
import { home, short } from "./home.ts";

const PINTEREST = `platform: pinterest
label: { ko: 핀터레스트, en: Pinterest }
about: Invented for a test.
channel: ppc
settle: { days: 1 }
rank: { base: 10, devise: 1, device: 2 }
derive: { engagements: likes + savs }
columns:
  - { is: day, names: [Date] }
  - { is: likes, names: [Likes] }
  - { is: saves, names: [Saves] }
  - { is: cost, names: [Spend] }
  - { is: clicks, names: [Pin clicks, Likes] }
formats:
  - id: performance
    requires: [day, coste]
  - id: performance
    requires: [day, [cost, spend], [ad, ads]]
    forbids: [campaing]
    derive: { engagements: "sum(likes, saves)" }
    columns:
      - { is: conversions, names: ["spend "] }
`;

async function saidOf(text: string, name = "pinterest.yaml") {
  const { formats, problems } = await formatsOf(home({ [`formats/${name}`]: text }));
  return { problems, said: problems.map(short), read: formats.some(({ platform }) => platform === "pinterest") };
}

describe("a format file", () => {
  it("is told every word that no column gives a meaning, two formats of one id, and names that mean two things", async () => {
    const { problems, said, read } = await saidOf(PINTEREST.replace(", devise: 1", ""));
    expect(said).toEqual([
      "CONFIG_FORMAT_WORD formats/pinterest.yaml:6:19",
      "CONFIG_FORMAT_WORD formats/pinterest.yaml:7:24",
      "CONFIG_FORMAT_ALIAS formats/pinterest.yaml:12:25",
      "CONFIG_FORMAT_ALIAS formats/pinterest.yaml:13:39",
      "CONFIG_FORMAT_REQUIRES formats/pinterest.yaml:16:21",
      "CONFIG_FORMAT_TWICE formats/pinterest.yaml:17:9",
      "CONFIG_FORMAT_WORD formats/pinterest.yaml:18:28",
      "CONFIG_FORMAT_REQUIRES formats/pinterest.yaml:18:37",
      "CONFIG_FORMAT_REQUIRES formats/pinterest.yaml:18:41",
      "CONFIG_FORMAT_WORD formats/pinterest.yaml:19:15",
    ]);
    expect(read).toBe(false);
    const coste = problems.find(({ line }) => line === 16)!;
    expect(sayProblem(coste, "en")).toBe(
      "`performance` requires `coste`, which none of its columns holds: no file could ever be recognised.",
    );
    expect(nextStep(coste, "ko")).toContain("`cost`를 쓰려던 것인지도 확인하세요.");
    expect(problems.find(({ line }) => line === 12)?.facts).toMatchObject({
      found: "Spend",
      first: "conversions",
      second: "cost",
    });
  });

  it("is told of a rank for what is no dimension as of any unknown key", async () => {
    const { said } = await saidOf(PINTEREST);
    expect(said).toEqual(["CONFIG_UNKNOWN_KEY formats/pinterest.yaml:6:19"]);
  });

  it("is refused where its name is not its platform's, and read once it is mended, hints notwithstanding", async () => {
    const right = PINTEREST.replace(", devise: 1", "")
      .replace("day, coste", "day, cost")
      .replace(", [ad, ads]", "")
      .replace("  - id: performance\n", "  - id: daily\n");
    const elsewhere = await saidOf(right, "pins.yaml");
    expect(elsewhere.said).toContain("CONFIG_FORMAT_FILE formats/pins.yaml:1:11");
    expect(elsewhere.read).toBe(false);
    const mended = await saidOf(right);
    expect(new Set(mended.problems.map(({ severity }) => severity))).toEqual(new Set(["warning"]));
    expect(mended.read).toBe(true);
  });

  it("of the project holds none of these errors", async () => {
    expect((await formatsOf(projectConfig)).problems).toEqual([]);
  });
});
