import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../jobs/clock.ts";
import { run } from "../../jobs/commands/run.ts";
import type { Context } from "../../jobs/context.ts";
import type { Outgoing } from "../../jobs/deliver/deliver.ts";
import type { Sending } from "../../jobs/send.ts";
import { BogoError } from "../../transforms/problem.ts";
import type { Canary } from "./estate.ts";
import { scene } from "./scene.ts";

/** What the program's own functions are given and give, as it is until a test puts another client's in its place. */
const passes = vi.hoisted(() => ({
  warehouse: (client: string): string => client,
  sending: (sending: Sending): Sending => sending,
  messages: (messages: Outgoing[]): Outgoing[] => messages,
}));

vi.mock(import("../../jobs/open.ts"), async (original) => {
  const open = await original();
  const withWarehouse: typeof open.withWarehouse = (client, ...rest) =>
    open.withWarehouse(passes.warehouse(client), ...rest);
  return { ...open, withWarehouse };
});
vi.mock(import("../../jobs/send.ts"), async (original) => {
  const send = await original();
  const messagesFor: typeof send.messagesFor = async (sending, ...rest) =>
    passes.messages(await send.messagesFor(passes.sending(sending), ...rest));
  return { ...send, messagesFor };
});
const healthy = { ...passes };
afterEach(() => void Object.assign(passes, healthy));

interface Case {
  own: Canary;
  other: Canary;
  inbox: string;
  /** What the other client's report, made before, was made of and sent as. */
  before: Sending;
  sent: readonly Outgoing[];
}

/** Makes one client's report in this process after another's, with something of the other's put into it. */
async function reportWith(mutate: (at: Case) => void): Promise<{ said: string; foreign: number }> {
  await using stage = await scene({ clients: 2, made: null });
  const [own, other] = stage.estate.clients as [Canary, Canary];
  const at = stage.renew();
  const said: string[] = [];
  const inbox = join(stage.folder, "inbox");
  const context: Context = {
    roots: { config: join(stage.folder, "config"), inbox, state: at.state, out: `${at.state}.out` },
    lang: "en",
    env: { SMTP_PORT: String(stage.sink.port) },
    clock: systemClock(),
    terminal: false,
    print: (text) => void said.push(text),
    tell: (text) => void said.push(text),
  };
  const before: Sending[] = [];
  const sent: Outgoing[] = [];
  passes.messages = (messages) => {
    sent.push(...messages);
    return messages;
  };
  passes.sending = (sending) => {
    before.push(sending);
    return sending;
  };
  await run(context, other.slug, "ppc", {});
  Object.assign(passes, healthy);
  said.length = 0;

  mutate({ own, other, inbox, before: before[0] as Sending, sent });
  await run(context, own.slug, "ppc", {}).catch((error: unknown) => {
    if (!(error instanceof BogoError)) throw error;
    said.push(...error.problems.map(({ code }) => code));
  });
  return { said: said.join("\n"), foreign: (await at.judge()).foreign };
}

/** By which guard each is stopped, in the words of the problem catalogue. */
const mutants: [string, RegExp, (at: Case) => void][] = [
  [
    "another client's warehouse",
    /WAREHOUSE_FOREIGN/,
    ({ other }) => {
      passes.warehouse = () => other.slug;
    },
  ],
  [
    "another client's export",
    /FILE_ACCOUNT_DIFFERS/,
    ({ own, other, inbox }) => {
      const name = (client: Canary) => join(inbox, client.slug, "google-ads", `Campaign report ${client.word}.csv`);
      copyFileSync(name(other), name(own));
    },
  ],
  [
    "another client's recipients",
    /is outside the mail domains that reports of/,
    ({ before }) => {
      passes.sending = (sending) => ({ ...sending, def: { ...sending.def, audiences: before.def.audiences } });
    },
  ],
  [
    "another client's workbook",
    /its Excel says/,
    ({ before: { documents } }) => {
      passes.sending = ({ documents: own, ...sending }) => ({
        ...sending,
        documents: { ...own, excel: documents.excel },
      });
    },
  ],
  [
    "another client's words",
    /its HTML says/,
    ({ before: { documents } }) => {
      passes.sending = ({ documents: own, ...sending }) => ({
        ...sending,
        documents: { ...own, mail: documents.mail },
      });
    },
  ],
  [
    "another client's whole mail",
    /its To says|its X-Report-Run says/,
    ({ sent }) => {
      passes.messages = (own) => own.map((each, at) => ({ ...each, bytes: sent[at]?.bytes ?? each.bytes }));
    },
  ],
  [
    "the readers of its other audience",
    /its To says/,
    () => {
      passes.messages = ([client, team]) =>
        client && team
          ? [
              { ...client, recipients: team.recipients },
              { ...team, recipients: client.recipients },
            ]
          : [];
    },
  ],
];

describe("a report that would hold or reach", { timeout: 300_000 }, () => {
  it("nothing of another client's goes out", async () => {
    expect(await reportWith(() => {})).toMatchObject({ said: expect.stringContaining("accepted"), foreign: 0 });
  });

  it.each(mutants)("%s does not go out", async (_, guard, mutate) => {
    const { said, foreign } = await reportWith(mutate);
    expect(said).toMatch(guard);
    expect(foreign).toBe(0);
  });
});
