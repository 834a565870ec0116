import { strToU8, zipSync } from "fflate";
import iconv from "iconv-lite";

/** The days of the week in which twelve platforms report on an invented tea shop. */
const days = ["2026-10-26", "2026-10-27", "2026-10-28", "2026-10-29", "2026-10-30", "2026-10-31", "2026-11-01"];
const dotted = (day: string): string => `${day.replaceAll("-", ".")}.`;
const american = (day: string): string => `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)}`;
const lines = (...rows: string[]): string => `${rows.join("\n")}\n`;

/** What one day of each platform says; a week is seven of them. Conversions and values only where the export has them. */
export const perDay = {
  google_ads: { cost: 41_000, impressions: 5_200, clicks: 130 },
  naver_searchad: { cost: 52_300, impressions: 8_100, clicks: 210 },
  naver_gfa: { cost: 33_000, impressions: 20_400, clicks: 160 },
  meta_ads: { cost: 28_500, impressions: 15_000, clicks: 240 },
  linkedin_ads: { cost: 19_900, impressions: 1_900, clicks: 22 },
  microsoft_ads: { cost: 7_700, impressions: 900, clicks: 31 },
  kakao_moment: { cost: 25_000, impressions: 30_500, clicks: 190 },
  search_console: { clicks: 320, impressions: 9_600 },
  ga4: { sessions: 1_450, pageviews: 5_020 },
  x: { engagements: 64, video_views: 410 },
  /** One post and one mailing in the week. */
  instagram: { likes: 812, comments: 37, shares: 58, saves: 91 },
  mailchimp: { sent: 4_120, delivered: 4_080, unique_opens: 1_530, unique_clicks: 204 },
} as const;

