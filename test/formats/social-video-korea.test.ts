import { describeSamples, formatTests } from "./samples.ts";

const tests = formatTests();

describeSamples(
  "exports of TikTok, YouTube, Klaviyo, Stibee, Naver GFA, Kakao Moment and LinkedIn pages",
  ["tiktok_ads", "youtube", "klaviyo", "stibee", "naver_gfa", "kakao_moment", "linkedin_page"],
  tests,
);
