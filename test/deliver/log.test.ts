import { describe, expect, it } from "vitest";
import { secret } from "../../config/secret.ts";
import { dayIn, fixedClock, later, mailDate, systemClock } from "../../jobs/clock.ts";
import { createLog, maskAddresses } from "../../jobs/log.ts";

async function lines(terminal: boolean) {
  const written: string[] = [];
  const log = await createLog({
    clock: fixedClock("2026-11-02T00:00:00Z"),
    terminal,
    write: (line) => written.push(line),
    run: "7f3a01c2",
    key: "key",
  });
  return { log, written };
}

describe("the log", () => {
  it("writes one JSON object a line in a container", async () => {
    const { log, written } = await lines(false);
    log.info("report.sent", { report: "hanbit-coffee.ppc.weekly.2026-10-26.r1", recipients: 4 });
    expect(JSON.parse(written[0] ?? "")).toEqual({
      level: "info",
      time: "2026-11-02T00:00:00.000Z",
      event: "report.sent",
      run: "7f3a01c2",
      report: "hanbit-coffee.ppc.weekly.2026-10-26.r1",
      recipients: 4,
    });
    expect(written[0]?.endsWith("\n")).toBe(true);
  });

  it("masks addresses wherever they stand, and still tells them apart", async () => {
    const { log, written } = await lines(false);
    log.warn("mail.deferred", {
      to: ["ceo@hanbit.example"],
      answer: "450 <CMO@hanbit.example> later",
      cause: new Error("no ceo@hanbit.example"),
    });
    expect(written.join()).not.toMatch(/ceo@|cmo@/i);
    expect(JSON.parse(written[0] ?? "")).toMatchObject({
      to: [expect.stringMatching(/^c\*\*\*@hanbit\.example#[0-9a-f]{6}$/)],
    });
    const mask = (address: string, key = "key") => maskAddresses(address, key);
    expect(mask("ceo@hanbit.example")).toBe(mask("CEO@hanbit.example").replace("C", "c"));
    expect(mask("ceo@hanbit.example")).not.toBe(mask("cmo@hanbit.example"));
    expect(mask("ceo@hanbit.example")).not.toBe(mask("ceo@hanbit.example", "another"));
  });

  it("leaves secrets out, by name and by value, in both forms", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, as people write it
    secret("${env:PASS}", { PASS: "canary-1" }).reveal();
    for (const terminal of [true, false]) {
      const { log, written } = await lines(terminal);
      log.error(
        "smtp",
        { pass: "canary-2", nested: { apiToken: "canary-3" }, answer: "535 canary-1 wrong" },
        terminal ? "login canary-1" : undefined,
      );
      log.info("plain", { password: "canary-2", text: "canary-1" });
      expect(written.join()).not.toContain("canary");
    }
  });

  it("tells a person at a terminal the sentence, or else the event and its facts", async () => {
    const { log, written } = await lines(true);
    log.info("report.sent", { recipients: 4 }, "한빛커피 광고 주간 리포트를 4명에게 보냈습니다.");
    log.info("report.built", { report: "ppc", ms: 12 });
    expect(written).toEqual(["한빛커피 광고 주간 리포트를 4명에게 보냈습니다.\n", "report.built report=ppc ms=12\n"]);
  });
});

describe("the clock", () => {
  it("gives instants that compare as text", () => {
    expect(fixedClock("2026-11-02T09:00:00+09:00").now()).toBe("2026-11-02T00:00:00.000Z");
    expect(systemClock().now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(later("2026-11-01T23:59:59.999Z", 1)).toBe("2026-11-02T00:00:00.000Z");
  });

  it("knows the local day, whatever the machine's zone", () => {
    expect(dayIn("Asia/Seoul", "2026-11-01T15:00:00.000Z")).toBe("2026-11-02");
    expect(dayIn("America/New_York", "2026-11-01T03:59:59.000Z")).toBe("2026-10-31");
    expect(mailDate("2026-11-02T00:00:00.000Z")).toBe("Mon, 02 Nov 2026 00:00:00 +0000");
  });
});
