import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig, projectConfig } from "../../config/load.ts";
import { generated, leftOver } from "../../jobs/docs.ts";
import { projectRoot } from "../../jobs/roots.ts";
import { catalogue, type ProblemCode } from "../../transforms/problem.ts";

const pages = await generated();

describe("what is written from the code", () => {
  it.each([...pages.keys()])("%s is up to date (else: npm run docs)", (path) => {
    expect(readFileSync(join(projectRoot, path), "utf8")).toBe(pages.get(path));
  });

  it("leaves no page of a platform that is gone", () => {
    expect(leftOver(projectRoot, pages)).toEqual([]);
  });

  it.each([...pages.keys()].filter((path) => path.endsWith(".schema.json") && !path.includes("format")))(
    "%s explains every key",
    (path) => {
      const silent: string[] = [];
      walk(JSON.parse(pages.get(path) ?? ""), "", silent);
      expect(silent).toEqual([]);
    },
  );

  it("tells every KPI in both languages, and draws none without a purpose", async () => {
    const { kpis } = await loadConfig(projectConfig);
    for (const { id, label, purpose } of kpis.values()) {
      expect(label.ko && label.en && purpose.ko && purpose.en, id).toBeTruthy();
    }
  });
});

describe("the catalogue of problems", () => {
  it.each(Object.keys(catalogue) as ProblemCode[])("%s asks for the same evidence in both languages", (code) => {
    const { say, next } = catalogue[code];
    const asked = (text: string) =>
      [...new Set([...text.matchAll(/\{(\w+)(?::[^}]*\/[^}]*)?\}/g)].map(([, name]) => name))].sort();
    expect(asked(say.ko + next.ko)).toEqual(asked(say.en + next.en));
  });
});

interface Shape {
  description?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  additionalProperties?: Shape;
}

function walk(shape: Shape | boolean | undefined, path: string, silent: string[]): void {
  if (typeof shape !== "object") return;
  for (const [key, inner] of Object.entries(shape.properties ?? {})) {
    if (!inner.description && key !== "ko" && key !== "en") silent.push(`${path}.${key}`);
    walk(inner, `${path}.${key}`, silent);
  }
  for (const inner of [shape.items, shape.additionalProperties, ...(shape.anyOf ?? [])])
    walk(inner, `${path}[]`, silent);
}
