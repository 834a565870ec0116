import type { Judgement } from "./check-outside.ts";
import { preloading } from "./preload.ts";
import { scene } from "./scene.ts";

export interface Steps extends Pick<Judgement, "lost" | "duplicates" | "unknown" | "undelivered_unknown" | "findings"> {
  /** Steps of one report that leave a trace outside of its process: commits, files, bytes to the mail server. */
  steps: number;
}

/** Kills one report before its first step, then before its second, until it gets to its end; each time another process goes on. */
export async function dieAtEachStep({ made }: { made: boolean }): Promise<Steps> {
  await using stage = await scene({ made });
  const args = ["run", stage.estate.clients[0]!.slug, "ppc"];
  const result: Steps = { steps: 0, lost: 0, duplicates: 0, unknown: 0, undelivered_unknown: 0, findings: [] };
  for (let step = 1; ; step++) {
    const at = stage.renew();
    const killed = await at.run(args, { env: preloading("die-at.ts", { DIE_AT: String(step) }) });
    if (killed.signal === null) return result;
    const { code, said } = await at.run(args);
    if (code !== 0 && code !== 3) result.findings.push(`step ${step}: ${said}`);
    const judged = await at.judge();
    result.steps = step;
    for (const count of ["lost", "duplicates", "unknown", "undelivered_unknown"] as const)
      result[count] += judged[count];
    result.findings.push(...judged.findings.map((finding) => `step ${step}: ${finding}`));
  }
}
