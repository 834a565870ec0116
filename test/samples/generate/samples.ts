import { ga4 } from "./ga4/ga4.ts";
import { googleAds } from "./google-ads/google-ads.ts";
import { hanbit, hanbitGoogle, hanbitMeta, hanbitNaver, hanbitSearches } from "./hanbit.ts";
import {
  hanbitFacebook,
  hanbitInstagram,
  hanbitMail,
  hanbitPages,
  hanbitProperty,
  hanbitShop,
  hanbitSite,
  hanbitX,
} from "./hanbit-organic.ts";
import { mailchimp } from "./mailchimp.ts";
import { meta } from "./meta.ts";
import { naver } from "./naver.ts";
import { northwind, northwindGoogle, northwindMeta, northwindSearches } from "./northwind.ts";
import {
  northwindFacebook,
  northwindInstagram,
  northwindMail,
  northwindPages,
  northwindProperty,
  northwindShop,
  northwindSite,
  northwindX,
} from "./northwind-organic.ts";
import type { Output } from "./output.ts";
import { pageSeries } from "./page-series.ts";
import { facebookPosts } from "./posts/facebook.ts";
import { instagramPosts } from "./posts/instagram.ts";
import { xPosts } from "./posts/x.ts";
import { searchConsole } from "./search-console.ts";
import { shop } from "./shop.ts";
import { truth } from "./truth.ts";
import { xOverview } from "./x-overview.ts";

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
    },
    out,
  );
  naver(hanbit, hanbitNaver, out);
  meta({ business: hanbit, account: "act_1029384756", name: "한빛커피", language: "ko", campaigns: hanbitMeta }, out);
  searchConsole(hanbitSite, out);
  ga4(hanbitProperty, out);
  facebookPosts(hanbitFacebook, out);
  instagramPosts(hanbitInstagram, out);
  for (const page of hanbitPages) pageSeries(page, out);
  xOverview(hanbitX, out);
  xPosts(hanbitX, out);
  mailchimp(hanbitMail, out);
  shop(hanbitShop, out);
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
    },
    out,
  );
  searchConsole(northwindSite, out);
  ga4(northwindProperty, out);
  facebookPosts(northwindFacebook, out);
  instagramPosts(northwindInstagram, out);
  for (const page of northwindPages) pageSeries(page, out);
  xOverview(northwindX, out);
  xPosts(northwindX, out);
  mailchimp(northwindMail, out);
  shop(northwindShop, out);
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
