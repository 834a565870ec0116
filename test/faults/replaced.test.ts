import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../transforms/report/model.ts";
import { type Scene, scene } from "./scene.ts";

/** The ways in which somebody changes an export while it is read. Their times are old, so that nothing gives them away. */
const ways: [string, (path: string, content: string) => void][] = [
  [
    "replaced",
    (path, content) => {
      writeFileSync(`${path}.part`, content);
      makeOld(`${path}.part`);
      renameSync(`${path}.part`, path);
    },
  ],
  [
    "written over",
    (path, content) => {
      writeFileSync(path, content);
      makeOld(path);
    },
  ],
];

describe("an export that, while it is read, is", { timeout: 300_000 }, () => {
  it.each(ways)("%s again and again counts as it was at one moment or not at all", async (_, write) => {
    await using stage = await scene({ made: null });
    const { path, versions } = twoVersions(stage);
    for (let attempt = 0; attempt < 4; attempt++) {
      const at = stage.renew();
      let turn = 0;
      const writer = setInterval(() => write(path, versions[turn++ % 2]!.content), 3);
      const { code, said } = await at.run(["run", stage.estate.clients[0]!.slug, "ppc"]);
      clearInterval(writer);
      expect(turn).toBeGreaterThan(20);
      // Caught between emptying and filling, it is refused in a sentence.
      if (code === 3) {
        expect(said).toContain("FILE_EMPTY");
        expect(at.copies()).toEqual({});
        continue;
      }
      expect(code, said).toBe(0);
      const { impressions, sha256 } = reported(stage, at.state);
      expect(versions).toContainEqual(expect.objectContaining({ impressions, hash: sha256 }));
    }
  });

  it("still being written waits for its end", async () => {
    await using stage = await scene({ made: null });
    const { client, path, versions } = twoVersions(stage);
    const at = stage.renew();
    const half = Math.floor(versions[0]!.content.length / 2);
    writeFileSync(path, versions[0]!.content.slice(0, half));
    const writer = setInterval(() => appendFileSync(path, versions[0]!.content.slice(half, half + 1)), 50);
    const early = await at.run(["run", client.slug, "ppc"]);
    clearInterval(writer);
    expect(early.code, early.said).toBe(3);
    expect(early.said).toContain("FILE_GROWING");
    expect(at.copies()).toEqual({});

    writeFileSync(path, versions[0]!.content);
    const after = await at.run(["run", client.slug, "ppc"]);
    expect(after.code, after.said).toBe(0);
    expect(reported(stage, at.state).impressions).toBe(versions[0]!.impressions);
  });
});

/** Two versions of a client's one export, of the same length and with other figures in most lines. */
function twoVersions(stage: Scene) {
  const [client] = stage.estate.clients as [Scene["estate"]["clients"][number]];
  const path = join(stage.folder, "inbox", client.slug, "google-ads", `Campaign report ${client.word}.csv`);
  const content = readFileSync(path, "utf8");
  const versions = [client.prime, client.prime + 7_000].map((impressions) => {
    const written = content.replaceAll(String(client.prime), String(impressions));
    return {
      content: written,
      impressions: String(impressions),
      hash: createHash("sha256").update(written).digest("hex"),
    };
  });
  return { client, path, versions };
}

function reported(
  { estate }: Scene,
  state: string,
): { impressions: string | null | undefined; sha256: string | undefined } {
  const { slug } = estate.clients[0]!;
  const file = join(`${state}.out`, slug, `ppc.weekly.${estate.period.from}`, "report.json");
  const report: Report = JSON.parse(readFileSync(file, "utf8"));
  return {
    impressions: report.kpis.find(({ id }) => id === "impressions")?.value,
    sha256: report.sources[0]?.sha256,
  };
}

function makeOld(path: string): void {
  utimesSync(path, new Date(Date.now() - 3_600_000), new Date(Date.now() - 3_600_000));
}
