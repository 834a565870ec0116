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

/** A mail server that misbehaves as told, to find out what the sender makes of it. */
export interface ScriptedServer {
  port: number;
  script: Script;
  /** Messages that the server keeps, whether or not it could say so. */
  taken: Taken[];
  commands: string[];
  close(): Promise<void>;
}

export async function scriptedSmtp(script: Script = {}): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const scripted: Omit<ScriptedServer, "port" | "close"> = { script, taken: [], commands: [] };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    if (scripted.script.greeting === "silent") return;
    socket.write(`${scripted.script.greeting ?? "220 ready"}\r\n`);
    converse(socket, scripted);
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

function converse(socket: Socket, scripted: Omit<ScriptedServer, "port" | "close">): void {
  let pending = "";
  let data: string[] | null = null;
  let to: string[] = [];
  const reply = (line: string) => socket.write(`${line}\r\n`);

  socket.setEncoding("latin1").on("data", (chunk: string) => {
    pending += chunk;
    for (;;) {
      if (data !== null) {
        if (scripted.script.data === "die in the middle") return void socket.destroy();
        const end = pending.indexOf("\r\n.\r\n");
        if (end < 0) {
          // What cannot hold the final dot is put aside, so that a long message is not searched again and again.
          data.push(pending.slice(0, -4));
          pending = pending.slice(-4);
          return;
        }
        data.push(pending.slice(0, end + 2));
        pending = pending.slice(end + 5);
        finish(socket, scripted, { to, data: data.join("").replaceAll("\r\n..", "\r\n.") });
        [data, to] = [null, []];
        continue;
      }
      const end = pending.indexOf("\r\n");
      if (end < 0) return;
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      scripted.commands.push(line);
      const verb = line.slice(0, 4).toUpperCase();
      const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
      if (verb === "EHLO") {
        const offers = ["scripted", ...(scripted.script.offers ?? [])];
        for (const [at, offer] of offers.entries()) reply(`250${at === offers.length - 1 ? " " : "-"}${offer}`);
      } else if (verb === "AUTH") reply(scripted.script.auth ?? "235 welcome");
      else if (verb === "RCPT") {
        const refusal = scripted.script.recipient?.(address);
        if (refusal === undefined) to.push(address);
        if (refusal !== "") reply(refusal ?? "250 ok");
      } else if (verb === "DATA") {
        reply(to.length > 0 ? "354 go on" : "554 no recipients");
        if (to.length > 0) data = [];
      } else if (verb === "STAR") reply("502 not here");
      else if (verb === "QUIT") socket.end("221 bye\r\n");
      else reply("250 ok");
    }
  });
}

function finish(socket: Socket, { script, taken }: Pick<ScriptedServer, "script" | "taken">, message: Taken): void {
  if (script.refusal) return void socket.write(`${script.refusal}\r\n`);
  if (script.data === "die without storing") return void socket.destroy();
  taken.push(message);
  if (script.data === "silent after storing") return;
  if (script.data === "trickle after storing") {
    const trickle = setInterval(() => socket.write("250-wait\r\n"), 50);
    socket.on("close", () => clearInterval(trickle));
    return;
  }
  if (script.data === "die after storing") return void socket.destroy();
  if (script.data === "close after 250") return void socket.end("250 stored\r\n");
  socket.write("250 stored\r\n");
}

/** How many copies each address got. */
export function copies(taken: readonly Taken[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const address of taken.flatMap(({ to }) => to)) counts[address] = (counts[address] ?? 0) + 1;
  return counts;
}
