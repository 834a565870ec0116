import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process of the program: the first, or a worker that it has begun. */
export interface Member {
  pid: number;
  isWorker: boolean;
}

/** The program and the workers that it has begun: one process group, of which some may outlive the first. */
export interface Family {
  child: ChildProcess;
  said(): string;
  /** How the first process ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  members(): Member[];
  /** Kills those, or all. Gives the ones that were alive. */
  kill(which?: (member: Member) => boolean): Promise<Member[]>;
  /** Resolves when nobody of it is left. */
  gone(): Promise<void>;
}

/** `child` was started as the leader of a group of its own. */
export function familyOf(child: ChildProcess): Family {
  const group = child.pid as number; // it was started
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  const members = (): Member[] => membersOf(group);
  const gone = async (): Promise<void> => {
    while (members().length > 0) await sleep(20);
  };
  return {
    child,
    said: textOf(child),
    ended,
    members,
    async kill(which = () => true) {
      const struck = members().filter((member) => which(member) && strike(member.pid));
      while (members().some(({ pid }) => struck.some((each) => each.pid === pid))) await sleep(5);
      return struck;
    },
    gone,
  };
}

/** What a process has said so far. */
export function textOf({ stdout, stderr }: ChildProcess): () => string {
  let said = "";
  for (const stream of [stdout, stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
    });
  return () => said;
}

function strike(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false; // it has ended meanwhile
  }
}

/** The living processes of a group, as Linux lists them. */
function membersOf(group: number): Member[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const [state, , of] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (Number(of) !== group || state === "Z") return [];
        const words = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
        return [{ pid: Number(name), isWorker: words.includes("work") }];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}
