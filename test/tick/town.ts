import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Ledger } from "../../jobs/ledger/ledger.ts";
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
  /** What the ledger says of each run: `report from state code`. */
  runs(): string[];
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
    runs: () =>
      ledger((opened) =>
        opened
          .history({ limit: 1000 })
          .map(({ client, report, cadence, from, state, reason }) =>
            [client, report, cadence, from, state, reason?.code].filter(Boolean).join(" "),
          )
          .toSorted(),
      ),
    ledger,
  };
}

function subjectOf(data: string): string {
  const line = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(data)?.[1] ?? "";
  const words = line.replace(/\r\n[ \t]/g, " ").replace(/\?= =\?/g, "?==?");
  return words.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    kind.toUpperCase() === "B"
      ? Buffer.from(text, "base64").toString("utf8")
      : Buffer.from(
          text
            .replaceAll("_", " ")
            .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          "latin1",
        ).toString("utf8"),
  );
}

export const textOf = (path: string): string => readFileSync(path, "utf8");
