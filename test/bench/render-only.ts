// Draws the reports of some clients again and times nothing but the drawing: `render-only.ts <home> <client>…`.
import { makeReport } from "../../jobs/report.ts";
import { newestComplete } from "../../transforms/period.ts";
import { homeAt } from "./home.ts";

const [folder = "", ...slugs] = process.argv.slice(2);
const { clients, outside, today, close } = await homeAt(folder, slugs);
let [milliseconds, documents] = [0, 0];
for (const client of clients) {
  for (const def of client.reports) {
    const period = newestComplete(def.cadence, today);
    let began = 0;
    const onStep = (step: string): void => {
      if (step === "render") began = performance.now();
    };
    const made = await makeReport({ client, def, period }, { ...outside, onStep });
    milliseconds += performance.now() - began;
    documents += 1 + Number(made.documents.excel !== null) + Number(made.documents.pdf !== null);
  }
}
close();
process.stdout.write(JSON.stringify({ seconds: milliseconds / 1000, documents }));
