import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PlatformSchema } from "../config/format-schema.ts";
import { formatsOf } from "../config/formats.ts";
import { loadConfig, projectConfig } from "../config/load.ts";
import { Platform } from "../config/schema/words.ts";
import {
  AgencyFile,
  AgencyThemeFile,
  ChannelsFile,
  ClientFile,
  KpisFile,
  RatesFile,
  ThemeFile,
} from "../config/schema.ts";
import { configReference } from "./docs/config.ts";
import { formatList } from "./docs/formats.ts";
import { kpiDictionary } from "./docs/kpis.ts";
import { platformPage } from "./docs/platform.ts";
import { problemCatalogue } from "./docs/problems.ts";
import { WRITTEN } from "./docs/table.ts";
import { projectRoot } from "./roots.ts";

/** Every file that is written from the code: path from the project's root → content. A test fails when one is stale. */
export async function generated(): Promise<Map<string, string>> {
  const { kpis } = await loadConfig(projectConfig);
  const { formats, platforms } = await formatsOf(projectConfig);
  return new Map([
    ...Object.entries(schemas).map(([name, schema]): [string, string] => [
      `config/${name}.schema.json`,
      schemaText(schema, platforms),
    ]),
    ["docs/config.md", configReference(schemas)],
    ["docs/kpis.md", kpiDictionary(kpis)],
    ["docs/problems.md", problemCatalogue()],
    ["docs/formats.md", formatList(formats)],
    ...formats.map((each): [string, string] => [
      `${platformPages}/${each.platform}.md`,
      `${WRITTEN}\n\n${platformPage(each, "en")}\n`,
    ]),
  ]);
}

/** Where the pages of the platforms lie; nothing else does. */
const platformPages = "docs/formats";

/** Writes them and removes the pages of platforms that are gone; names what changed. */
export async function writeGenerated(root: string): Promise<string[]> {
  const files = await generated();
  const stale = [...files].filter(([path, text]) => read(join(root, path)) !== text);
  mkdirSync(join(root, platformPages), { recursive: true });
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
  const gone = leftOver(root, files);
  for (const path of gone) rmSync(join(root, path));
  return [...stale.map(([path]) => path), ...gone];
}

/** Pages that nothing writes any more. */
export function leftOver(root: string, files: ReadonlyMap<string, string>): string[] {
  const pages = readdirSync(join(root, platformPages)).map((name) => `${platformPages}/${name}`);
  return pages.filter((path) => !files.has(path));
}

const schemas: Readonly<Record<string, z.ZodType>> = {
  agency: AgencyFile,
  client: ClientFile,
  theme: ThemeFile,
  "agency-theme": AgencyThemeFile,
  channels: ChannelsFile,
  kpis: KpisFile,
  rates: RatesFile,
  format: PlatformSchema,
};

/** A schema for editors. Any platform with a format file is right; those of the project are offered. */
function schemaText(schema: z.ZodType, platforms: readonly string[]): string {
  const shape = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      if (zodSchema !== Platform) return;
      const { type, pattern } = jsonSchema;
      delete jsonSchema.type;
      delete jsonSchema.pattern;
      jsonSchema.anyOf = [{ enum: [...platforms] }, { ...(type && { type }), ...(pattern && { pattern }) }];
    },
  });
  return `${JSON.stringify(shape, null, 2)}\n`;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

if (import.meta.main) {
  const changed = await writeGenerated(projectRoot);
  process.stdout.write(changed.length ? `Written: ${changed.join(", ")}\n` : "Everything is up to date.\n");
}
