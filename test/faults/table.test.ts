import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../jobs/roots.ts";

const docs = join(projectRoot, "docs");
const rows = readFileSync(join(docs, "faults.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| F\d+ \|/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, id = "", , , shown = "", figure = ""]) => ({ id, shown, figure }));

const ids = [...Array.from({ length: 13 }, (_, index) => index + 1), 17, 19, 21, 22, 23, 24, 25, 27, 28];

describe("docs/faults.md", () => {
  it("has a row for each fault", () => {
    expect(rows.map(({ id }) => id)).toEqual(ids.map((id) => `F${id}`));
  });

  it.each(rows)("names for $id tests that exist by their titles, or a command, with a figure", ({ shown, figure }) => {
    let tests = "";
    for (const [, path, title] of shown.matchAll(/\]\(([^)]+)\)|“([^”]+)”/g)) {
      if (path) tests = readFileSync(join(docs, path), "utf8");
      else expect(tests).toContain(`"${title}`);
    }
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
    for (const [, script = ""] of shown.matchAll(/`npm run (\S+)/g)) expect(scripts).toHaveProperty(script);
    expect(shown).toMatch(/“|`npm run /);
    expect(figure).toMatch(/\d|every|below/);
  });
});
