import { join } from "node:path";
import type { Client } from "../../config/config.ts";
import { archiveOnce } from "../archive.ts";
import { sortDrops } from "../drops/sort.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { type LoadedExports, type LoadOutside, loadExports } from "../load.ts";
import { type FileOutcome, loadFile } from "../load-file.ts";
import { sharedInbox } from "../roots.ts";
import { keyOf } from "../source-key.ts";
import type { Copy } from "./copy.ts";
import { stampOf, stampsBelow } from "./stamps.ts";

/** What a preview knows of the exports of a client. */
export interface Exports extends LoadedExports {
  /** Counts up with each file that was read, so that answers of before are known to be old. */
  edition: number;
}

/**
 * Loads a client's exports into the copy again and again: files that stand as they stood are neither hashed nor noted
 * anew. An export whose bytes change while one looks on replaces itself, as if it had been written so at once.
 */
export function warmExports(copy: Copy, onFile: (count: number) => void) {
  const noted = new Map<string, ReturnType<Ledger["recordSeen"]>>();
  const begun = new Set<string>();
  /** Exports of which nothing was loaded: held, unknown or empty. They stay so until somebody accepts them. */
  const idle = new Map<string, { formats: unknown; outcome: FileOutcome }>();
  const known = new Map<unknown, number>();
  let last: { key: string; value: Exports } | null = null;
  let [edition, edited, files, fresh, accepted] = [0, false, 0, 0, 0];

  const keepOnce = archiveOnce((kept, before) => {
    if (before && before.sha256 !== kept.sha256) edited = true;
    files += 1;
    if (!before) onFile(files);
  });
  const loadOnce: typeof loadFile = async (file, warehouse, work, outside) => {
    const key = [file.sha256, keyOf(file.source), file.vouched].join(" ");
    const before = idle.get(key);
    if (before?.formats === outside.formats) return before.outcome;
    const outcome = await loadFile(file, warehouse, work, outside);
    fresh += 1;
    if (outcome.rows === 0) idle.set(key, { formats: outside.formats, outcome });
    return outcome;
  };
  const ledger: Ledger = {
    ...copy.ledger,
    recordSeen(seen, now) {
      const key = JSON.stringify(seen);
      const known = noted.get(key) ?? copy.ledger.recordSeen(seen, now);
      noted.set(key, known);
      return known;
    },
    noteUnread(seen, problems) {
      noted.clear();
      copy.ledger.noteUnread(seen, problems);
    },
  };

  async function load(client: Client, outside: LoadOutside): Promise<Exports> {
    const key = keyOfAll(client, outside);
    if (last?.key === key) return last.value;
    const own = { ...outside, ledger, archive: keepOnce, loadFile: loadOnce, quietMs };
    [edited, fresh] = [false, 0];
    const once = async (): Promise<LoadedExports> => {
      const drops = await sortDrops(own, client.slug);
      const loaded = await loadExports(client, drops.files, copy.warehouse, copy.work, own);
      const found = drops.problems.map((each) => ({ ...each, channel: client.channels[0] ?? "ppc" }));
      return { ...loaded, problems: [...loaded.problems, ...found] };
    };
    let loaded = await once();
    const again = edited;
    if (again) {
      // The bytes of before are in the figures as well: back, and everything that came since once more.
      await copy.back();
      loaded = await once();
    }
    // What lay there when a channel was first looked at is where every later change starts from.
    else if (fresh > 0 && client.sources.some(({ channel }) => !begun.has(channel))) await copy.keep();
    for (const { channel } of client.sources) begun.add(channel);
    if (again || fresh > 0) edition += 1;
    const value = { ...loaded, edition };
    last = { key, value };
    return value;
  }
  /** Everything that decides what is loaded: the files as they lie there, the sources, and how formats are read. */
  const keyOfAll = ({ slug, sources }: Client, { roots, formats }: LoadOutside): string => {
    if (!known.has(formats)) known.set(formats, known.size);
    const lying = [join(roots.inbox, slug), join(roots.inbox, sharedInbox)].map((folder) =>
      stampOf(stampsBelow(folder), () => true),
    );
    return JSON.stringify([sources, known.get(formats), accepted, lying]);
  };
  /** After a held export was accepted: what was confirmed with it may let others in, too. */
  const forget = (): void => {
    accepted += 1;
    idle.clear();
  };
  return { load, forget };
}

/** An editor writes at once; what comes over a network for longer is looked at again when its next bytes arrive. */
const quietMs = 120;
