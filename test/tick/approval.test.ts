import { describe, expect, it } from "vitest";
import { googleAds } from "../cli/home.ts";
import { town } from "./town.ts";

const sunday = "2025-10-19T10:00:00Z";
const monday = (time: string): string => `2025-10-20T${time}:00Z`;
const yaml = "config/clients/hanbit/client.yaml";
const approver = /^lee@agency\.example: \[승인 요청\] 광고비 .* · 한빛커피 /;

describe("a report that goes out by itself once somebody approves it", { timeout: 60_000 }, () => {
  it("is asked for once, reminded of after four hours, and over for everybody when it was approved", async () => {
    const at = await town();
    at.write(yaml, at.read(yaml).replace("ae: lee\n", "ae: lee\napprove: first\n"));
    await at.tick(sunday);
    expect((await at.tick(monday("00:00"))).code).toBe(3);
    expect(at.mails()).toEqual([expect.stringMatching(approver)]);
    await at.tick(monday("00:01"));
    await at.tick(monday("03:59"));
    expect(at.mails()).toEqual([]);
    await at.tick(monday("04:01"));
    expect(at.mails()).toEqual(["lee@agency.example: [bogo] 확인할 일 1건: hanbit"]);
    expect(at.body(-1)).toContain("`bogo approve hanbit.ppc.weekly.2025-10-13.r1`");

    expect((await at.bogo("approve 1 --by lee", { env: at.env })).code).toBe(0);
    expect(at.mails()).toEqual([expect.stringMatching(/^ceo@hanbit\.example: 광고비 .* · 한빛커피 /)]);
    expect((await at.tick(monday("04:02"))).code).toBe(0);
    expect(at.mails()).toEqual(["lee@agency.example: [bogo] 해결됨 1건: hanbit"]);

    // The next week's goes without: the client has had its first, and the readers are the same.
    at.write(
      "inbox/hanbit/google-ads/Campaign report (1).csv",
      googleAds({ from: "2025-10-20", to: "2025-10-26", currency: "KRW", scale: 1000 }),
    );
    expect((await at.tick("2025-10-27T00:00:00Z")).code).toBe(0);
    expect(at.mails()).toContainEqual(expect.stringMatching(/^ceo@hanbit\.example: 광고비 .* · 한빛커피 /));
  });

  it("is made anew by its approver's word and asked for again, and the one before can no longer leave", async () => {
    const at = await town();
    at.write(yaml, at.read(yaml).replace("ae: lee\n", "ae: lee\napprove: always\n"));
    await at.tick(sunday);
    await at.tick(monday("00:00"));
    at.write(
      "inbox/hanbit/google-ads/Campaign report.csv",
      googleAds({ from: "2025-10-06", to: "2025-10-19", currency: "KRW", scale: 1200 }),
    );
    at.mails();
    const anew = await at.bogo("run hanbit ppc --period 2025-10-13 --correct", { env: at.env });
    expect(anew.code).toBe(3);
    expect(at.mails()).toEqual([expect.stringMatching(approver)]);
    await at.tick(monday("00:10"));
    expect(at.mails()).toEqual([]);
    expect(at.hanbit()).toEqual(["hanbit ppc weekly 2025-10-13 done", "hanbit ppc weekly 2025-10-13 rendered"]);
    expect((await at.bogo("approve 2", { env: at.env })).code).toBe(0);
    expect((await at.tick(monday("00:11"))).code).toBe(0);
    expect(at.mails()).toEqual([expect.stringMatching(/^ceo@hanbit\.example: 광고비 .* · 한빛커피 /)]);
  });
});
