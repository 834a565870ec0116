import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Ledger } from "../../jobs/ledger/ledger.ts";
import type { Turn } from "../../jobs/ledger/schedule.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { type Ended, type Home, home } from "../cli/home.ts";
import { type ScriptedServer, scriptedSmtp } from "../deliver/scripted-smtp.ts";
import { preloading } from "../faults/preload.ts";

/** A home whose program runs by itself, at the hours that the test says. */
export interface Town extends Home {
  server: ScriptedServer;
  /** Sets the clock of the program, also of one that runs. */
  at(instant: string): void;
  /** The environment in which the program sees that clock and that mail server. */
  env: Record<string, string>;
  /** `bogo tick` at an instant. */
  tick(instant: string): Promise<Ended>;
  /** What the mail server took since the last time it was asked: `who: subject`. */
  mails(): string[];
  /** The text of a mail that the server took, counted from the last one (-1). */
  body(at: number): string;
  read(path: string): string;
  /** What the ledger says of each run: `report from state code`. */
  runs(): string[];
  /** The states of all deliveries. */
  states(): string[];
  /** What the schedule has yet to bring to an end. */
  turns(): Turn[];
  /** Those of Hanbit's. */
  hanbit(): string[];
  ledger<Result>(look: (ledger: Ledger) => Result): Result;
}

export async function town(): Promise<Town> {
  const place = home();
  const server = await scriptedSmtp();
  onTestFinished(() => server.close());
  const clock = join(place.folder, "clock");
  const env = {
    ...preloading("other-clock.ts", { CLOCK_FILE: clock }),
    SMTP_PORT: String(server.port),
    BOGO_LEDGER_ANYWHERE: "1",
  };
  const at = (instant: string): void => writeFileSync(clock, String(Date.parse(instant) - Date.now()));
  let read = 0;
  const ledger: Town["ledger"] = (look) => {
    const opened = openLedger(join(place.folder, "state", "ledger.sqlite"));
    try {
      return look(opened);
    } finally {
      opened.close();
    }
  };
  const runs = (): string[] =>
    ledger((opened) =>
      opened
        .history({ limit: 1000 })
        .map(({ client, report, cadence, from, state, reason }) =>
          [client, report, cadence, from, state, reason?.code].filter(Boolean).join(" "),
        )
        .toSorted(),
    );
  return {
    ...place,
    server,
    env,
    at,
    async tick(instant) {
      at(instant);
      return place.bogo("tick", { env });
    },
    mails() {
      const fresh = server.taken.slice(read);
      read = server.taken.length;
      return fresh.map(({ to, data }) => `${to.join(" ")}: ${subjectOf(data)}`).toSorted();
    },
    body: (which) => textOf(server.taken.at(which)?.data ?? ""),
    read: (path) => readFileSync(join(place.folder, path), "utf8"),
    runs,
    hanbit: () => runs().filter((run) => run.startsWith("hanbit")),
    states: () =>
      ledger((opened) =>
        opened
          .history()
          .flatMap(({ messages }) => messages.flatMap(({ deliveries }) => deliveries.map((each) => each.state))),
      ),
    turns: () => ledger((opened) => opened.turns("9999")),
    ledger,
  };
}

function subjectOf(data: string): string {
  const line = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(data)?.[1] ?? "";
  const words = line.replace(/\r\n[ \t]/g, " ").replace(/\?= =\?/g, "?==?");
  return words.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    (kind.toUpperCase() === "B" ? Buffer.from(text, "base64") : unquoted(text.replaceAll("_", " "))).toString("utf8"),
  );
}

/** The plain text of a mail. */
function textOf(data: string): string {
  const part = data.split(/^Content-Type: text\/plain/m)[1] ?? "";
  const [head = "", ...body] = part.split("\r\n\r\n");
  const [text = ""] = body.join("\r\n\r\n").split(/^--/m);
  const bytes = /base64/i.test(head) ? Buffer.from(text, "base64") : unquoted(text.replace(/=\r\n/g, ""));
  return bytes.toString("utf8").replaceAll("\r\n", "\n");
}

const unquoted = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
