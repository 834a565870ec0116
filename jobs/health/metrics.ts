import type { DeliveryState } from "../ledger/ledger.ts";
import type { Counts } from "../ledger/operations.ts";

/** What the metrics are made of. */
export interface Measured {
  counts: Counts;
  lastTick: string | null;
  /** The slot of the report that has been due for longest and is neither sent, waiting, held nor skipped. */
  oldestOverdue: string | null;
  /** Slots that went by without a report, ever. */
  missedSlots: number;
  version: string;
  now: string;
}

/** The text that Prometheus reads. Each state of a delivery is always there, so that a rule on it is never empty. */
export function metricsText({ counts, lastTick, oldestOverdue, missedSlots, version, now }: Measured): string {
  const seconds = (since: string): number => Math.max(0, (Date.parse(now) - Date.parse(since)) / 1000);
  return [
    metric(
      "bogo_oldest_overdue_seconds",
      "gauge",
      "How long the longest overdue report has been due; 0 where none is.",
      [["", oldestOverdue === null ? 0 : seconds(oldestOverdue)]],
    ),
    metric("bogo_slots_missed_total", "counter", "Slots that went by without a report.", [["", missedSlots]]),
    metric("bogo_runs_waiting_for_person", "gauge", "Reports that a person has to settle.", [
      ["", counts.waitingForPerson],
    ]),
    metric("bogo_exports_held", "gauge", "Exports that a person has to accept.", [["", counts.heldExports]]),
    metric(
      "bogo_deliveries",
      "gauge",
      "Deliveries by state.",
      states.map((state) => [`{state="${state}"}`, counts.deliveries[state] ?? 0]),
    ),
    metric("bogo_notices_open", "gauge", "Causes that last, by who is told.", [
      ['{audience="ops"}', counts.openNotices.ops],
      ['{audience="ae"}', counts.openNotices.ae],
    ]),
    metric(
      "bogo_bigquery_billed_bytes_total",
      "counter",
      "What BigQuery has billed questions for, by client.",
      counts.billed.map(({ client, bytes }) => [`{client="${client}"}`, bytes]),
    ),
    metric("bogo_last_tick_seconds", "gauge", "When the last tick was, in Unix time; 0 before the first.", [
      ["", lastTick === null ? 0 : Date.parse(lastTick) / 1000],
    ]),
    metric("bogo_build_info", "gauge", "Which program this is.", [
      [`{version="${version}",node="${process.versions.node}"}`, 1],
    ]),
  ].join("");
}

const states: readonly DeliveryState[] = [
  "queued",
  "sending",
  "handed",
  "accepted",
  "unknown",
  "failed",
  "cancelled",
  "bounced",
];

function metric(
  name: string,
  type: "gauge" | "counter",
  help: string,
  samples: readonly (readonly [labels: string, value: number])[],
): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("\n")}\n`;
}
