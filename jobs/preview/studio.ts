import { setTimeout as sleep } from "node:timers/promises";
import type { ReportDef } from "../../transforms/definitions.ts";
import type { Period } from "../../transforms/period.ts";
import { BogoError, type Problem } from "../../transforms/problem.ts";
import type { Material } from "../../transforms/report/build.ts";
import type { Report } from "../../transforms/report/model.ts";
import { agencyOf, type Context, clientNamed, outsideOf } from "../context.ts";
import type { DocumentFile, Documents } from "../documents.ts";
import { reloadArchive } from "../load.ts";
import { keyOf } from "../source-key.ts";
import { asBogoError } from "../unexpected.ts";
import { copyState } from "./copy.ts";
import { draw } from "./draw.ts";
import { type Exports, warmExports } from "./exports.ts";
import { type Figured, warmFigures } from "./figured.ts";
import { warmSettings } from "./settings.ts";

/** One report of the client, at one period; null is the newest that is held. */
export interface Wish {
  /** `ppc.weekly`; empty for the first. */
  report: string;
  period: string | null;
}

/** What was made last, whole or in part: the workbook comes when somebody looks at it. */
export interface Drawn {
  def: ReportDef;
  period: Period;
  /** Whether a newer period is over of which no figures are held. */
  older: boolean;
  report: Report;
  material: Material;
  mail: Documents["mail"];
  chart: Documents["chart"];
  logos: Documents["logos"];
  pdf: DocumentFile | null;
  excel: DocumentFile | null;
  /** How often each was drawn anew: part of its address, so that browsers fetch what is new. */
  editions: Record<Part, number>;
}

export type Part = "mail" | "pdf" | "excel";

/** How long something took, in milliseconds; what was still good took none. */
export interface Step {
  name: "notice" | "config" | "exports" | "figures" | "model" | Part;
  ms: number;
}

/** One report as the page shows it. Where the last attempt failed, what was drawn before stays. */
export interface View {
  wish: Wish;
  drawn: Drawn | null;
  problems: readonly Problem[];
  failed: boolean;
  /** What is being done now, for who waits. */
  working: { step: Step["name"]; files: number } | null;
  steps: Step[];
  /** From the moment at which a change was noticed to the finished mail. */
  mailMs: number | null;
}

export interface Studio {
  /** The client's reports as its config names them now. */
  reports(): readonly ReportDef[];
  view(wish: Wish): View;
  /** Somebody looks at this report: it is kept up to date until the returned function is called. */
  watch(wish: Wish, part: Part, changed: () => void): () => void;
  /** Something was written: all that is looked at is made anew, as far as it depends on it. */
  touched(noticed: number): void;
  /** Something that was drawn has been fetched. */
  fetched(): void;
  /** Counts a held export in this preview alone. */
  accept(hold: number): void;
  close(): Promise<void>;
}

