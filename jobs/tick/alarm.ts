import type { Clock } from "../clock.ts";

/**
 * Wakes up a second after each minute, and not again before the work of the last time has ended. It is an alarm clock and
 * nothing more: node-cron forgets what passed while the process was down, slept or hung, so what is due is never its word.
 *
 * node-cron sleeps until an hour on the wall. Where that clock is put right, or the machine has slept, a watch that also
 * counts elapsed time sees the two differ: it rings at once, and sets the alarm anew by the right hour.
 */
export async function everyMinute(work: () => Promise<void>, clock: Clock): Promise<{ stop(): Promise<void> }> {
  const { schedule } = await import("node-cron");
  let isAtWork = false;
  const ring = async (): Promise<void> => {
    if (isAtWork) return;
    isAtWork = true;
    await work().finally(() => {
      isAtWork = false;
    });
  };
  // Late rather than not at all, where the process was busy or the machine asleep at that moment.
  const set = () => schedule("1 * * * * *", ring, { missedExecutionTolerance: dayMs });
  let alarm = set();
  let before = readingOf(clock);
  const watch = setInterval(async () => {
    const now = readingOf(clock);
    const stepped = Math.abs(now.wall - before.wall - (now.elapsed - before.elapsed)) > stepMs;
    before = now;
    if (!stepped) return;
    await alarm.destroy();
    alarm = set();
    await ring();
  }, lookMs);
  return {
    async stop() {
      clearInterval(watch);
      await alarm.destroy();
    },
  };
}

const readingOf = ({ now, monotonic }: Clock) => ({ wall: Date.parse(now()), elapsed: monotonic() });

const lookMs = 5_000;
/** Clocks that are kept in step by the network move by less. */
const stepMs = 2_000;
const dayMs = 86_400_000;
