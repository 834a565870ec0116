import { expect, it } from "vitest";
import { renderEmail } from "../../templates/email/render.ts";
import { koreanWeekly } from "../fixtures/report.ts";
import { broken } from "./outlook.ts";

const { html: markup } = renderEmail(koreanWeekly, {
  chart: { cid: "trend", width: 552, height: 222, alt: "ROAS" },
  attachments: [{ name: "리포트.pdf", size: 1000 }],
});

/** A mail that is fine, with one thing planted in it. */
const planted: readonly (readonly [string, string, string])[] = [
  ["Word keeps padding only in cells", "<h1 class", '<div style="padding:4px 0">x</div><h1 class'],
  ["Word ignores margins but those of texts", "<h1 class", '<div style="margin-top:8px">x</div><h1 class'],
  ["Word adds its own margins to texts", "<h1 class", "<p>x</p><h1 class"],
  ["Word drops the background shorthand", "<h1 class", '<div style="background:#ffffff">x</div><h1 class'],
  ["Word reads a ground from bgcolor", 'bgcolor="#ffffff"', ""],
  ["Word reads colours of six digits", "color:#111c2e", "color:#123"],
  ["Word knows no maximal width", "<h1 class", '<div style="max-width:600px">x</div><h1 class'],
  ["Word sizes pictures by their attributes", 'width="552" height="222"', 'width="552"'],
  ["Pictures stand as blocks", "display:block;width:100%", "width:100%"],
  ["A picture that is blocked", 'alt="ROAS"', 'alt=""'],
  ["Pictures are parts of the mail", 'src="cid:trend"', 'src="https://cdn.example/trend.png"'],
  ["A cell's width stands in its attribute", 'width="48" style="width:48px', 'style="width:48px'],
  ["Tables state that they have no borders", 'cellpadding="0" cellspacing="0" border="0" aria-label', "aria-label"],
  ["Screen readers pass over layout tables", ' aria-label="핵심 지표"', ""],
  ["A head cell says what it heads", '<th scope="col"', "<th"],
  ["Word and Gmail drop modern layout", "<h1 class", '<div style="display:flex">x</div><h1 class'],
  ["Word and Gmail know no variables", "font-size:20px", "font-size:2rem"],
  ["Nothing runs and nothing is fetched", "<h1 class", '<script src="x"><h1 class'],
  ["Below 12 pixels nobody reads", "font-size:20px", "font-size:11px"],
  ["Gmail clips above 102 kB", "<h1 class", `${"x".repeat(102_000)}<h1 class`],
  ["Gmail drops style sheets of more than 8 kB", "<style>", `<style>${".x{}".repeat(3000)}`],
  ["Word gets a table of fixed width", '<!--[if mso]><table role="presentation" width="600"', "<table"],
  ["Word takes Times", "'Malgun Gothic',Arial,sans-serif !important", "Helvetica !important"],
  ["Every conditional is closed", "</noscript>", "</noscript><!--[if mso]>"],
  ["What is hidden from all is hidden from Word", "overflow:hidden;mso-hide:all", "overflow:hidden"],
  ["Language, direction and one first heading", ' dir="ltr" xmlns', " xmlns"],
];

it("finds each thing that Outlook and Gmail would spoil", () => {
  expect(broken(markup)).toEqual([]);
  for (const [rule, found, put] of planted) {
    expect(markup, rule).toContain(found);
    expect(broken(markup.replace(found, put)).join("\n"), rule).toContain(rule);
  }
});