/** Makes a client's reports again and again out of a warm state, on a copy of its figures. Sends nothing. */
export async function openStudio(context: Context, slug: string, only: string | undefined): Promise<Studio> {
  const copy = await copyState(context.roots, slug);
  const views = new Map<string, View>();
  const watchers = new Set<{ wish: Wish; part: Part; changed: () => void }>();
  const settings = warmSettings(context.roots, slug);
  let files = 0;
  const exports = warmExports(copy, (count) => {
    files = count;
    if (count % 10 === 0) tellAll();
  });
  const figures = warmFigures({ ...context, roots: copy.roots }, copy);
  let reports: readonly ReportDef[] = [];
  let generation = 0;
  let fetched: number | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let [closed, seeded] = [false, false];

  const wishKey = ({ report, period }: Wish): string => `${report} ${period ?? ""}`;
  const tell = (wish: Wish): void => {
    for (const each of watchers) if (wishKey(each.wish) === wishKey(wish)) each.changed();
  };
  const tellAll = (): void => {
    for (const { changed } of watchers) changed();
  };
  const view = (wish: Wish): View => {
    const known = views.get(wishKey(wish));
    if (known) return known;
    const made: View = { wish, drawn: null, problems: [], failed: false, working: null, steps: [], mailMs: null };
    views.set(wishKey(wish), made);
    return made;
  };
  const schedule = (wish: Wish, since: number): void => {
    queue = queue
      .then(() => (closed ? undefined : make(view(wish), since)))
      .catch((error) => context.tell(String(error)));
  };

  async function make(shown: View, since: number): Promise<void> {
    const mine = generation;
    const steps: Step[] = [{ name: "notice", ms: context.clock.monotonic() - since }];
    const timed = async <Result>(name: Step["name"], work: () => Promise<Result> | Result): Promise<Result> => {
      shown.working = { step: name, files };
      const began = context.clock.monotonic();
      try {
        return await work();
      } finally {
        steps.push({ name, ms: context.clock.monotonic() - began });
      }
    };
    const problems: Problem[] = [];
    tell(shown.wish);
    try {
      const { written, look } = await timed("config", settings);
      problems.push(...written.problems.filter(({ client }) => client === undefined || client === slug));
      agencyOf(written);
      const client = clientNamed(written, slug);
      reports = only === undefined ? client.reports : client.reports.filter(({ id }) => id === only);
      const def = reports.find((each) => nameOf(each) === shown.wish.report) ?? reports[0];
      if (!def) throw new BogoError([]);
      const own = new Set(def.sources.map(keyOf));
      const needed = { ...client, sources: client.sources.filter((source) => own.has(keyOf(source))) };
      const outside = outsideOf({ ...context, roots: copy.roots }, written, copy.ledger);
      const held: Exports = await timed("exports", async () => {
        // The figures of a client in BigQuery are not copied but loaded from the archive: they are the same.
        if (client.warehouse && !seeded) await reloadArchive(client, copy.warehouse, copy.work, outside);
        seeded = true;
        return exports.load(needed, outside);
      });
      problems.push(...held.problems);
      const asked = { client, def, period: shown.wish.period, exports: held, outside };
      let model = 0;
      const figured: Figured = await timed("figures", () =>
        figures(asked, (ms) => {
          model = ms;
        }),
      );
      const asking = steps.at(-1);
      if (asking) asking.ms -= model;
      steps.push({ name: "model", ms: model });
      await draw(
        shown,
        { ...figured, def, look, config: context.roots.config },
        {
          timed,
          wants: (part) =>
            [...watchers].some((each) => each.part === part && wishKey(each.wish) === wishKey(shown.wish)),
          // Whoever writes on does not wait for what is old already.
          isOld: () => closed || generation !== mine,
          async ready(part) {
            if (part === "mail") shown.mailMs = context.clock.monotonic() - since;
            Object.assign(shown, { problems, failed: false, steps: [...steps] });
            tell(shown.wish);
            if (watchers.size > 0) await served(part);
          },
        },
      );
      Object.assign(shown, { problems, failed: false });
    } catch (error) {
      const known = asBogoError(error, { client: slug });
      const all = [...known.problems.filter((each) => !problems.includes(each)), ...problems];
      Object.assign(shown, { problems: all, failed: true });
    }
    Object.assign(shown, { working: null, steps });
    tell(shown.wish);
  }

  /** The browser fetches what is ready before the next part keeps this process busy; one that is away is not waited for. */
  async function served(part: Part): Promise<void> {
    const longest = context.clock.monotonic() + (part === "mail" ? patienceMs : breathMs);
    fetched = null;
    while (!closed && context.clock.monotonic() < longest) {
      await sleep(10);
      if (fetched !== null && context.clock.monotonic() - fetched > breathMs) return;
    }
  }

  function touched(at: number): void {
    generation += 1;
    for (const wish of new Map([...watchers].map((each) => [wishKey(each.wish), each.wish])).values())
      schedule(wish, at);
  }

  return {
    reports: () => reports,
    view,
    watch(wish, part, changed) {
      const watcher = { wish, part, changed };
      watchers.add(watcher);
      schedule(wish, context.clock.monotonic());
      return () => void watchers.delete(watcher);
    },
    touched,
    fetched() {
      fetched = context.clock.monotonic();
    },
    accept(hold) {
      const accepted = copy.ledger.acceptHold(hold, null, context.clock.now());
      copy.ledger.confirm(accepted?.confirms ?? [], null, context.clock.now());
      exports.forget();
      touched(context.clock.monotonic());
    },
    async close() {
      closed = true;
      generation += 1;
      await queue.catch(() => undefined);
      await copy.close();
    },
  };
}

/** A report as addresses name it. */
export const nameOf = ({ id, cadence }: Pick<ReportDef, "id" | "cadence">): string => `${id}.${cadence}`;

const breathMs = 25;
const patienceMs = 500;
