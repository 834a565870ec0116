import type { PlatformFormats } from "../../transforms/format/format.ts";
import { metrics } from "../../transforms/metrics.ts";
import { table, WRITTEN } from "./table.ts";

/** The exports that are recognised, and the metrics that each can supply. */
export function formatList(known: readonly PlatformFormats[]): string {
  const rows = known
    .flatMap(({ label, formats }) => formats.map((format) => ({ label, format })))
    .map(({ label, format }) => {
      const names = [...format.columns.map(({ is }) => is), ...Object.keys(format.derive)];
      const supplied = [...new Set(names)].filter((name) => Object.hasOwn(metrics, name));
      return [
        `[${label.en}](formats/${format.platform}.md)`,
        `\`${format.id}\``,
        format.channel,
        format.refuse ? "refused" : (format.kind ?? "daily or window"),
        format.verified ? "yes" : "no",
        format.refuse ? "–" : format.shape === "long" ? "any" : supplied.map((name) => `\`${name}\``).join(", "),
      ];
    });
  return `${[
    WRITTEN,
    "# Formats",
    "Exports that are recognised by their headers, in every language listed in `config/formats/`. *Verified* means that a real file was seen; the others follow catalogues and parsers of real files, or the platform's own description. Each platform has a page: what every header becomes, how rows are read, and where that is known from.",
    table(["Platform", "Format", "Channel", "Rows", "Verified", "Metrics"], rows),
  ].join("\n\n")}\n`;
}
