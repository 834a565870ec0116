import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { check, type Mutant, type Verdict } from "./check.ts";
import { damage, encode, mutate, untouched } from "./mutations.ts";
import { chanceOf, type Random } from "./random.ts";
import type { Reader } from "./reading.ts";
import type { Sample } from "./samples.ts";

/** One changed file of a run, by seed and number, and what became of it. */
export interface Case extends Verdict {
  index: number;
  sample: string;
  how: string[];
  size: number;
}

/** Makes the changed file of a number and checks it. */
export async function runCase({
  seed,
  index,
  work,
  samples,
  read,
}: {
  seed: number;
  index: number;
  work: string;
  samples: readonly Sample[];
  read: Reader;
}): Promise<Case> {
  const random = chanceOf(seed, index);
  const sample = pickSample(samples, random);
  const { how, ...made } = makeMutant(sample, random);
  // Folder and name tell platforms apart, so they stay.
  const path = join(work, basename(dirname(sample.path)), basename(sample.path));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, made.bytes);
  let verdict = await check({ ...made, path }, read);
  // A hang repeats itself, a busy machine does not.
  for (let left = 2; verdict.ms > slow && left > 0; left -= 1) verdict = await check({ ...made, path }, read);
  return { index, sample: sample.name, how, size: made.bytes.length, ...verdict };
}

/** Longest time for one file, in milliseconds. */
export const slow = 2000;

/** Workbooks are read by a process of their own, which takes half a second: one case in a hundred. */
function pickSample(samples: readonly Sample[], random: Random): Sample {
  const wanted = random.int(100);
  const kind = wanted === 0 ? /\.xlsx?$/u : wanted < 5 ? /\.zip$/u : /\.[ct]sv$/u;
  return random.pick(samples.filter(({ name }) => kind.test(name)));
}

function makeMutant(sample: Sample, random: Random): Omit<Mutant, "path"> & { how: string[] } {
  const { text, bytes } = sample;
  if (text === null) return { ...damage(bytes, random), delimiter: null, untouched: [], touched: 0 };
  const { delimiter } = text;
  if (random.chance(0.03)) return { bytes: noise(random), how: ["raw bytes"], delimiter, untouched: [], touched: 0 };
  const { draft, how } = mutate(text, random);
  const touched = draft.records.filter(({ touched }) => touched).length + (draft.cut === null ? 0 : 1);
  return { bytes: encode(draft, random), how, delimiter, untouched: untouched(draft), touched };
}

/** Bytes of chance, or of a few that mean something to readers of tables. */
function noise(random: Random): Buffer {
  const alphabet = random.pick([
    null,
    '",\n\r',
    '"\n',
    ',;\t|"\n1a',
    "PK\x03\x04\0",
    "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
  ]);
  const byte = () => (alphabet === null ? random.int(256) : alphabet.charCodeAt(random.int(alphabet.length)));
  return Buffer.from(Array.from({ length: 1 + random.int(4096) }, byte));
}
