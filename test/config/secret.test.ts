// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets, as people write them
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { secret } from "../../config/secret.ts";
import { nextStep, sayProblem } from "../../transforms/problem.ts";
import { AGENCY, CLIENT, home, judged } from "./home.ts";

const CANARY = "canary-7f3a-password";

describe("a secret", () => {
  it("is read at each use, so that it can rotate", () => {
    const path = join(home({}), "smtp");
    writeFileSync(path, `${CANARY}\n`);
    const reference = `\${file:${path}}`;
    expect(secret(reference, {}).reveal()).toBe(CANARY);
    writeFileSync(path, "another");
    expect(secret(reference, {}).reveal()).toBe("another");
  });

  it("prints itself nowhere", () => {
    const held = secret("${env:PASS}", { PASS: CANARY });
    const printed = [
      `${held}`,
      String(held),
      JSON.stringify({ held }),
      inspect({ held }, { depth: 9, showHidden: true }),
      held.toString(),
    ].join();
    expect(printed).not.toContain(CANARY);
    expect(printed).toContain("[redacted]");
    expect(held.reveal()).toBe(CANARY);
  });

  it("that is not there is said by its name", () => {
    expect(() => secret("${env:PASS}", {})).toThrow("PASS is not set");
    expect(() => secret("${env:PASS}", { PASS: "" })).toThrow("PASS is empty");
    expect(() => secret("${file:/nowhere/at/all}", {})).toThrow("/nowhere/at/all");
  });

  it("may not be written into agency.yaml, and what was written there is not repeated", async () => {
    const { config } = await judged(CLIENT, { agency: AGENCY.replace("${env:SMTP_PASS}", CANARY) });
    expect(config.agency).toBeNull();
    const [problem] = config.problems;
    expect(problem).toMatchObject({ code: "CONFIG_SECRET_LITERAL", line: 4 });
    const texts = config.problems.flatMap((each) => [
      sayProblem(each, "ko"),
      nextStep(each, "ko"),
      sayProblem(each, "en"),
      nextStep(each, "en"),
      JSON.stringify(each),
    ]);
    expect(texts.join()).not.toContain(CANARY);
  });
});
