import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { redact } from "../config/secret.ts";
import { cadences, type Locale } from "../transforms/metrics.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import { systemClock } from "./clock.ts";
import type { PreviewOptions } from "./commands/preview.ts";
import type { Target } from "./commands/rebuild.ts";
import type { Context } from "./context.ts";
import { rootsFrom } from "./roots.ts";

/** Runs one command and gives its exit code: 0 done, 1 a problem to fix, 2 wrong usage, 3 waiting, held or undone. */
export async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = programOf((result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { exitCode, sayProblems } = await import("./problems.ts");
    const { diskError, explainUnexpected } = await import("./unexpected.ts");
    const known = error instanceof BogoError ? error : diskError(error);
    const problems = known?.problems ?? [problem("COMMAND_UNEXPECTED", { why: explainUnexpected(error) })];
    // The stack is for whoever maintains the program; it never stands alone.
    const stack = known ? known.cause : error;
    const details = stack instanceof Error ? `\n\n${stack.stack}` : "";
    process.stderr.write(redact(`${sayProblems(problems, languageIn(program.opts().lang))}${details}\n`));
    return exitCode(problems.map((each) => each.code));
  }
}

/** The whole command line. Each command loads its code when it runs, so that help is instant. */
export function programOf(done: (code: number) => void): Command {
  const program = new Command("bogo")
    .description("Scheduled marketing reports: platform exports in, Excel, PDF and email out.")
    .option(
      "--home <folder>",
      "where config/, inbox/, state/ and out/ lie (or BOGO_CONFIG, BOGO_INBOX, BOGO_STATE, BOGO_OUT)",
    )
    .addOption(new Option("--lang <language>", "the language it speaks (default: the system's)").choices(["ko", "en"]))
    .showHelpAfterError("`--help` after a command shows how it is used.")
    .helpCommand(false)
    .exitOverride()
    .addHelpText("after", examples("bogo demo", "bogo check", "bogo run hanbit-coffee ppc --cadence weekly --dry-run"));

  const act = (work: (context: Context) => Promise<number>) => async (): Promise<void> => {
    const { home, lang } = program.opts<{ home?: string; lang?: string }>();
    done(
      await work({
        roots: rootsFrom(home, process.env),
        lang: languageIn(lang),
        env: process.env,
        clock: systemClock(),
        terminal: process.stderr.isTTY === true,
        print: (text) => void process.stdout.write(redact(`${text}\n`)),
        tell: (text) => void process.stderr.write(redact(`${text}\n`)),
      }),
    );
  };

  program
    .command("demo")
    .description("Sends the sample clients' newest reports to a mail server on this machine; shows what went where.")
    .addHelpText("after", examples("bogo demo", "npm run mail"))
    .action(act(async (context) => (await import("./commands/demo.ts")).demo(context)));

  program
    .command("check")
    .description(
      "Judges every config file and export; shows the next sends, who gets what and which exports are still missing. Changes nothing.",
    )
    .argument("[client]", "only this client")
    .addHelpText("after", examples("bogo check", "bogo check hanbit-coffee --lang ko"))
    .action((client?: string) =>
      act(async (context) => (await import("./commands/check.ts")).checkCommand(context, client))(),
    );

  program
    .command("inspect")
    .description("Shows what the program sees in these files. Changes nothing.")
    .argument("<file...>", "exports, in any order")
    .option("--json", "the whole answer, for programs")
    .option("--all", "every rejected line, period and gap, however many")
    .option("--in-order", "take the order of the command line for the order of extraction")
    .addHelpText(
      "after",
      examples('bogo inspect "Campaign report.csv"', "bogo inspect inbox/hanbit-coffee/naver/* --json"),
    )
    .action((files: string[], options: { json?: boolean; all?: boolean; inOrder?: boolean }) =>
      act(async (context) => {
        const { inspectCommand } = await import("./commands/inspect.ts");
        return inspectCommand(context, files, { ...options, columns: process.stdout.columns });
      })(),
    );

  const formats = program
    .command("formats")
    .description("Lists the exports that are known; with a platform, tells how its files are read.")
    .argument("[platform]", "only this platform, whole")
    .option("--json", "the list, for programs")
    .addHelpText("after", examples("bogo formats", "bogo formats naver_searchad --lang ko"))
    .action((platform: string | undefined, options: { json?: boolean }) =>
      act(async (context) => (await import("./commands/formats.ts")).formatsCommand(context, platform, options))(),
    );

  formats
    .command("draft")
    .description("Prints a first format file for an export that no platform's formats read. Changes nothing.")
    .argument("<file>", "the export")
    .option("--platform <name>", "what the platform is to be called in config (default: from the file's name)")
    .addHelpText(
      "after",
      examples(
        "bogo formats draft pins.csv --platform pinterest",
        "bogo formats draft pins.csv --platform pinterest --lang ko > config/formats/pinterest.yaml",
      ),
    )
    .action((file: string, options: { platform?: string }) =>
      act(async (context) => (await import("./commands/draft.ts")).draftCommand(context, file, options))(),
    );

  program
    .command("preview")
    .description(
      "Shows the newest period of a client's reports on a page, and again when a file changes. Sends nothing.",
    )
    .argument("<client>", "the name of its folder in config/clients")
    .argument("[report]", "only this report")
    .option("--period <period>", "2026-W12, 2026-03 or a day in it (default: the newest that is over and held)")
    .option("--once", "write the files of the newest complete period into out/ instead, and end")
    .option("--no-serve", "the same as --once")
    .option("--port <port>", "of the page, on this machine alone; 0 takes a free one", portOf, 0)
    .addHelpText(
      "after",
      examples(
        "bogo preview hanbit-coffee",
        "bogo preview hanbit-coffee ppc --lang ko",
        "bogo preview northwind-outfitters seo --period 2026-10 --once",
      ),
    )
    .action((client: string, report: string | undefined, options: PreviewOptions) =>
      act(async (context) => (await import("./commands/preview.ts")).preview(context, client, report, options))(),
    );

  program
    .command("run")
    .description("Makes one report now and sends it. Run again, it sends only what the first run could not.")
    .argument("<client>", "the name of its folder in config/clients")
    .argument("<report>", "its id: a channel such as ppc, or one of `reports:`")
    .addOption(new Option("--cadence <cadence>", "which, where the report has several").choices(cadences))
    .option("--period <period>", "2026-W12, 2026-03 or a day in it (default: the newest complete period)")
    .option("--dry-run", "build everything, send nothing")
    .option("--to <address>", "a test send to this address alone; the real report still counts as not sent")
    .option("--correct", "make it anew in place of what was made before; readers who have it get a correction")
    .addHelpText(
      "after",
      examples(
        "bogo run hanbit-coffee ppc --cadence weekly --period 2026-W44 --dry-run",
        "bogo run northwind-outfitters web --to smith@agency.example",
        "bogo run hanbit-coffee ppc --cadence weekly --period 2026-W44 --correct",
      ),
    )
    .action((client: string, report: string, options: object) =>
      act(async (context) => (await import("./commands/run.ts")).run(context, client, report, options))(),
    );

  program
    .command("tick")
    .description("Makes and sends everything that is due now, once: for an alarm clock outside, such as a CronJob.")
    .addHelpText("after", examples("bogo tick"))
    .action(act(async (context) => (await import("./commands/tick.ts")).tickCommand(context)));

  program
    .command("serve")
    .description("The daemon: looks each minute at what is due, and serves /healthz, /readyz and /metrics.")
    .option("--port <port>", "of these pages; 0 takes a free one", portOf, 8080)
    .option("--host <address>", "to listen on (default: this machine alone)")
    .addHelpText("after", examples("bogo serve", "bogo serve --port 9000 --host 0.0.0.0"))
    .action((options: { port: number; host?: string }) =>
      act(async (context) => (await import("./commands/serve.ts")).serve(context, options))(),
    );

  program
    .command("backfill")
    .description("Makes and sends the reports of periods that went by without one. What was sent is left as it is.")
    .argument("<client>", "the name of its folder in config/clients")
    .argument("<report>", "its id: a channel such as ppc, or one of `reports:`")
    .requiredOption("--from <period>", "the first: 2026-W12, 2026-03 or a day in it")
    .requiredOption("--to <period>", "the last, which has to be over")
    .addOption(new Option("--cadence <cadence>", "which, where the report has several").choices(cadences))
    .option("--dry-run", "only list the periods")
    .addHelpText(
      "after",
      examples("bogo backfill hanbit-coffee ppc --cadence weekly --from 2026-W40 --to 2026-W43 --dry-run"),
    )
    .action((client: string, report: string, options: { from: string; to: string }) =>
      act(async (context) => (await import("./commands/backfill.ts")).backfill(context, client, report, options))(),
    );

  program
    .command("work", { hidden: true })
    .description("What a tick begins: a process that works for the clients it is told.")
    .action(act(async (context) => (await import("./commands/work.ts")).workCommand(context)));

  program
    .command("history")
    .description("What was sent, waits, is held or failed, and why.")
    .argument("[client]", "only this client")
    .option("--limit <count>", "how many runs", countOf, 50)
    .option("--json", "the whole record, for programs")
    .addHelpText("after", examples("bogo history", "bogo history hanbit-coffee --json"))
    .action((client: string | undefined, options: { limit: number; json?: boolean }) =>
      act(async (context) => (await import("./commands/history.ts")).historyCommand(context, client, options))(),
    );

  program
    .command("add-client")
    .description("Writes a new client's client.yaml from a folder of its exports. Overwrites nothing.")
    .argument("<client>", "the name of its folder, such as hanbit-coffee")
    .argument("<folder>", "where exports of it lie")
    .option("--name <name>", "how reports call it")
    .addOption(new Option("--locale <locale>", "the language of its reports").choices(["ko-KR", "en-US"]))
    .option("--ae <person>", "its account executive, a key of `people` in agency.yaml")
    .addHelpText(
      "after",
      examples(
        "bogo add-client seorin-tea inbox/_shared --name 서린다원",
        "bogo add-client acme inbox/acme --ae smith",
      ),
    )
    .action((client: string, folder: string, options: { name?: string; locale?: Locale; ae?: string }) =>
      act(async (context) => (await import("./commands/add-client.ts")).addClient(context, client, folder, options))(),
    );

  program
    .command("accept")
    .description("Lists the exports that wait for a person, or lets some of them in: the next run loads them.")
    .argument("[number...]", "which of them")
    .option("--client <client>", "only this client's")
    .option("--all", "all that are listed")
    .option("--by <name>", "who accepts, for the record")
    .addHelpText(
      "after",
      examples("bogo accept", "bogo accept 3 4 --by lee", "bogo accept --all --client hanbit-coffee"),
    )
    .action((ids: string[], options: { client?: string; all?: boolean; by?: string }) =>
      act(async (context) => (await import("./commands/accept.ts")).accept(context, ids.map(countOf), options))(),
    );

  const remedies = () => import("./commands/remedies.ts");

  program
    .command("approve")
    .description("Lets the held mails of a report go, exactly as they were made, and sends them.")
    .argument("<run>", "the number in the first column of `bogo history`, or the run's name")
    .option("--by <name>", "who approves, for the record")
    .addHelpText(
      "after",
      examples("bogo approve 12 --by lee", "bogo approve hanbit-coffee.ppc.weekly.2026-10-26.r1 --by lee"),
    )
    .action((run: string, options: { by?: string }) =>
      act(async (context) => (await remedies()).approve(context, run, options))(),
    );

  program
    .command("hold")
    .description("Holds back the mails of a report that have not left yet, until somebody approves them.")
    .argument("<run>", "the number in the first column of `bogo history`, or the run's name")
    .option("--by <name>", "who holds it, for the record")
    .addHelpText("after", examples("bogo hold 12 --by lee"))
    .action((run: string, options: { by?: string }) =>
      act(async (context) => (await remedies()).hold(context, run, options))(),
    );

  program
    .command("resolve")
    .description("Settles a mail of which nobody knows whether it arrived: it did, or it is sent once more.")
    .argument("<delivery>", "the number that `bogo history` names below it", countOf)
    .option("--sent", "it arrived")
    .option("--resend", "it did not: send the same mail again")
    .option("--by <name>", "who says so, for the record")
    .addHelpText("after", examples("bogo resolve 31 --sent --by lee", "bogo resolve 31 --resend --by lee"))
    .action((delivery: number, options: { sent?: boolean; resend?: boolean; by?: string }) =>
      act(async (context) => (await remedies()).resolve(context, delivery, options))(),
    );

  program
    .command("resend")
    .description(
      "Sends the stored mail again: to whom it could not be delivered, or, where all have it, to all of them.",
    )
    .argument("<run>", "the number in the first column of `bogo history`, or the run's name")
    .option("--to <address>", "only this one of its recipients, whether or not it was delivered")
    .option("--by <name>", "who asks for it, for the record")
    .addHelpText("after", examples("bogo resend 12 --by lee", "bogo resend 12 --to ceo@hanbit.example"))
    .action((run: string, options: { to?: string; by?: string }) =>
      act(async (context) => (await remedies()).resend(context, run, options))(),
    );

  program
    .command("rebuild")
    .description("Builds a client's warehouse anew from the archived exports, or moves it to another engine.")
    .argument("<client>", "the name of its folder in config/clients")
    .addOption(
      new Option("--warehouse <engine>", "move there, if every sum stays the same").choices(["duckdb", "bigquery"]),
    )
    .addHelpText("after", examples("bogo rebuild hanbit-coffee", "bogo rebuild hanbit-coffee --warehouse bigquery"))
    .action((client: string, options: { warehouse?: Target }) =>
      act(async (context) => (await import("./commands/rebuild.ts")).rebuild(context, client, options))(),
    );

  program
    .command("export")
    .description("Writes a client's figures as tidy CSV and Parquet, a file for each cut, for Tableau and others.")
    .argument("<client>", "the name of its folder in config/clients")
    .requiredOption("--to <folder>", "where the files go; an earlier extract of the same client is replaced")
    .addHelpText("after", examples("bogo export hanbit-coffee --to /data/tableau/hanbit-coffee"))
    .action((client: string, { to }: { to: string }) =>
      act(async (context) => (await import("./commands/export.ts")).exportCommand(context, client, to))(),
    );

  const ledger = program
    .command("ledger")
    .description("The ledger's backups and soundness: backup, restore, verify, resume.")
    .addHelpText("after", examples("bogo ledger backup", "bogo ledger verify"));
  const ledgerCommands = () => import("./commands/ledger.ts");

  ledger
    .command("backup")
    .description("Copies the ledger while it is in use, and checks the copy.")
    .argument("[file]", "where to (default: into backup/ of the state folder)")
    .addHelpText("after", examples("bogo ledger backup", "bogo ledger backup /backups/ledger.sqlite"))
    .action((file?: string) => act(async (context) => (await ledgerCommands()).backupCommand(context, file))());

  ledger
    .command("restore")
    .description("Puts a backup in the ledger's place. Sending then waits for `bogo ledger resume`.")
    .argument("<backup>", "a file that `bogo ledger backup` made, or one of state/backup/")
    .addHelpText("after", examples("bogo ledger restore state/backup/ledger.v2.sqlite"))
    .action((file: string) => act(async (context) => (await ledgerCommands()).restoreCommand(context, file))());

  ledger
    .command("verify")
    .description("Judges the ledger and the hash of every stored mail. Changes nothing.")
    .addHelpText("after", examples("bogo ledger verify"))
    .action(act(async (context) => (await ledgerCommands()).verifyCommand(context)));

  ledger
    .command("resume")
    .description("Lets reports leave again after the ledger was restored.")
    .option("--by <name>", "who has compared it with what was really sent, for the record")
    .addHelpText("after", examples("bogo ledger resume --by lee"))
    .action(({ by }: { by?: string }) => act(async (context) => (await ledgerCommands()).resumeCommand(context, by))());

  program
    .command("erase")
    .description("Erases what is held of a client that has left the config; lists what remains elsewhere.")
    .argument("<client>", "the name that its folder in config/clients had")
    .option("--yes", "really erase; without it, only says what would go")
    .option("--by <name>", "who asked for it, for the record")
    .addHelpText("after", examples("bogo erase hanbit-coffee", "bogo erase hanbit-coffee --yes --by lee"))
    .action((client: string, options: { yes?: boolean; by?: string }) =>
      act(async (context) => (await import("./commands/erase.ts")).eraseCommand(context, client, options))(),
    );

  program
    .command("mail")
    .description("Opens the mails of the last demo in a web inbox on this machine.")
    .addHelpText("after", examples("npm run mail"))
    .action(act(async (context) => (await import("./commands/mail.ts")).mail(context)));

  return program;
}

const examples = (...lines: string[]): string => `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("Write a whole number from 1.");
  return count;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("Write a port, 0 to 65535.");
  return port;
}

/** The language asked for, else the system's: Korean where the locale is, English elsewhere. */
function languageIn(asked: string | undefined): "ko" | "en" {
  if (asked === "ko" || asked === "en") return asked;
  const { BOGO_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (BOGO_LANG || LC_ALL || LC_MESSAGES || LANG || "en").startsWith("ko") ? "ko" : "en";
}
