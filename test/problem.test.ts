import { describe, expect, it } from "vitest";
import { problem, sayProblem } from "../transforms/problem.ts";

describe("a problem in words", () => {
  it.each([
    ["agency.yaml", "agency.yaml이"],
    ["team", "team이"],
    ["한빛.csv", "한빛.csv가"],
    ["127.0.0.1", "127.0.0.1이"],
    ["report 2", "report 2가"],
    ["Campaign report (1)", "Campaign report (1)이"],
    ["파일", "파일이"],
    ["광고", "광고가"],
  ])("takes the Korean particle that follows from how %s is read", (file, read) => {
    expect(sayProblem(problem("LOAD_CUT_OFF", { file, line: 3 }), "ko")).toContain(`${read} 3번째 줄`);
  });

  it("ends with one full stop where its evidence is a sentence, and keeps dots elsewhere", () => {
    const say = (why: string) => sayProblem(problem("FILE_UNREADABLE", { file: "a.csv", why }), "en");
    expect(say("It is gone.")).toBe("a.csv cannot be read: It is gone.");
    expect(say("../b.csv is gone")).toBe("a.csv cannot be read: ../b.csv is gone.");
  });
});
