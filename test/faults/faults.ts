import { parseArgs } from "node:util";
import { killAgainAndAgain } from "./kill.ts";
import { soak } from "./soak.ts";

/**
 * `npm run faults -- --kills N [--daemons 1|2] [--policy hold|resend_once] [--seed S] [--json]`
 * `npm run faults -- --soak [--weeks 60] [--clients 50] [--json]`
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    daemons: { type: "string", default: "1" },
    policy: { type: "string", default: "hold" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    soak: { type: "boolean", default: false },
    weeks: { type: "string", default: "60" },
    clients: { type: "string", default: "50" },
    json: { type: "boolean", default: false },
  },
});
const { figures, broken } = values.soak
  ? await soak({
      weeks: Number(values.weeks),
      clients: Number(values.clients),
      onWeek: (week, flat) => console.error(`week ${week}: ${JSON.stringify(flat)}`),
    })
  : await killAgainAndAgain({
      kills: Number(values.kills),
      daemons: values.daemons === "2" ? 2 : 1,
      policy: values.policy === "resend_once" ? "resend_once" : "hold",
      seed: Number(values.seed),
    });
const said = Object.entries(figures).map(([name, figure]) => `${name.replaceAll("_", " ")} ${JSON.stringify(figure)}`);
console.log(values.json ? JSON.stringify(figures) : said.join("\n"));
for (const each of broken) console.error(each);
process.exitCode = broken.length > 0 ? 1 : 0;
