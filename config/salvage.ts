import { ChannelEntry, ClientFile } from "./schema/client.ts";

/**
 * What can still be judged of a client.yaml whose form is wrong: its parts that are right by themselves. So one slip
 * does not hide the others until it is mended. Null where the file holds no keys at all.
 */
export function salvage(value: unknown, people: readonly string[]): ClientFile | null {
  if (!isKeys(value)) return null;
  const file = rightParts(ClientFile.shape, value);
  const channels = isKeys(value.channels) ? Object.entries(value.channels) : [];
  const kept = channels.map(([name, entry]) => [name, isKeys(entry) ? rightParts(ChannelEntry.shape, entry) : {}]);
  // What refers to a part that is missing would only be named a second time.
  const entries = kept.map(([name, entry]) => [name, without(entry, file)]);
  const reports = (file.reports ?? []).map((report) => without(report, file));
  return {
    ae: people[0],
    recipients: {},
    ...file,
    channels: Object.fromEntries(entries),
    reports,
  } as ClientFile; // what judgeReferences reads is there; nothing is built from it
}

type Keys = Record<string, unknown>;
type Parts = Partial<ClientFile>;

const isKeys = (value: unknown): value is Keys => typeof value === "object" && value !== null && !Array.isArray(value);

function rightParts(shape: typeof ClientFile.shape | typeof ChannelEntry.shape, value: Keys): Parts {
  const parts = Object.entries(shape).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(value[key]);
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(parts);
}

function without<Entry>(entry: Entry, file: Parts): Entry {
  return {
    ...entry,
    ...(file.recipients ? {} : { to: undefined }),
    ...(file.currency ? {} : { goals: undefined }),
  };
}
