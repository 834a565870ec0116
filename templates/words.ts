// See transforms/words.ts: insights and templates share one dictionary.
export * from "../transforms/words.ts";
