// The sentences of insights print values too, so formatting lives in transforms; templates read it from here.
export * from "../transforms/text.ts";
