import { type Claim, ownership, type Run } from "../../transforms/ownership.ts";
import { type Engine, integer, type Row, type Statements, text } from "./engine.ts";
import { entityKey } from "./sql.ts";
import type { Extraction } from "./warehouse.ts";

/** Who owned which days of a stream, and who owns them by all that is claimed. */
export interface Owners {
  claims: Claim<number>[];
  before: Claim<number>[];
  now: Claim<number>[];
}

/** Decides anew what each extraction of the stream owns; nothing is written yet. */
export async function ownersOf(catalogue: Statements, stream: number, kind: Extraction["kind"]): Promise<Owners> {
  const claimed = await catalogue.all(
    `SELECT e.id, CAST(c.from_day AS STRING) AS from_day, CAST(c.to_day AS STRING) AS to_day
    FROM extraction AS e JOIN covered AS c ON c.extraction = e.id WHERE e.stream = ? ORDER BY e.newness, e.id, c.from_day`,
    [stream],
  );
  const before = await catalogue.all(
    `SELECT extraction AS id, CAST(from_day AS STRING) AS from_day, CAST(to_day AS STRING) AS to_day FROM live WHERE stream = ?`,
    [stream],
  );
  const claims = claimed.map(asClaim);
  return { claims, before: before.map(asClaim), now: owners[kind](claims) };
}

/** Writes down what each extraction of the stream owns, and deletes the facts of those that own less than they did. */
export async function settle(
  engine: Engine,
  stream: number,
  id: number,
  { kind, cut }: Extraction,
  { claims, before: old, now }: Owners,
): Promise<void> {
  const lost = without(old, now);
  for (const { owner, from, to } of lost) {
    await engine.catalogue.run(
      "DELETE FROM live WHERE stream = ? AND extraction = ? AND from_day = CAST(? AS DATE) AND to_day = CAST(? AS DATE)",
      [stream, owner, from, to],
    );
  }
  for (const { owner, from, to } of without(now, old)) {
    await engine.catalogue.run("INSERT INTO live VALUES (?, ?, CAST(? AS DATE), CAST(? AS DATE))", [
      stream,
      owner,
      from,
      to,
    ]);
  }
  if (kind === "snapshot") return dropOlderTwins(engine, stream, id, cut, claims);
  const mine = claims.filter(({ owner }) => owner === id);
  for (const loser of new Set([...lost, ...without(mine, now)].map(({ owner }) => owner))) {
    const kept = now.filter(({ owner }) => owner === loser);
    await dropRowsOutside(engine, engine.stored(stream), loser, kind, { kept, all: reachOf(claims, loser) });
  }
}

function without(claims: readonly Claim<number>[], others: readonly Claim<number>[]): Claim<number>[] {
  const keyOf = ({ owner, from, to }: Claim<number>) => `${owner} ${from} ${to}`;
  const known = new Set(others.map(keyOf));
  return claims.filter((claim) => !known.has(keyOf(claim)));
}

const asClaim = (row: Row): Claim<number> => ({
  owner: integer(row.id),
  from: text(row.from_day),
  to: text(row.to_day),
});

/** Claims come oldest first. Days belong to the newest; so does each exact window; snapshots all stay. */
const owners: Record<Extraction["kind"], (claims: Claim<number>[]) => Claim<number>[]> = {
  daily: ownership,
  window: (claims) => [...new Map(claims.map((claim) => [`${claim.from} ${claim.to}`, claim])).values()],
  snapshot: (claims) => claims,
};

async function dropRowsOutside(
  engine: Engine,
  facts: string,
  extraction: number,
  kind: Extraction["kind"],
  { kept, all }: { kept: readonly Run[]; all: Run },
): Promise<void> {
  if (kind === "window") {
    if (kept.length === 0) await engine.drop(`DELETE FROM ${facts} WHERE extraction = ? AND day IS NULL`, [extraction]);
    return;
  }
  const inside = kept.map(() => between).join(" OR ") || "FALSE";
  await engine.drop(`DELETE FROM ${facts} WHERE extraction = ? AND ${between} AND NOT (${inside})`, [
    extraction,
    all.from,
    all.to,
    ...kept.flatMap(({ from, to }) => [from, to]),
  ]);
}

const between = "day BETWEEN CAST(? AS DATE) AND CAST(? AS DATE)";

/** From the first to the last day that an extraction claims; all its rows lie there. */
function reachOf(claims: readonly Claim<number>[], extraction: number): Run {
  const own = claims.filter(({ owner }) => owner === extraction);
  const [from = "0001-01-01"] = own.map((claim) => claim.from).toSorted();
  return {
    from,
    to:
      own
        .map((claim) => claim.to)
        .toSorted()
        .at(-1) ?? "9999-12-31",
  };
}

/** The same post as of the same day in two files: the newer file's figures stay. */
async function dropOlderTwins(
  engine: Engine,
  stream: number,
  id: number,
  cut: Extraction["cut"],
  claims: readonly Claim<number>[],
): Promise<void> {
  const sameAge = await engine.catalogue.all(
    `SELECT e.id FROM extraction AS e
    WHERE e.stream = ? AND e.as_of = (SELECT as_of FROM extraction WHERE id = ?) ORDER BY e.newness, e.id`,
    [stream, id],
  );
  const facts = engine.stored(stream);
  const order = sameAge.map((row) => integer(row.id));
  const at = order.indexOf(id);
  const pairs = order.map((other, index) => (index < at ? [other, id] : [id, other]));
  for (const [loser = id, winner = id] of pairs) {
    if (loser === winner) continue;
    const [of, by] = [reachOf(claims, loser), reachOf(claims, winner)];
    await engine.drop(
      `DELETE FROM ${facts} WHERE extraction = ? AND ${between} AND ${entityKey(cut, facts)} IN
        (SELECT ${entityKey(cut, "w")} FROM ${facts} AS w WHERE w.extraction = ? AND w.${between})`,
      [loser, of.from, of.to, winner, by.from, by.to],
    );
  }
}
