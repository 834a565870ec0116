// Loaded before the program (`--import`): its clock is some milliseconds ahead of the computer's, for good or until the
// file with the number says otherwise. What counts elapsed time (timers, performance) stays as it is.
import { readFileSync } from "node:fs";

const { now } = Date;
const { CLOCK_AHEAD = "0", CLOCK_FILE } = process.env;
const ahead = (): number => Number(CLOCK_FILE ? readFileSync(CLOCK_FILE, "utf8") : CLOCK_AHEAD);

Date.now = () => now() + ahead();
globalThis.Date = new Proxy(Date, {
  construct: (real, given, made) => Reflect.construct(real, given.length > 0 ? given : [real.now()], made),
});
