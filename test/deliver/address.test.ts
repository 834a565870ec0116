import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { domainOf, parseAddress, withinDomains } from "../../transforms/address.ts";

describe("an address", () => {
  it.each([
    ["ceo@hanbit.example", { name: "", address: "ceo@hanbit.example" }],
    ["김대표 <ceo@hanbit.example>", { name: "김대표", address: "ceo@hanbit.example" }],
    [
      "  Kim (CEO) <First.Last+tag@Mail.Hanbit.Example> ",
      { name: "Kim (CEO)", address: "First.Last+tag@mail.hanbit.example" },
    ],
  ])("is read from %j", (text, expected) => expect(parseAddress(text)).toEqual(expected));

  it.each([
    "",
    "ceo",
    "ceo@",
    "@hanbit.example",
    "ceo@localhost",
    "a@hanbit.example, b@rival.example",
    "a@hanbit.example; b@rival.example",
    "a@hanbit.example b@rival.example",
    "a@hanbit.example, evil <b@rival.example>",
    "team: a@hanbit.example;",
    '"a b"@hanbit.example',
    "a@evil(.).example",
    "a@b@hanbit.example",
    ".a@hanbit.example",
    "a..b@hanbit.example",
    "a@-hanbit.example",
    "a@hanbit..example",
    "a@[127.0.0.1]",
    "김@hanbit.example",
    "ceo@한빛.example",
    "김 <a@hanbit.example> <b@hanbit.example>",
    "a\r\nBcc: b@rival.example <a@hanbit.example>",
    "a\u202eb <a@hanbit.example>",
    `${"a".repeat(65)}@hanbit.example`,
  ])("is not %j", (text) => expect(parseAddress(text)).toBeNull());

  it("that is read is one plain mailbox, and reads the same again", () => {
    const risky = fc.string({ unit: fc.constantFrom(...'ab.@<>,;:()"\\ \r\n-한é', "hanbit.example"), maxLength: 30 });
    fc.assert(
      fc.property(
        fc.oneof(
          risky,
          risky.map((text) => `${text}@hanbit.example`),
          risky.map((text) => `${text} <a@hanbit.example>`),
        ),
        (text) => {
          const parsed = parseAddress(text);
          fc.pre(parsed !== null);
          expect(parsed?.address).toMatch(/^[^\s@<>,;:()"\\]+@[a-z0-9.-]+$/);
          expect(parseAddress(parsed?.address ?? "")).toEqual({ name: "", address: parsed?.address });
        },
      ),
    );
  });

  it("lies in its own domain alone", () => {
    expect(domainOf("A@Hanbit.Example")).toBe("hanbit.example");
    expect(withinDomains("a@hanbit.example", ["Hanbit.example"])).toBe(true);
    expect(withinDomains("a@sub.hanbit.example", ["hanbit.example"])).toBe(false);
    expect(withinDomains("a@nothanbit.example", ["hanbit.example"])).toBe(false);
    expect(withinDomains("a@hanbit.example", [])).toBe(false);
  });
});
