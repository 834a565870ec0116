import type { Truth } from "./truth.ts";

/** Where a writer puts what it makes: the client's inbox, and the truth about it. */
export interface Output {
  truth: Truth;
  /** `name` is below `inbox/<slug>/`. */
  write(name: string, bytes: Uint8Array): void;
}
