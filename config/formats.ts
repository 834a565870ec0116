import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { PlatformFormats } from "../transforms/format/format.ts";
import type { PlatformId } from "../transforms/metrics.ts";
import type { Problem } from "../transforms/problem.ts";
import { judgeFormats } from "./format-references.ts";
import { PlatformSchema, platformFormats } from "./format-schema.ts";
import { judge } from "./judge.ts";
import { projectConfig } from "./load.ts";
import { parseYaml } from "./yaml.ts";

export interface Formats {
  formats: PlatformFormats[];
  /** Every platform that has a file, also where the file is refused. */
  platforms: PlatformId[];
  problems: Problem[];
}

/**
 * The formats of a config root: the project's own, with the root's laid over them, one file a platform. A file with an
 * error is left out, so that its platform's exports are unknown rather than misread.
 */
export async function formatsOf(root: string): Promise<Formats> {
  const files = new Map<string, string>();
  for (const folder of new Set([projectConfig, root])) {
    const formats = join(folder, "formats");
    if (!existsSync(formats)) continue;
    for (const name of readdirSync(formats).toSorted())
      if (name.endsWith(".yaml")) files.set(name, join(formats, name));
  }
  const result: Formats = {
    formats: [],
    platforms: [...files.keys()].map((name) => basename(name, ".yaml")),
    problems: [],
  };
  for (const [name, path] of files) {
    const yaml = parseYaml(readFileSync(path), `formats/${name}`);
    const { value, problems } = judge(PlatformSchema, yaml);
    const all = value ? judgeFormats(value, yaml, basename(name, ".yaml")) : problems;
    const errors = all.filter(({ severity }) => severity === "error");
    // Hints are for who writes a file; in the project's own, what they point at is meant.
    result.problems.push(...(dirname(path) === own ? errors : all));
    if (value && errors.length === 0) result.formats.push(platformFormats(value));
  }
  return result;
}

const own = join(projectConfig, "formats");
