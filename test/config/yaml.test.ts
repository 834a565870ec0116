import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseYaml } from "../../config/yaml.ts";
import { CLIENT, judged } from "./home.ts";

const parse = (text: string | Uint8Array) => parseYaml(typeof text === "string" ? Buffer.from(text) : text, "a.yaml");
const said = (text: string | Uint8Array) =>
  parse(text).problems.map(({ code, line, column }) => `${code} ${line}:${column}`);

describe("a YAML file", () => {
  it("keeps what YAML 1.1 would turn into something else", () => {
    expect(parse("a: no\nb: 2026-01-01\nc: 09:00\nd: 1_000\ne: 0o17").value).toEqual({
      a: "no",
      b: "2026-01-01",
      c: "09:00",
      d: "1_000",
      e: "0o17",
    });
  });

  it("keeps a number as text where a number would lose what was written", () => {
    expect(parse("a: 123456789012345678901\nb: 1.10\nc: 12000000\nd: -3.5").value).toEqual({
      a: "123456789012345678901",
      b: "1.10",
      c: 12000000,
      d: -3.5,
    });
  });

  it("is read with or without a byte order mark", () => {
    expect(parse("\uFEFFa: 1").value).toEqual({ a: 1 });
  });

  it("gives `__proto__` and `constructor` no power", () => {
    const { value } = parse("__proto__: { polluted: true }\nconstructor: 1");
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ["a key twice", "a: 1\nb: 2\na: 3", "CONFIG_YAML_TWICE 3:1"],
    ["a bracket that stays open", "a: [1, 2\nb: 3", "CONFIG_YAML 2:1"],
    ["a tab as indentation", "a:\n\tb: 1", "CONFIG_YAML 2:1"],
    ["an anchor", "a: 1\nb: &x { c: 1 }", "CONFIG_YAML_EXTRA 2:4"],
    ["an alias", "a: *x", "CONFIG_YAML_EXTRA 1:4"],
    ["a tag", "a:\n  - !!binary aGk=", "CONFIG_YAML_EXTRA 2:5"],
    ["a merge key", "a: &x {b: 1}\nc: { <<: *x }", "CONFIG_YAML_EXTRA 1:4"],
    ["bytes that are no UTF-8", new Uint8Array([0x61, 0x3a, 0x20, 0xc7, 0xd1]), "CONFIG_NOT_UTF8 1:1"],
    ["more than 256 kB", `a: ${"x".repeat(256 * 1024)}`, "CONFIG_TOO_LARGE 1:1"],
    ["two documents", "a: 1\n---\nb: 2", "CONFIG_YAML 2:1"],
  ])("is refused with %s, at its place", (_, text, expected) => {
    expect(said(text)[0]).toBe(expected);
  });

  it("may hold the signs of anchors, aliases and tags inside texts", () => {
    expect(parse('a: google-ads/*\nb: "R&D *now* !"\nc: cost * 1000 / impressions\nd: A&B').problems).toEqual([]);
  });

  it("knows where each value stands", () => {
    const file = parse(
      "client: 한빛\nchannels:\n  ppc:\n    kpis: [cost, ctr]\n    goals:\n      - { kpi: roas }\n    to:\n",
    );
    const at = (...path: PropertyKey[]) => {
      const { line, column } = file.place(path);
      return `${line}:${column}`;
    };
    expect(at("client")).toBe("1:9");
    expect(at("channels", "ppc", "kpis", 1)).toBe("4:18");
    expect(at("channels", "ppc", "goals", 0, "kpi")).toBe("6:16");
    expect(at("channels", "ppc", "goals", 0, "owner"), "absent: its entry").toBe("6:9");
    expect(at("channels", "ppc", "to"), "empty: behind its key").toBe("7:8");
    expect(at("recipients"), "absent: the file").toBe("1:1");
    expect(file.place(["channels", "ppc"], "key")).toMatchObject({ line: 3, column: 3 });
  });

  it("takes less than a second of work, whatever floods it", () => {
    const floods = [
      Array.from({ length: 15_000 }, (_, index) => `k${index}: &a${index} 1`).join("\n"),
      "[\n".repeat(100_000),
      "[".repeat(200_000),
      "- ".repeat(100_000),
      "a: ".repeat(60_000),
      "{a: ".repeat(50_000),
      `a: ${'"'.repeat(100_000)}`,
    ];
    for (const flood of floods) {
      const started = process.cpuUsage().user;
      expect(said(flood).length).toBeGreaterThan(0);
      expect(process.cpuUsage().user - started, flood.slice(0, 20)).toBeLessThan(1_000_000);
    }
  });
});

describe("any text at all in place of a client.yaml", () => {
  it("is a problem with a line, never a crash", async () => {
    const lines = CLIENT.split("\n");
    const change = fc.tuple(
      fc.nat(lines.length - 1),
      fc.constantFrom("", "- ", "  x: 1", "]", "{", ": :", "\t", "__proto__: 1", "a: [", "'", "~", "0x", "? y"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const text = lines.map((line, index) => changes.findLast(([at]) => at === index)?.[1] ?? line).join("\n");
        const { config, client } = await judged(text);
        for (const problem of config.problems) expect(problem.line).toBeGreaterThan(0);
        expect(client !== null || config.problems.length > 0).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