/** The exports under the names that the platforms give them. */
export function twelveExports(): Record<string, string | Uint8Array> {
  const { google_ads, naver_searchad, naver_gfa, meta_ads, linkedin_ads, microsoft_ads, kakao_moment } = perDay;
  const { search_console, ga4, x, instagram, mailchimp } = perDay;
  return {
    "캠페인 보고서.csv": utf16(
      lines(
        "캠페인 보고서",
        "2026년 10월 26일 - 2026년 11월 1일",
        "캠페인\t일\t통화 코드\t노출수\t클릭수\t비용",
        ...days.map(
          (day) =>
            `검색_녹차\t${day}\tKRW\t"${grouped(google_ads.impressions)}"\t${google_ads.clicks}\t${google_ads.cost}`,
        ),
        `전체: 계정\t --\tKRW\t"${grouped(google_ads.impressions * 7)}"\t${google_ads.clicks * 7}\t${google_ads.cost * 7}`,
      ),
    ),
    "주간_보고서_seorin.csv": lines(
      '\uFEFF"주간(2026.10.26.~2026.11.01.),seorin"',
      "캠페인,일별,노출수,클릭수,총비용",
      ...days.map(
        (day) =>
          `파워링크_녹차,${dotted(day)},${naver_searchad.impressions},${naver_searchad.clicks},${naver_searchad.cost}`,
      ),
    ),
    "ReportDownload_aa_554433_PERFORMANCE_20261026_20261101.zip": zipSync({
      "ReportDownload_aa_554433_PERFORMANCE_20261026_20261101.csv": strToU8(
        lines(
          "\uFEFF기간,캠페인 ID,캠페인 이름,노출수,클릭수,총비용",
          ...days.map(
            (day) =>
              `${dotted(day)},7001,다기세트,"${grouped(naver_gfa.impressions)}",${naver_gfa.clicks},"${grouped(naver_gfa.cost)}"`,
          ),
        ),
      ),
    }),
    "서린다원-캠페인-Oct-26-2026-Nov-1-2026.csv": iconv.encode(
      lines(
        "캠페인 이름,일,지출 금액 (KRW),노출,링크 클릭,클릭(전체),보고 시작,보고 종료",
        ...days.map(
          (day) =>
            `말차_전환,${day},${meta_ads.cost},${meta_ads.impressions},${meta_ads.clicks},${meta_ads.clicks + 60},${day},${day}`,
        ),
      ),
      "cp949",
    ),
    "account_770055_campaign_performance_report.csv": utf16(
      lines(
        "Campaign Performance Report (in UTC)",
        "Report Start: October 26, 2026, 12:00 AM",
        "Report End: November 1, 2026, 11:59 PM",
        "Date Generated: November 2, 2026, 2:05 AM",
        "",
        "Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Group ID\tCampaign Group Name\tCampaign ID\tCampaign Name\tTotal Spent\tImpressions\tClicks",
        ...days.map(
          (day) =>
            `${american(day)}\tSeorin B2B\tKRW\t6001\tQ4\t3001\tBuyers\t${linkedin_ads.cost}\t"${grouped(linkedin_ads.impressions)}"\t${linkedin_ads.clicks}`,
        ),
      ).trimEnd(),
    ),
    "Campaign by day.csv": [
      '\uFEFF"Report Name: Campaign by day"',
      '"Report Time: 10/26/2026,11/01/2026"',
      '"Time Zone: (GMT+09:00) Seoul"',
      '"Last Completed Available Day: 11/1/2026 11:59:59 PM (GMT)"',
      '"Last Completed Available Hour: 11/1/2026 11:00:00 PM (GMT)"',
      '"Report Aggregation: Daily"',
      '"Report Filter: "',
      '"Potential Incomplete Data: false"',
      '"Rows: 7"',
      "",
      '"TimePeriod","AccountNumber","CurrencyCode","CampaignName","Impressions","Clicks","Spend"',
      ...days.map(
        (day) =>
          `"${day}","F200SEO1","KRW","Green tea","${microsoft_ads.impressions}","${microsoft_ads.clicks}","${microsoft_ads.cost}"`,
      ),
      "",
      '"©2026 Microsoft Corporation. All rights reserved. "',
      "",
    ].join("\r\n"),
    "맞춤보고서.csv": lines(
      ["캠페인 이름", "캠페인 유형", "일", "비용", "노출수", "클릭수", "도달수"].join("\t"),
      ...days.map((day) =>
        [
          "비즈보드_녹차",
          "카카오 비즈보드",
          day.replaceAll("-", "."),
          grouped(kakao_moment.cost),
          grouped(kakao_moment.impressions),
          kakao_moment.clicks,
          9_000,
        ].join("\t"),
      ),
    ),
    "seorin.example-Performance-on-Search-2026-11-04.zip": zipSync({
      "차트.csv": strToU8(
        lines(
          "날짜,클릭수,노출,CTR,게재 순위",
          ...days.map((day) => `${day},${search_console.clicks},${search_console.impressions},3.33%,8.4`),
        ).trimEnd(),
      ),
      "검색어 수.csv": strToU8(
        "인기 검색어,클릭수,노출,CTR,게재 순위\n녹차 선물,900,22000,4.09%,6.2\n서린다원,700,900,77.78%,1.1",
      ),
      "필터.csv": strToU8("필터,값\n검색 유형,웹\n날짜,2026. 10. 26.-2026. 11. 1."),
    }),
    "download.csv": lines(
      "# ----------------------------------------",
      "# 서린다원 - GA4",
      "# 일별-자유 형식 1",
      "# 20261026-20261101",
      "# ----------------------------------------",
      "",
      "Date,Sessions,Engaged sessions,Views",
      `,${ga4.sessions * 7},${7 * 800},${ga4.pageviews * 7},Grand total`,
      ...days.map((day) => `${day.replaceAll("-", "")},${ga4.sessions},800,${ga4.pageviews}`),
      "",
    ),
    "Oct-26-2026_Nov-01-2026_1784140000.csv": lines(
      "\uFEFFPost ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves",
      `18033000000000901,17841400000000900,seorin.tea,서린다원,가을 다도,0,10/28/2026 18:12,https://www.instagram.com/p/AAA/,IG image,,Lifetime,9200,7100,${instagram.likes},${instagram.shares},12,${instagram.comments},${instagram.saves}`,
    ),
    "account_overview_analytics.csv": lines(
      "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,Create Post,Video views,Media views",
      ...days
        .toReversed()
        .map((day) => `"${weekday(day)}",2100,20,${x.engagements},2,1,3,1,4,5,20,1,${x.video_views},300`),
    ).trimEnd(),
    "campaigns.csv": lines(
      'Title,Subject,Audience,"Send Date","Send Weekday","Total Recipients","Successful Deliveries","Soft Bounces","Hard Bounces","Total Bounces","Times Forwarded","Forwarded Opens","Unique Opens","Open Rate","Total Opens","Unique Clicks","Click Rate","Total Clicks",Unsubscribes,"Abuse Complaints","Times Liked on Facebook","Folder Id","Unique Id","Total Orders","Total Gross Sales","Total Revenue"',
      `"11월 차 소식","첫눈 전의 차","서린다원","Oct 29, 2026 08:00 am",Thursday,${mailchimp.sent},${mailchimp.delivered},30,10,40,0,0,${mailchimp.unique_opens},37.5%,2100,${mailchimp.unique_clicks},5%,290,9,0,0,,a1b2c3d4e5,0,0,0`,
    ),
  };
}

const grouped = (value: number): string => value.toLocaleString("en-US");
const utf16 = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, "utf16le");
const weekday = (day: string): string =>
  new Date(day).toLocaleDateString("en-US", {
    timeZone: "UTC",
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
  });
