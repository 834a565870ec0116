import type { ProblemEntry } from "../problem.ts";

/** Problems in how a report is to look: colours, logos, fonts. */
export const themeProblems = {
  CONFIG_NOT_COLOUR: {
    severity: "error",
    say: { en: "`{found}` is not a colour.", ko: "`{found:은/는}` 색상 값이 아닙니다." },
    next: {
      en: 'Write six hexadecimal digits in quotes: `"#1d4f91"`.',
      ko: '`"#1d4f91"`처럼 16진수 여섯 자리를 따옴표로 감싸 쓰세요.',
    },
  },
  CONFIG_NOT_PICTURE: {
    severity: "error",
    say: {
      en: "`{found}` is not a picture beside this file.",
      ko: "`{found:은/는}` 이 파일 옆의 그림 파일이 아닙니다.",
    },
    next: {
      en: "Put an SVG or PNG into this folder and write its name: `logo.svg`.",
      ko: "SVG 또는 PNG 파일을 이 폴더에 두고 `logo.svg`처럼 이름을 쓰세요.",
    },
  },
  CONFIG_NOT_FONT: {
    severity: "error",
    say: {
      en: "`{found}` is not a TTF file beside this one.",
      ko: "`{found:은/는}` 이 파일 옆의 TTF 글꼴이 아닙니다.",
    },
    next: {
      en: "Put a `.ttf` file into this folder and write its name: `fonts/Brand-Regular.ttf`.",
      ko: "`.ttf` 파일을 이 폴더에 두고 `fonts/Brand-Regular.ttf`처럼 이름을 쓰세요.",
    },
  },
  CONFIG_NOT_FONT_NAME: {
    severity: "error",
    say: { en: "`{found}` is not the name of a font.", ko: "`{found:은/는}` 글꼴 이름이 아닙니다." },
    next: {
      en: "Write the name alone, without quotes or commas inside: `Noto Sans KR`.",
      ko: "`Noto Sans KR`처럼 따옴표나 쉼표 없이 이름만 쓰세요.",
    },
  },
  THEME_FILE_MISSING: {
    severity: "error",
    say: { en: "{found} is not there.", ko: "{found} 파일이 없습니다." },
    next: {
      en: "Copy it into the folder of this theme.yaml, or correct the name; small and capital letters differ.",
      ko: "이 theme.yaml이 있는 폴더에 파일을 두거나 이름을 고치세요. 대문자와 소문자를 구분합니다.",
    },
  },
  THEME_FILE_OUTSIDE: {
    severity: "error",
    say: { en: "{found} leads out of this folder.", ko: "{found:이/가} 이 폴더 밖을 가리킵니다." },
    next: { en: "Copy the file itself into the folder.", ko: "링크 대신 파일을 이 폴더에 복사하세요." },
  },
  THEME_FILE_TOO_LARGE: {
    severity: "error",
    say: {
      en: "{found} has {size}; {limit} are allowed.",
      ko: "{found} 파일이 {size}입니다. {limit}까지 쓸 수 있습니다.",
    },
    next: {
      en: "Export it again, smaller: a logo without embedded pictures, a font with the characters that are needed.",
      ko: "더 작게 다시 내보내세요. 로고는 그림을 넣지 않고, 글꼴은 필요한 글자만 담습니다.",
    },
  },
  THEME_LOGO_COMPLEX: {
    severity: "error",
    say: {
      en: "{found} is too large to draw: {size}, where {limit} are allowed.",
      ko: "{found} 로고가 너무 큽니다: {size} (한도 {limit}).",
    },
    next: {
      en: "Export it again: an SVG with simplified paths, or a PNG about 1,000 pixels wide.",
      ko: "경로를 단순하게 한 SVG나 폭 1,000픽셀 정도의 PNG로 다시 내보내세요.",
    },
  },
  THEME_LOGO_REFUSED: {
    severity: "error",
    say: {
      en: "{found} holds `{what}`. A logo may only draw: no scripts, links, pictures inside, or letters.",
      ko: "{found}에 `{what:이/가}` 들어 있습니다. 로고에는 도형만 쓸 수 있고 스크립트, 링크, 삽입 그림, 글자는 쓸 수 없습니다.",
    },
    next: {
      en: "Export it as plain SVG with texts turned into outlines, or as PNG.",
      ko: "글자를 윤곽선으로 바꿔 일반 SVG로 내보내거나 PNG로 저장하세요.",
    },
  },
  THEME_LOGO_BROKEN: {
    severity: "error",
    say: {
      en: "{found} cannot be read as a picture: {why}.",
      ko: "{found:을/를} 그림으로 읽을 수 없습니다: {why}",
    },
    next: {
      en: "Export it again as SVG with a viewBox, or as PNG, at most twenty times as wide as high.",
      ko: "viewBox가 있는 SVG나 PNG로 다시 내보내세요. 가로세로 비율은 20배까지입니다.",
    },
  },
  THEME_FONT_REFUSED: {
    severity: "error",
    say: {
      en: "{found} cannot be put into documents: {why}.",
      ko: "{found} 글꼴은 문서에 넣을 수 없습니다: {why}",
    },
    next: {
      en: "Use a TrueType file (.ttf) whose licence allows embedding, or leave `fonts.files` out: Pretendard is used.",
      ko: "문서 포함이 허용된 트루타입(.ttf) 파일을 쓰거나 `fonts.files`를 지우세요. 그러면 Pretendard로 만듭니다.",
    },
  },
  THEME_TEXT_CONTRAST: {
    severity: "warning",
    say: {
      en: "{found} on {ground} has a contrast of {ratio}:1; text needs {least}:1. Reports write in {nearest} instead.",
      ko: "{ground} 위의 {found:은/는} 명암비가 {ratio}:1입니다. 글자에는 {least}:1이 필요해 리포트는 {nearest}로 씁니다.",
    },
    next: {
      en: 'Write "{nearest}", the nearest that can be read; or leave it: areas without text keep your colour.',
      ko: '읽을 수 있는 가장 가까운 색인 "{nearest:을/를}" 쓰세요. 그대로 두면 글자가 없는 면에만 이 색을 씁니다.',
    },
  },
  THEME_CHART_CONTRAST: {
    severity: "warning",
    say: {
      en: "{found} on {ground} has a contrast of {ratio}:1; lines and bars need {least}:1. Charts use {nearest} instead.",
      ko: "{ground} 위의 {found:은/는} 명암비가 {ratio}:1입니다. 선과 막대에는 {least}:1이 필요해 차트는 {nearest}로 그립니다.",
    },
    next: {
      en: 'Write "{nearest}", the nearest that shows.',
      ko: '잘 보이는 가장 가까운 색인 "{nearest:을/를}" 쓰세요.',
    },
  },
  THEME_COLOURS_ALIKE: {
    severity: "warning",
    say: {
      en: "{one} and {other} look alike to {eye}: {distance} apart, where {least} are needed.",
      ko: "{one:와/과} {other:은/는} {eye} 거의 같은 색입니다. 색 차이가 {distance}이고 {least:이/가} 필요합니다.",
    },
    next: {
      en: 'Write "{nearest}" for {other}, the nearest shade that stays apart from all others.',
      ko: '{other} 대신 다른 색과 모두 구분되는 가장 가까운 색인 "{nearest:을/를}" 쓰세요.',
    },
  },
  THEME_COLOURS_TOO_MANY: {
    severity: "warning",
    say: {
      en: "{one} and {other} look alike to {eye}: {distance} apart, where {least} are needed; no shade of it stays apart from all others.",
      ko: "{one:와/과} {other:은/는} {eye} 거의 같은 색입니다. 색 차이가 {distance}이고 {least:이/가} 필요하며, 어떤 명도로도 다른 색 모두와 구분되지 않습니다.",
    },
    next: {
      en: "Take another hue, or fewer colours: leave `series` out to get ones that stay apart.",
      ko: "다른 색상을 쓰거나 색 수를 줄이세요. `series`를 지우면 서로 구분되는 색을 씁니다.",
    },
  },
  THEME_LOGO_FAINT: {
    severity: "warning",
    say: {
      en: "{found} is hard to see on {ground}: its clearest parts have a contrast of {ratio}:1, where {least}:1 are needed.",
      ko: "{found:은/는} {ground} 위에서 잘 보이지 않습니다. 가장 뚜렷한 부분의 명암비가 {ratio}:1이고 {least}:1이 필요합니다.",
    },
    next: {
      en: "Use the version of the logo that is made for white paper.",
      ko: "흰 바탕용 로고 파일을 쓰세요.",
    },
  },
  THEME_KEPT: {
    severity: "warning",
    say: {
      en: "The theme of every client is refused; the one accepted last stays in force.",
      ko: "전체 클라이언트 테마에 오류가 있어 마지막으로 승인된 테마를 계속 씁니다.",
    },
    next: { en: "Mend the problems named here.", ko: "여기에 나온 오류를 고치세요." },
  },
} satisfies Record<string, ProblemEntry>;
