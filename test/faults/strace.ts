import { spawnSync } from "node:child_process";
import { scene } from "./scene.ts";

/** strace makes chosen system calls fail. Tests that need it are skipped, with this reason, where it cannot be used. */
export const strace = spawnSync("strace", ["-e", "trace=none", "true"]).status === 0;
export const needsStrace = "(needs strace and the right to trace)";

export interface Injected {
  /** How many calls a report makes until it is sent. */
  calls: number;
  /** How many of them went wrong, each in a report of its own. */
  tried: number;
  /** Ends of the program other than a sentence or a signal. */
  findings: string[];
}

export interface Fault {
  /** System calls by name. */
  calls: string;
  /** What happens to the Nth of them, as strace writes it. */
  fault: (call: number) => string;
  /** From a report that is stored and only has to be sent, or from loaded exports. */
  made: boolean;
  /** One in how many of the calls. */
  every?: number;
}

/**
 * Lets the Nth call of a kind go wrong, for N from 1 until a report is sent without reaching it; after each, another
 * process goes on without faults.
 */
export async function failEachCall({ calls, fault, made, every = 1 }: Fault): Promise<Injected> {
  await using stage = await scene({ made });
  const args = ["run", stage.estate.clients[0]!.slug, "ppc"];
  const result: Injected = { calls: 0, tried: 0, findings: [] };
  for (let call = 1; ; call += every) {
    const at = stage.renew();
    const inject = `inject=${calls}:${fault(call)}`;
    const failed = await at.run(args, {
      under: ["strace", "-qq", "-f", "-o", "/dev/null", "-e", `trace=${calls}`, "-e", inject],
    });
    const { code, said } = await at.run(args);
    const judged = await at.judge();
    if (failed.code === 0) return result;
    result.calls = call;
    result.tried++;
    if (failed.signal === null && !failed.said.includes("DISK_REFUSED"))
      result.findings.push(`call ${call} ended otherwise: ${failed.said}`);
    if (code !== 0 && code !== 3) result.findings.push(`after call ${call}: ${said}`);
    result.findings.push(...judged.findings.map((finding) => `call ${call}: ${finding}`));
  }
}
