// Reads vitest's JSON results: `failed FOLDER ZONE` prints the files that failed, `count FOLDER` the closing line.
// A file that was run again stands in `ZONE.again.json`, whose word then counts; what passed only so is named.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const [what, folder, zone] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8")).testResults;
const isWrong = ({ status, assertionResults }) =>
  status === "failed" || assertionResults.some((test) => test.status === "failed");

if (what === "failed") {
  for (const file of read(`${zone}.json`).filter(isWrong)) console.log(relative(process.cwd(), file.name));
} else {
  const names = readdirSync(folder);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names.filter((each) => each.endsWith(".json") && !each.endsWith(".again.json"))) {
    const again = name.replace(/\.json$/, ".again.json");
    const second = new Map(names.includes(again) ? read(again).map((file) => [file.name, file]) : []);
    for (const first of read(name)) {
      const file = second.get(first.name) ?? first;
      for (const [run, label] of [
        [first, second.has(first.name) ? "FAILED at first" : "FAILED"],
        ...(file === first ? [] : [[file, "FAILED again"]]),
      ]) {
        const wrong = run.assertionResults.filter((test) => test.status === "failed");
        for (const test of wrong)
          console.log(
            `${label} (${name}) ${relative(process.cwd(), run.name)}: ${test.fullName}\n${test.failureMessages.join("\n").slice(0, 1500)}`,
          );
        if (run.status === "failed" && wrong.length === 0) {
          console.log(`${label} (${name}) ${relative(process.cwd(), run.name)}: ${String(run.message).slice(0, 1500)}`);
          if (run === file) counts.failed += 1;
        }
      }
      for (const { status } of file.assertionResults)
        counts[status === "passed" ? "passed" : status === "failed" ? "failed" : "skipped"] += 1;
    }
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ""}`);
  process.exitCode = counts.failed ? 1 : 0;
}
