/**
 * Wakes up at each minute, and not again before the work of the last time has ended. It is an alarm clock and nothing
 * more: node-cron forgets what passed while the process was down, slept or hung, so what is due is never its word.
 */
export async function everyMinute(work: () => Promise<void>): Promise<{ stop(): Promise<void> }> {
  const cron = await import("node-cron");
  const alarm = cron.schedule("* * * * *", work, { noOverlap: true });
  return { stop: async () => void (await alarm.destroy()) };
}
