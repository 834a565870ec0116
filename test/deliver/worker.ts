// A process of its own that sends whatever is queued in a ledger: the tests start several, and kill some.
import { systemClock } from "../../jobs/clock.ts";
import { sendQueued } from "../../jobs/deliver/deliver.ts";
import { mailStore } from "../../jobs/deliver/store.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";

const [ledgerFile = "", mailFolder = "", port = "", runs = ""] = process.argv.slice(2);
const ledger = openLedger(ledgerFile);
for (const run of runs.split(",")) {
  await sendQueued(
    {
      ledger,
      store: mailStore(mailFolder),
      smtp: { host: "127.0.0.1", port: Number(port), tls: "none" },
      clock: systemClock(),
      domains: { "hanbit-coffee": ["hanbit.example"] },
    },
    Number(run),
  );
}
ledger.close();
