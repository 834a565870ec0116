import { afterAll } from "vitest";
import type * as access from "../../jobs/access.ts";
import { startBigQuery, stopEngine } from "./server.ts";
import { accessTo } from "./subject.ts";

/** The server of one file of tests, from its first line to its last. */
export const server = await startBigQuery();
afterAll(async () => {
  await server.close();
  await stopEngine();
});

/**
 * The real way to sources, but to that server and without patience. Each file says so itself, since what stands in for a
 * module is looked up before anything is imported.
 */
export function throughServer(original: typeof access): typeof access {
  return {
    ...original,
    sourceAccess: (...given) => {
      const { endpoint, auth, patience } = accessTo(server);
      return { ...original.sourceAccess(...given), endpoint, auth, patience };
    },
  };
}
