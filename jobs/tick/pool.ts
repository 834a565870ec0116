/** Does the work of one client; an abort asks it to come to an end. */
export type Worker = (client: string, signal: AbortSignal) => Promise<void>;

export interface Pool {
  /** Begins a client's work, now or when there is room. One whose work is under way goes on with that. */
  begin(client: string): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Asks everything to come to an end and resolves when it has. */
  stop(): Promise<void>;
}

/** A few clients at a time, each once. */
export function poolOf(worker: Worker, room: number): Pool {
  const running = new Map<string, Promise<void>>();
  const waiting = new Set<string>();
  const ending = new AbortController();

  function fill(): void {
    for (const client of waiting) {
      if (running.size >= room || ending.signal.aborted) return;
      waiting.delete(client);
      const work = worker(client, ending.signal).finally(() => {
        running.delete(client);
        fill();
      });
      running.set(client, work);
    }
  }

  const pool: Pool = {
    begin(client) {
      if (running.has(client)) return;
      waiting.add(client);
      fill();
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
    async stop() {
      waiting.clear();
      ending.abort();
      await pool.idle();
    },
  };
  return pool;
}
