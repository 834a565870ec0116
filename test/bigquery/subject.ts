import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Access } from "../../jobs/bigquery/client.ts";
import { ofWarehouse } from "../../jobs/bigquery/failures.ts";
import { type BigQueryWarehouse, openBigQuery } from "../../jobs/warehouse/bigquery.ts";
import type { TestBigQuery } from "./server.ts";

/** Signs in at the test server, which asks for nothing. */
const auth = {
  getRequestHeaders: async () => new Headers({ authorization: "Bearer test" }),
} as unknown as Access["auth"];

/** How a client's data set on the test server is reached, without patience. */
export function accessTo(server: Pick<TestBigQuery, "endpoint">, given: Partial<Access> = {}): Access {
  return {
    project: "test-project",
    dataset: "bogo_test",
    location: "asia-northeast3",
    client: "test",
    maxBytes: 10 * 2 ** 30,
    key: null,
    failures: ofWarehouse,
    endpoint: server.endpoint,
    auth,
    patience: { call: 5000, pauses: [1, 1, 1] },
    ...given,
  };
}

/** Opens a warehouse on the test server, with a folder of its own that is gone when it is closed. */
export async function openOn(
  server: Pick<TestBigQuery, "endpoint">,
  given: Partial<Access> = {},
): Promise<BigQueryWarehouse> {
  const work = mkdtempSync(join(tmpdir(), "bogo-work-"));
  const warehouse = await openBigQuery({ access: accessTo(server, given), read: [], work });
  return {
    ...warehouse,
    async close() {
      await warehouse.close();
      rmSync(work, { recursive: true, force: true });
    },
  };
}
