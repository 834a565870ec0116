import type { SourceDef } from "../transforms/definitions.ts";
import type { Path } from "./yaml.ts";

/** Where each source of a client stands in its client.yaml, in the order of `sources`: they are counted per channel. */
export function sourcePaths(sources: readonly Pick<SourceDef, "channel">[]): Path[] {
  const before = new Map<string, number>();
  return sources.map(({ channel }) => {
    const index = before.get(channel) ?? 0;
    before.set(channel, index + 1);
    return ["channels", channel, "sources", index];
  });
}
