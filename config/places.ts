import type { ChannelId } from "../transforms/metrics.ts";
import type { Place } from "../transforms/problem.ts";
import type { Client } from "./config.ts";
import { readYaml } from "./root.ts";

/** Where each source of a client stands in its client.yaml, in the order of `sources`. */
export function sourcePlaces(root: string, { slug, sources }: Client): Place[] {
  const yaml = readYaml(root, `clients/${slug}/client.yaml`, slug);
  const before = new Map<ChannelId, number>();
  return sources.map(({ channel }) => {
    const index = before.get(channel) ?? 0;
    before.set(channel, index + 1);
    return yaml.place(["channels", channel, "sources", index]);
  });
}
