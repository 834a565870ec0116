import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Tests with whole processes take longest and have the shortest files, by which the largest would come first. */
class ProcessesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification) =>
      Number(!/\/test\/(?:faults|tick|demo|walk|cli)\//.test(moduleId));
    return (await super.sort(files)).toSorted((a, b) => waits(a) - waits(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: ProcessesFirst },
  },
});
