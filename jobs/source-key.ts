import type { SourceDef } from "../transforms/definitions.ts";

/** How the ledger names a source, so that a rebuild finds it again. */
export const keyOf = ({ channel, files, account }: SourceDef): string => [channel, files, account ?? ""].join(" ");
