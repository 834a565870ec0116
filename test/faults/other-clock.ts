// Loaded before the program (`--import`): its clock is some milliseconds ahead of the computer's, for good or until the
// file with the number says otherwise.
import { readFileSync } from "node:fs";

const real = Date.now;
const { CLOCK_AHEAD = "0", CLOCK_FILE } = process.env;
const ahead = (): number => Number(CLOCK_FILE ? readFileSync(CLOCK_FILE, "utf8") : CLOCK_AHEAD);

Date.now = () => real() + ahead();
