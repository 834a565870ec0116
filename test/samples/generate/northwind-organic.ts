import type { Property } from "./ga4/visits.ts";
import type { MailAccount } from "./mailchimp.ts";
import { northwind } from "./northwind.ts";
import type { Page } from "./page-series.ts";
import type { Feed } from "./posts/posts.ts";
import type { Site } from "./search-console.ts";
import type { Shop } from "./shop.ts";
import type { XAccount } from "./x-overview.ts";

const site = "https://www.northwind.example";

export const northwindSite: Site = {
  business: northwind,
  account: "https://www.northwind.example/",
  prefix: "https___www.northwind.example_",
  language: "en",
  clicks: 930,
  ctr: 0.027,
  position: 13.2,
  climb: 2.1,
  queries: [
    ["northwind outfitters", 130, 1.2],
    ["northwind jackets", 58, 1.6],
    ["rain jacket", 44, 12.4],
    ["hiking pants", 41, 10.7],
    ["insulated jacket women", 33, 9.4],
    ["best rain shell", 30, 8.2],
    ["lightweight hiking pants", 27, 7.6],
    ["how to wash gore tex jacket", 26, 3.9],
    ["layering for winter hiking", 24, 4.8],
    ["packable down jacket", 22, 11.8],
    ["merino base layer", 20, 10.9],
    ["trail running jacket", 18, 13.3],
    ["waterproof vs water resistant", 17, 5.1],
    ["convertible trail pants", 15, 6.7],
    ["mens fleece jacket", 15, 14.6],
    ["northwind outfitters return policy", 13, 1.4],
    ["hiking gaiters", 12, 9.2],
    ["3 in 1 jacket", 11, 12.1],
    ["+size rain jacket", 9, 8.8],
    ["kids rain suit", 9, 11.1],
    ["alpaca hiking socks", 8, 7.9],
    ["down vs synthetic insulation", 8, 6.3],
    ["hiking outfit fall", 8, 9.9],
    ["=rain pants", 4, 10.3],
    ["northwind gift card", 6, 1.9],
    ["sun hoodie", 6, 12.7],
    ["winter hiking gloves", 6, 10.4],
    ["softshell jacket", 5, 15.2],
    ["camp shirt", 4, 16.1],
    ["windbreaker packable", 4, 13.4],
  ],
  movers: {
    "insulated jacket women": 1.8,
    "layering for winter hiking": 1.6,
    "rain jacket": 0.6,
    "hiking gaiters": 0.6,
  },
  pages: [
    [`${site}/`, 100],
    [`${site}/collections/jackets`, 66],
    [`${site}/collections/rain-gear`, 52],
    [`${site}/collections/hiking-pants`, 49],
    [`${site}/journal/wash-your-shell`, 33],
    [`${site}/journal/winter-layering`, 31],
    [`${site}/products/summit-down-jacket`, 28],
    [`${site}/products/packable-rain-shell`, 25],
    [`${site}/collections/base-layers`, 22],
    [`${site}/journal/waterproof-or-resistant`, 18],
    [`${site}/products/trail-convertible-pants`, 15],
    [`${site}/pages/returns`, 12],
    [`${site}/collections/kids`, 9],
    [`${site}/collections/sale?utm_source=nav,top`, 6],
  ],
  longWindows: [
    { from: "2025-08-01", to: "2026-06-27", downloaded: "2026-06-30" },
    { from: "2026-07-03", to: "2026-10-05", downloaded: "2026-10-08" },
  ],
};

