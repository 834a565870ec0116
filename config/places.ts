import type { Place } from "../transforms/problem.ts";
import type { Client } from "./config.ts";
import { readYaml } from "./root.ts";
import { sourcePaths } from "./source-paths.ts";

/** Where each source of a client stands in its client.yaml, in the order of `sources`. */
export function sourcePlaces(root: string, { slug, sources }: Client): Place[] {
  const yaml = readYaml(root, `clients/${slug}/client.yaml`, slug);
  return sourcePaths(sources).map((path) => yaml.place(path));
}
