import { drawAll, lacks } from "./draw.ts";
import { keep } from "./golden.ts";

// `npm run look`: draws every picture anew and keeps it. What is printed has changed: look at it before it is committed.
if (lacks) {
  console.error(`The pictures cannot be drawn: ${lacks}.`);
  process.exitCode = 1;
} else {
  const changed = keep(await drawAll());
  console.log(changed.length > 0 ? changed.join("\n") : "Nothing looks different.");
}
