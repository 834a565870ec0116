/** A record's entry under a text that a file brought: never what every object inherits (`constructor`, `__proto__`). */
export function ownEntry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
