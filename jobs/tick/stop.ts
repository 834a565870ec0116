/** Calls `stop` once when the process is asked to end, by a supervisor or at a terminal. */
export function whenStopped(stop: () => unknown): { asked: Promise<void>; ignore(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const signals = ["SIGTERM", "SIGINT"] as const;
  const heard = (): void => {
    // A second signal finds no listener and ends the process at once.
    ignore();
    stop();
    resolve();
  };
  const ignore = (): void => {
    for (const signal of signals) process.off(signal, heard);
  };
  for (const signal of signals) process.once(signal, heard);
  return { asked: promise, ignore };
}
