import { type Day, monthNames, parts } from "../day.ts";
import { digits } from "../random.ts";
import type { Window } from "../windows.ts";
import type { Feed, Post } from "./posts.ts";

export function exportName(feed: Feed, { from, to }: Window): string {
  const write = (day: Day) => `${monthNames[parts(day).month - 1]}-${day.slice(8)}-${day.slice(0, 4)}`;
  return `${write(from)}_${write(to)}_${digits(`${feed.account}|${from}|${to}`, 16)}.csv`;
}

export function slashed({ day, time }: Post): string {
  return `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)} ${time}`;
}
