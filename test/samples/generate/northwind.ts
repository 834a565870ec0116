import { type Day, type Span, weekdayOf, within } from "./day.ts";
import { type Business, type Campaign, growth } from "./model.ts";

const span = { from: "2025-08-01", to: "2026-11-01" };
const weekdays = [1.02, 0.98, 0.97, 0.98, 1, 1.06, 1.1];
const months = [0.85, 0.8, 0.85, 0.92, 1, 1, 0.95, 0.98, 1.05, 1.16, 1.28, 1.3];
const events: (Span & { traffic: number; intent: number })[] = [
  { from: "2025-08-30", to: "2025-09-01", traffic: 1.2, intent: 1.12 },
  { from: "2025-11-24", to: "2025-11-27", traffic: 1.35, intent: 1.15 },
  { from: "2025-11-28", to: "2025-12-01", traffic: 1.95, intent: 1.4 },
  { from: "2025-12-24", to: "2025-12-25", traffic: 0.55, intent: 0.8 },
  { from: "2026-07-04", to: "2026-07-04", traffic: 0.78, intent: 0.9 },
  { from: "2026-09-05", to: "2026-09-07", traffic: 1.2, intent: 1.12 },
];

/** Northwind Outfitters: outdoor clothing, sold online in the United States. Figures in dollars. */
export const northwind: Business = {
  slug: "northwind-outfitters",
  span,
  traffic: (day) =>
    growth(span, day, 1.24) *
    (weekdays[weekdayOf(day)] ?? 1) *
    (months[Number(day.slice(5, 7)) - 1] ?? 1) *
    event(day).traffic,
  intent: (day) => growth(span, day, 1.05) * event(day).intent,
};

const newestWeek = { from: "2026-10-26", to: "2026-11-01" };

export const northwindGoogle: Campaign[] = [
  { name: "Search - Brand", kind: "search", cost: 92, cpc: 0.62, ctr: 0.059, cvr: 0.036, aov: 112 },
  {
    name: "Search - Rain Gear",
    kind: "search",
    cost: 148,
    cpc: 0.98,
    ctr: 0.034,
    cvr: 0.028,
    aov: 121,
    stories: [{ ...newestWeek, spend: 0.78, cvr: 0.66 }],
  },
  { name: "Search - Hiking Pants", kind: "search", cost: 121, cpc: 0.88, ctr: 0.037, cvr: 0.029, aov: 94 },
  {
    name: "Shopping - Insulated Jackets",
    kind: "shopping",
    cost: 186,
    cpc: 0.71,
    ctr: 0.0125,
    cvr: 0.017,
    aov: 168,
    season: [1.2, 1.1, 0.9, 0.7, 0.55, 0.5, 0.5, 0.65, 0.9, 1.15, 1.25, 1.25],
    stories: [{ ...newestWeek, spend: 1.26, cvr: 1.22 }],
  },
  { name: "Performance Max - All Products", kind: "pmax", cost: 214, cpc: 0.66, ctr: 0.0142, cvr: 0.0205, aov: 118 },
  {
    name: "Display - Remarketing",
    kind: "display",
    cost: 58,
    cpc: 0.41,
    ctr: 0.0112,
    cvr: 0.0105,
    aov: 104,
    paused: { from: "2026-02-02", to: "2026-06-14" },
  },
];

export const northwindMeta: Campaign[] = [
  {
    name: "Prospecting - Trail Layers",
    kind: "meta",
    cost: 165,
    cpc: 0.78,
    ctr: 0.0145,
    cvr: 0.021,
    aov: 116,
    stories: [{ from: "2026-10-05", to: "2026-11-01", spend: 1.15, cvr: 1.05 }],
  },
  { name: "Retargeting - Cart", kind: "meta", cost: 72, cpc: 0.92, ctr: 0.021, cvr: 0.048, aov: 121 },
  { name: "Catalog - Best Sellers", kind: "meta", cost: 118, cpc: 0.69, ctr: 0.0135, cvr: 0.0215, aov: 109 },
  {
    name: "Video - Trail Stories",
    kind: "meta",
    cost: 44,
    cpc: 0.31,
    ctr: 0.024,
    cvr: 0.0035,
    aov: 98,
    stories: [{ from: "2026-10-12", to: "2026-11-01", spend: 0.72 }],
  },
];

export const northwindSearches: Record<string, [string, number, "broad" | "phrase" | "exact"][]> = {
  "Search - Brand": [
    ["northwind outfitters", 7, "exact"],
    ["northwind jackets", 3, "phrase"],
  ],
  "Search - Rain Gear": [
    ["rain jacket", 6, "phrase"],
    ["waterproof hiking jacket", 4, "exact"],
    ["packable rain shell", 2, "broad"],
    ["rain pants", 2, "phrase"],
  ],
  "Search - Hiking Pants": [
    ["hiking pants", 6, "exact"],
    ["convertible trail pants", 3, "phrase"],
    ["lightweight hiking trousers", 1, "broad"],
  ],
};

function event(day: Day): { traffic: number; intent: number } {
  return events.find((each) => within(day, each)) ?? { traffic: 1, intent: 1 };
}