export const northwindProperty: Property = {
  business: northwind,
  account: "properties/455666777",
  names: { account: "Northwind Outfitters", property: "northwind.example - GA4" },
  language: "en",
  channels: [
    { name: "Organic Search", sessions: 1520, engaged: 0.62, seconds: 74, purchases: 0.013 },
    { name: "Direct", sessions: 760, engaged: 0.58, seconds: 81, purchases: 0.021 },
    { name: "Cross-network", sessions: 610, engaged: 0.51, seconds: 48, purchases: 0.016 },
    { name: "Paid Search", sessions: 430, engaged: 0.6, seconds: 66, purchases: 0.022 },
    { name: "Paid Social", sessions: 540, engaged: 0.43, seconds: 33, purchases: 0.011 },
    { name: "Paid Shopping", sessions: 290, engaged: 0.55, seconds: 51, purchases: 0.015 },
    { name: "Email", sessions: 260, engaged: 0.69, seconds: 90, purchases: 0.031 },
    { name: "Organic Social", sessions: 190, engaged: 0.5, seconds: 41, purchases: 0.006 },
    { name: "Referral", sessions: 150, engaged: 0.6, seconds: 68, purchases: 0.01 },
    { name: "Unassigned", sessions: 44, engaged: 0.25, seconds: 13, purchases: 0.004 },
  ],
  pages: [
    ["/", 100, 28],
    ["/collections/jackets", 78, 52],
    ["/collections/rain-gear", 57, 50],
    ["/collections/hiking-pants", 54, 47],
    ["/cart", 36, 38],
    ["/products/summit-down-jacket", 34, 71],
    ["/journal/winter-layering", 27, 132],
    ["/products/packable-rain-shell", 25, 64],
    ["/checkout", 20, 101],
    ["/collections/base-layers", 19, 45],
    ["/journal/wash-your-shell", 18, 118],
    ["/checkout/complete", 10, 17],
    ["/pages/returns", 9, 55],
    ["/collections/kids", 8, 42],
    ["(not set)", 1, 3],
  ],
  aov: 113,
  cents: true,
};

const captions: Feed["captions"] = [
  "First snow on the ridge. Are your layers ready? ❄️",
  "The Summit Down Jacket is back in three new colors.\n\nLink in bio.",
  '"Cotton kills" and four other things our guides say every weekend.',
  "Rain in the forecast? The Packable Shell weighs less than your phone.",
  "Trail cleanup this Saturday, 9 am. Bring gloves, we bring coffee ☕",
  "Repair, don't replace: free zipper fixes all month.",
  "Which trail is on your list this fall, and why is it the long one?",
  "𝗡𝗲𝘄: hiking pants that turn into shorts in eight seconds.",
  "Tag the friend who always forgets a rain jacket.",
];

export const northwindFacebook: Feed = {
  business: northwind,
  account: "northwindoutfitters",
  id: "100071298765432",
  name: "Northwind Outfitters",
  weekdays: [0, 2, 4, 6],
  views: 5200,
  captions,
};
export const northwindInstagram: Feed = {
  business: northwind,
  account: "northwind.outfitters",
  id: "17841409876543210",
  name: "Northwind Outfitters",
  weekdays: [1, 3, 4, 5],
  views: 9100,
  captions,
};
export const northwindX: Feed & XAccount = {
  business: northwind,
  account: "@northwind_out",
  id: "",
  name: "Northwind Outfitters",
  weekdays: [0, 1, 3],
  views: 2100,
  captions,
  impressions: 3100,
};

export const northwindPages: Page[] = [
  {
    business: northwind,
    account: "northwindoutfitters",
    platform: "facebook_page",
    folder: "facebook",
    series: [
      { file: "Views", label: "Views", metric: "views", daily: 5100 },
      { file: "Follows", label: "Facebook follows", metric: "followers_gained", daily: 3.4, sparse: true },
      { file: "Interactions", label: "Content interactions", metric: "engagements", daily: 132 },
    ],
  },
  {
    business: northwind,
    account: "northwind.outfitters",
    platform: "instagram",
    folder: "instagram",
    series: [
      { file: "Views", label: "Views", metric: "views", daily: 12400 },
      { file: "Follows", label: "Instagram follows", metric: "followers_gained", daily: 21 },
      { file: "Interactions", label: "Content interactions", metric: "engagements", daily: 530 },
    ],
  },
];

export const northwindMail: MailAccount = {
  business: northwind,
  account: "northwind-mail",
  audience: "Northwind Newsletter",
  layout: "earlier",
  recipients: 31800,
  aov: 108,
  cents: true,
  downloaded: ["2026-04-30", "2026-10-01", "2026-10-15", "2026-10-25", "2026-11-01"],
  subjects: [
    "New for fall: the Summit Down Jacket",
    "Your rain plan, sorted",
    "48 hours: 20% off base layers",
    "Trail report, gear notes",
    "Members first: early access",
    "Still thinking it over?",
    "Layer up: a guide for cold starts",
    "Free repairs all month",
  ],
};

export const northwindShop: Shop = {
  business: northwind,
  account: "northwind-shop",
  orders: 96,
  aov: 112.4,
  cents: true,
};
