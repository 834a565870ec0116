import { csv, utf8 } from "../csv.ts";
import { type Day, eachDay, type Span } from "../day.ts";
import type { Output } from "../output.ts";
import { shareOut } from "../random.ts";
import { add, channelDay, type Property, type Visits } from "./visits.ts";

/** The reports overview: many small tables in one file, each with its own dates, its days counted from the first. */
export function overview(property: Property, month: Span, out: Output): void {
  const days = eachDay(month).map((day) => property.channels.map((channel) => channelDay(property, channel, day)));
  const channels = property.channels.map((channel, at) => ({
    name: channel.name,
    sum: add(days.flatMap((each) => each[at] ?? [])),
  }));
  const titled = shareOut(add(channels.map(({ sum }) => sum)).views, [21, 14, 13, 52]);
  const plain = (day: Day) => day.replaceAll("-", "");
  const dates = (from: Day) => `# 시작일: ${plain(from)}\n# 종료일: ${plain(month.to)}\n`;
  const series = (label: string, pick: (sum: Visits) => number) =>
    `${dates(month.from)}${csv([["N일", label], ...days.map((each, at) => [String(at).padStart(4, "0"), pick(add(each))])])}`;
  const list = (header: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
    `${dates(month.from)}${csv([header, ...rows])}`;
  const retention = `# 사용자 재방문율 - 주\n${dates("2026-09-20")}${csv([
    ["날짜", "0주째", "1주째", "2주째"],
    ["10월 4일 - 10월 10일", 1, 0.0612, 0.0307],
    ["10월 11일 - 10월 17일", 1, 0.0588, -1],
    ["10월 18일 - 10월 24일", 1, -1, -1],
  ])}`;
  const rule = "# ----------------------------------------";
  const preamble = [
    rule,
    "# 보고서 개요",
    `# 계정: ${property.names.account}`,
    `# 속성: ${property.names.property}`,
    rule,
    "# ",
    "# 모든 사용자",
    "#  ",
  ].join("\n");
  const blocks = [
    series("활성 사용자", (sum) => sum.users),
    series("새 사용자 수", (sum) => sum.newUsers),
    list(
      ["세션 기본 채널 그룹(기본 채널 그룹)", "세션수"],
      channels.map(({ name, sum }) => [name, sum.sessions]),
    ),
    `# 페이지 제목 및 화면 클래스별 조회수\n${list(
      ["페이지 제목 및 화면 클래스", "조회수"],
      [
        ["한빛커피 | 갓 볶은 원두", titled[0] ?? 0],
        ["원두 - 한빛커피", titled[1] ?? 0],
        ["드립백 - 한빛커피", titled[2] ?? 0],
      ],
    )}`,
    retention,
    list(["항목 이름", "구매한 상품"], []),
  ];
  out.write("ga4/보고서_개요.csv", utf8(`${preamble}\n${blocks.join("\n")}`));
}
