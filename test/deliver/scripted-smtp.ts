import { type AddressInfo, createServer, type Socket } from "node:net";

/** What the server does instead of taking every message. */
export interface Script {
  greeting?: string | "silent";
  /** Extensions announced after EHLO. */
  offers?: string[];
  auth?: string;
  /** The reply for one recipient; 250 where it says nothing, and no reply at all for "". */
  recipient?: (address: string) => string | undefined;
  data?:
    | "die in the middle"
    | "die after storing"
    | "die without storing"
    | "silent after storing"
    | "trickle after storing"
    | "close after 250";
  /** The reply after the final dot, without storing. */
  refusal?: string;
}

export interface Taken {
  to: string[];
  data: string;
}

/** Where a conversation stands: before the greeting, the first recipient's answer, the go-ahead for the message, with
 * the whole message but before keeping it, before the answer to it, and after that. */
export type Stage = "greeting" | "recipient" | "data" | "dot" | "stored" | "answered";

/** What is done beside the conversation. */
export interface Hooks {
  /** The conversation goes on when this has ended. */
  at?(stage: Stage): Promise<void>;
  /** Keeps a message; the server says that it has it only afterwards. */
  keep?(message: Taken): void;
}

/** A mail server that misbehaves as told, to find out what the sender makes of it. */
export interface ScriptedServer {
  port: number;
  script: Script;
  /** Messages that the server keeps, whether or not it could say so. */
  taken: Taken[];
  commands: string[];
  /** May be changed for conversations to come. */
  hooks: Hooks;
  close(): Promise<void>;
}

type Scripted = Omit<ScriptedServer, "port" | "close">;

export async function scriptedSmtp(script: Script = {}, hooks: Hooks = {}): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const scripted: Scripted = { script, hooks, taken: [], commands: [] };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    // A sender that breaks off ends the conversation.
    converse(socket, scripted).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(scripted, {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  });
}

async function converse(socket: Socket, scripted: Scripted): Promise<void> {
  const incoming = reader(socket);
  const { at, keep } = scripted.hooks;
  let to: string[] = [];
  const reply = (line: string) => socket.write(`${line}\r\n`);

  if (scripted.script.greeting === "silent") return;
  await at?.("greeting");
  reply(scripted.script.greeting ?? "220 ready");
  for (let line = await incoming.until("\r\n"); line !== null; line = await incoming.until("\r\n")) {
    const { script } = scripted;
    scripted.commands.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
    if (verb === "EHLO") {
      const offers = ["scripted", ...(script.offers ?? [])];
      for (const [at, offer] of offers.entries()) reply(`250${at === offers.length - 1 ? " " : "-"}${offer}`);
    } else if (verb === "AUTH") reply(script.auth ?? "235 welcome");
    else if (verb === "RCPT") {
      if (to.length === 0) await at?.("recipient");
      const refusal = script.recipient?.(address);
      if (refusal === undefined) to.push(address);
      if (refusal !== "") reply(refusal ?? "250 ok");
    } else if (verb === "DATA") {
      if (to.length > 0) await at?.("data");
      reply(to.length > 0 ? "354 go on" : "554 no recipients");
      if (to.length === 0) continue;
      if (script.data === "die in the middle") {
        await incoming.some();
        return void socket.destroy();
      }
      const data = await incoming.until("\r\n.\r\n");
      if (data === null) return;
      await at?.("dot");
      await finish({ to, data: `${data}\r\n`.replaceAll("\r\n..", "\r\n.") });
      to = [];
    } else if (verb === "STAR") reply("502 not here");
    else if (verb === "QUIT") socket.end("221 bye\r\n");
    else reply("250 ok");
  }

  async function finish(message: Taken): Promise<void> {
    const { script, taken } = scripted;
    if (script.refusal) return void reply(script.refusal);
    if (script.data === "die without storing") return void socket.destroy();
    taken.push(message);
    keep?.(message);
    await at?.("stored");
    if (script.data === "silent after storing") return;
    if (script.data === "trickle after storing") {
      const trickle = setInterval(() => reply("250-wait"), 50);
      return void socket.on("close", () => clearInterval(trickle));
    }
    if (script.data === "die after storing") return void socket.destroy();
    if (script.data === "close after 250") return void socket.end("250 stored\r\n");
    reply("250 stored");
    await at?.("answered");
  }
}

/** What comes in, piece by piece. */
function reader(socket: Socket) {
  const chunks = socket.setEncoding("latin1")[Symbol.asyncIterator]();
  let pending = "";
  const more = async (): Promise<boolean> => {
    const { value, done } = await chunks.next();
    if (!done) pending += value;
    return !done;
  };
  return {
    /** The text before a mark, which is passed over; null when the sender ends before it. */
    async until(mark: string): Promise<string | null> {
      // What was searched is not searched again, however long the message grows.
      for (let from = 0; ; ) {
        const end = pending.indexOf(mark, from);
        if (end >= 0) {
          const text = pending.slice(0, end);
          pending = pending.slice(end + mark.length);
          return text;
        }
        from = Math.max(0, pending.length - mark.length);
        if (!(await more())) return null;
      }
    },
    /** Waits until there is something. */
    async some(): Promise<void> {
      while (pending === "" && (await more()));
    },
  };
}

/** How many copies each address got. */
export function copies(taken: readonly Taken[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const address of taken.flatMap(({ to }) => to)) counts[address] = (counts[address] ?? 0) + 1;
  return counts;
}
