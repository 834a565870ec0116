import type { Text } from "../transforms/metrics.ts";
import type { Cover } from "../transforms/theme.ts";
import { textOf } from "./label.ts";
import type { ThemeFile } from "./schema/theme.ts";

/** A cover's texts; null where there is none. */
export function coverOf(written: ThemeFile["cover"]): Cover<Text> | null {
  if (!written) return null;
  const { title, subtitle, prepared_for, note } = written === true ? ({} as Exclude<typeof written, boolean>) : written;
  const text = (label: typeof title) => (label === undefined ? null : textOf(label));
  return { title: text(title), subtitle: text(subtitle), prepared_for: text(prepared_for), note: text(note) };
}
