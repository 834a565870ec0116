import type { Output } from "../output.ts";
import { downloads } from "../windows.ts";
import type { GoogleAccount } from "./account.ts";
import { campaignReport } from "./campaigns.ts";
import { overviewCards } from "./cards.ts";
import { keywordReport, keywordRows, termReport } from "./searches.ts";

/** An account's downloads: campaign × day, the newest month's keywords and search terms, and two overview cards. */
export function googleAds(account: GoogleAccount, out: Output): void {
  const windows = downloads(account.business.span, { months: 6, overlap: 30, weeklyFrom: "2026-10-05", trailing: 30 });
  windows.forEach((window, nth) => {
    campaignReport(account, window, nth, out);
  });
  const month = { from: "2026-10-01", to: "2026-10-31" };
  const asOf = account.business.span.to;
  const keywords = keywordRows(account, month, asOf);
  keywordReport(account, month, asOf, keywords, out);
  termReport(account, month, keywords, out);
  const newest = windows.at(-1);
  if (newest) overviewCards(account, newest, out);
}
