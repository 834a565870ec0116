// Draws the reports of some clients again and times nothing but the drawing: `render-only.ts <home> <client>…`.
import { join } from "node:path";
import { systemClock } from "../../jobs/clock.ts";
import { type Context, clientNamed, openLedger, outsideOf, readConfig } from "../../jobs/context.ts";
import { makeReport } from "../../jobs/report.ts";
import { newestComplete } from "../../transforms/period.ts";

const [folder = "", ...slugs] = process.argv.slice(2);
const context: Context = {
  roots: {
    config: join(folder, "config"),
    inbox: join(folder, "inbox"),
    state: join(folder, "state"),
    out: join(folder, "out"),
  },
  lang: "en",
  env: process.env,
  clock: systemClock(),
  terminal: false,
  print: () => {},
  tell: () => {},
};
const written = await readConfig(context);
const ledger = await openLedger(context);
let [milliseconds, documents] = [0, 0];
for (const slug of slugs) {
  const client = clientNamed(written, slug);
  for (const def of client.reports) {
    const period = newestComplete(def.cadence, context.clock.now().slice(0, 10));
    let began = 0;
    const onStep = (step: string): void => {
      if (step === "render") began = performance.now();
    };
    const made = await makeReport({ client, def, period }, { ...outsideOf(context, written, ledger), onStep });
    milliseconds += performance.now() - began;
    documents += 1 + Number(made.documents.excel !== null) + Number(made.documents.pdf !== null);
  }
}
ledger.close();
process.stdout.write(JSON.stringify({ seconds: milliseconds / 1000, documents }));
