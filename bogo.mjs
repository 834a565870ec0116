#!/usr/bin/env node
// The launcher runs on any Node, so that an old one gets a sentence instead of a syntax error.
const needed = 24;
if (Number(process.versions.node.split(".")[0]) < needed) {
  console.error(
    `bogo needs Node ${needed} or later; this is ${process.version}. On Linux x64 use \`npx --no bogo …\` or \`npm run demo\`, which bring their own; elsewhere install Node ${needed} from your system.`,
  );
  process.exit(2);
}
// What was compiled is kept for the next process, which begins twice as soon; NODE_COMPILE_CACHE says elsewhere.
const { enableCompileCache } = await import("node:module");
const { fileURLToPath } = await import("node:url");
enableCompileCache(fileURLToPath(new URL("node_modules/.cache/bogo", import.meta.url)));
const { main } = await import("./jobs/cli.ts");
process.exitCode = await main(process.argv.slice(2));
