import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

/** A name for one claim. It is new each time, so an old claim of the same process has no say in a later one. */
export function newOwner(): string {
  return `${hostname()}:${process.pid}:${randomUUID()}`;
}

/**
 * Whether an owner's process has surely ended: it ran on this host and its pid is free. Lets a restart go on at once
 * instead of waiting for the lease. Being wrong costs nothing, because each later step of that owner is fenced.
 */
export function isGone(owner: string): boolean {
  const [host, pid] = owner.split(":");
  if (host !== hostname() || !/^\d+$/.test(pid ?? "")) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
