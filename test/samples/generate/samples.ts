import { googleAds } from "./google-ads.ts";
import { hanbit, hanbitGoogle, hanbitMeta, hanbitNaver, hanbitSearches } from "./hanbit.ts";
import { meta } from "./meta.ts";
import { naver } from "./naver.ts";
import { northwind, northwindGoogle, northwindMeta, northwindSearches } from "./northwind.ts";
import type { Output } from "./output.ts";
import { truth } from "./truth.ts";

/** Both sample clients' exports and the truth about them, by path below the project's root. Every call gives the same bytes. */
export function samples(): Map<string, Uint8Array> {
  return new Map([
    ...client(hanbit.slug, hanbit.span.to, hanbitExports),
    ...client(northwind.slug, northwind.span.to, northwindExports),
  ]);
}

function hanbitExports(out: Output): void {
  googleAds(
    {
      business: hanbit,
      account: "123-456-7890",
      language: "ko",
      currency: "KRW",
      campaigns: hanbitGoogle,
      searches: hanbitSearches,
      site: "https://hanbit.example/",
      weeklyFrom: "2026-09-14",
    },
    out,
  );
  naver(hanbit, hanbitNaver, out);
  meta(
    {
      business: hanbit,
      account: "act_1029384756",
      name: "한빛커피",
      language: "ko",
      campaigns: hanbitMeta,
      weeklyFrom: "2026-09-14",
    },
    out,
  );
}

function northwindExports(out: Output): void {
  googleAds(
    {
      business: northwind,
      account: "987-654-3210",
      language: "en",
      currency: "USD",
      campaigns: northwindGoogle,
      searches: northwindSearches,
      site: "https://www.northwind.example/",
      weeklyFrom: "2026-09-07",
    },
    out,
  );
  meta(
    {
      business: northwind,
      account: "act_5647382910",
      name: "Northwind-Outfitters",
      language: "en",
      campaigns: northwindMeta,
      weeklyFrom: "2026-09-07",
    },
    out,
  );
}

function client(slug: string, last: string, exports: (out: Output) => void): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const out: Output = {
    truth: truth(),
    write(name, bytes) {
      const path = `inbox/${slug}/${name}`;
      if (files.has(path)) throw new Error(`${path} would be written twice.`);
      files.set(path, bytes);
    },
  };
  exports(out);
  for (const [name, text] of out.truth.files(last)) files.set(`test/samples/truth/${slug}/${name}`, Buffer.from(text));
  return files;
}
