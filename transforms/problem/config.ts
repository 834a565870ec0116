import type { ProblemEntry } from "../problem.ts";

/** Problems in what people write: YAML, references, recipients. */
export const configProblems = {
  // --- The files themselves ---
  CONFIG_ROOT_INCOMPLETE: {
    severity: "error",
    say: {
      en: "{root} is no config folder: {missing} is not there.",
      ko: "{root} 폴더에 {missing:이/가} 없어 설정 폴더로 쓸 수 없습니다.",
    },
    next: {
      en: "Create {missing}, or name another folder with --home or BOGO_CONFIG.",
      ko: "{missing:을/를} 만들거나 --home 또는 BOGO_CONFIG로 다른 폴더를 지정하세요.",
    },
  },
  CONFIG_UNREADABLE: {
    severity: "error",
    say: { en: "The file could not be read: {why}.", ko: "파일을 읽지 못했습니다: {why}" },
    next: {
      en: "Check that it is a file and that this program may read it.",
      ko: "파일이 맞는지, 읽기 권한이 있는지 확인하세요.",
    },
  },
  CONFIG_TOO_LARGE: {
    severity: "error",
    say: {
      en: "The file has {size} kB; 256 kB are allowed.",
      ko: "파일이 {size} kB입니다. 256 kB까지 쓸 수 있습니다.",
    },
    next: { en: "Split it, or remove what is not config.", ko: "파일을 나누거나 설정이 아닌 내용을 지우세요." },
  },
  CONFIG_NOT_UTF8: {
    severity: "error",
    say: { en: "The file is not written in UTF-8.", ko: "파일이 UTF-8로 저장되지 않았습니다." },
    next: { en: "Save it again with the encoding UTF-8.", ko: "편집기에서 인코딩을 UTF-8로 바꿔 다시 저장하세요." },
  },
  CONFIG_YAML: {
    severity: "error",
    say: { en: "This is not valid YAML: {why}.", ko: "YAML 문법에 맞지 않습니다: {why}" },
    next: {
      en: "Check the indentation (two spaces, no tabs), brackets, quotes and colons on this line and the one above.",
      ko: "이 줄과 윗줄의 들여쓰기(공백 두 칸, 탭 금지), 괄호, 따옴표, 콜론을 확인하세요.",
    },
  },
  CONFIG_YAML_TWICE: {
    severity: "error",
    say: { en: "`{key}` stands here twice.", ko: "`{key:이/가}` 두 번 나옵니다." },
    next: { en: "Keep one of them.", ko: "하나만 남기세요." },
  },
  CONFIG_YAML_TOWER: {
    severity: "error",
    say: {
      en: "The file is nested too deeply, or has a line of more than 4,000 characters.",
      ko: "중첩이 너무 깊거나 한 줄이 4,000자를 넘습니다.",
    },
    next: {
      en: "Write it on several lines; check for a bracket that stays open.",
      ko: "여러 줄로 나누어 쓰고, 닫히지 않은 괄호가 있는지 확인하세요.",
    },
  },
  CONFIG_YAML_EXTRA: {
    severity: "error",
    say: {
      en: "`{found}`: anchors, aliases and tags are not used here.",
      ko: "`{found}`: 앵커, 별칭, 태그는 쓰지 않습니다.",
    },
    next: {
      en: "Write the value out; put a text that begins with &, * or ! into quotes.",
      ko: "값을 그대로 쓰고, &, *, !로 시작하는 글은 따옴표로 감싸세요.",
    },
  },

  // --- Keys and values ---
  CONFIG_UNKNOWN_KEY: {
    severity: "error",
    say: { en: "`{found}` is not a known key here.", ko: "`{found:은/는}` 여기서 쓸 수 있는 항목이 아닙니다." },
    next: {
      en: "Did you mean `{nearest}`? Known keys: {known}.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 쓸 수 있는 항목: {known}",
    },
  },
  CONFIG_MISSING_KEY: {
    severity: "error",
    say: { en: "`{key}` is missing in {parent}.", ko: "{parent}에 `{key:이/가}` 없습니다." },
    next: {
      en: "Add `{key}:`. The config reference in docs/config.md says what belongs there.",
      ko: "`{key}:` 항목을 추가하세요. 쓰는 법은 docs/config.md에 있습니다.",
    },
  },
  CONFIG_NOT_ONE_OF: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected one of: {known}.",
      ko: "`{key}` 값이 `{found}`입니다. 쓸 수 있는 값: {known}",
    },
    next: { en: "Did you mean `{nearest}`?", ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요." },
  },
  CONFIG_NOT_TEXT: {
    severity: "error",
    say: { en: "`{key}` is {found}; expected a text.", ko: "`{key}` 값이 {found}입니다. 글이어야 합니다." },
    next: {
      en: 'Put it into quotes: "{found}". Account numbers and times are texts, too.',
      ko: '따옴표로 감싸세요: "{found}". 계정 번호와 시각도 글입니다.',
    },
  },
  CONFIG_NOT_NUMBER: {
    severity: "error",
    say: { en: "`{key}` is `{found}`; expected a whole number.", ko: "`{key}` 값이 `{found}`입니다. 정수여야 합니다." },
    next: { en: "Write a whole number without quotes, commas or unit.", ko: "따옴표, 쉼표, 단위 없이 정수만 쓰세요." },
  },
  CONFIG_NOT_YES_NO: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected true or false.",
      ko: "`{key}` 값이 `{found}`입니다. true 또는 false여야 합니다.",
    },
    next: { en: "Write `true` or `false`.", ko: "`true` 또는 `false`를 쓰세요." },
  },
  CONFIG_NOT_LIST: {
    severity: "error",
    say: { en: "`{key}` is `{found}`; expected a list.", ko: "`{key}` 값이 `{found}`입니다. 목록이어야 합니다." },
    next: {
      en: "Write it in brackets, as in `[one, two]`, or as lines that begin with `- `.",
      ko: "`[하나, 둘]`처럼 대괄호로 묶거나 `- `로 시작하는 줄로 쓰세요.",
    },
  },
  CONFIG_NOT_KEYS: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected keys with values.",
      ko: "`{key}` 값이 `{found}`입니다. `항목: 값`이 와야 합니다.",
    },
    next: {
      en: "Write the keys indented on the lines below, or as `{ key: value }`.",
      ko: "아랫줄에 들여써서 항목을 적거나 `{ 항목: 값 }`으로 쓰세요.",
    },
  },
  CONFIG_NOT_KIND: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected {kinds}.",
      ko: "`{key}` 값이 `{found}`입니다. 다음 형태여야 합니다: {kinds}",
    },
    next: {
      en: "The config reference in docs/config.md shows how to write it.",
      ko: "쓰는 법은 docs/config.md에 있습니다.",
    },
  },
  CONFIG_EMPTY: {
    severity: "error",
    say: { en: "`{key}` is empty.", ko: "`{key:이/가}` 비어 있습니다." },
    next: {
      en: "Write at least one value, or remove the key where it is optional.",
      ko: "값을 하나 이상 쓰거나, 없어도 되는 항목이면 지우세요.",
    },
  },
  CONFIG_LENGTH: {
    severity: "error",
    say: { en: "`{key}` has the wrong length: {found}.", ko: "`{key}`의 길이가 맞지 않습니다: {found}" },
    next: { en: "The limit is {most}.", ko: "한도는 {most}입니다." },
  },
  CONFIG_RANGE: {
    severity: "error",
    say: {
      en: "`{key}` is {found}; expected {least} to {most}.",
      ko: "`{key}` 값이 {found}입니다. {least}~{most} 사이여야 합니다.",
    },
    next: { en: "Write a whole number within that range.", ko: "그 범위 안의 정수를 쓰세요." },
  },
  CONFIG_NOT_SLUG: {
    severity: "error",
    say: {
      en: "`{found}` is no valid name for a client or report.",
      ko: "`{found:은/는}` 클라이언트나 리포트 이름으로 쓸 수 없습니다.",
    },
    next: {
      en: "Use small letters, digits and single hyphens: `hanbit-coffee`.",
      ko: "영문 소문자, 숫자, 하이픈만 쓰세요: `hanbit-coffee`",
    },
  },
  CONFIG_NOT_NAME: {
    severity: "error",
    say: { en: "`{found}` is no valid name here.", ko: "`{found:은/는}` 여기서 쓸 수 있는 이름이 아닙니다." },
    next: {
      en: "Begin with a small letter; go on with small letters, digits, `_` (or `-` for people).",
      ko: "영문 소문자로 시작하고 소문자, 숫자, `_`만 쓰세요(담당자는 `-`도 가능).",
    },
  },
  CONFIG_NAME_RESERVED: {
    severity: "error",
    say: {
      en: "`{found}` is what the program calls the mail that asks for an approval.",
      ko: "`{found:은/는}` 승인 요청 메일에 쓰는 이름입니다.",
    },
    next: { en: "Give it another name.", ko: "다른 이름을 쓰세요." },
  },
  CONFIG_NOT_ADDRESS: {
    severity: "error",
    say: { en: "`{found}` is not one mail address.", ko: "`{found:은/는}` 올바른 메일 주소 하나가 아닙니다." },
    next: {
      en: "Write `Name <name@domain>` or `name@domain`, one address per entry, without commas or quotes in the name.",
      ko: "`이름 <name@domain>` 또는 `name@domain`으로, 한 칸에 하나씩, 이름에 쉼표나 따옴표 없이 쓰세요.",
    },
  },
  CONFIG_NOT_DOMAIN: {
    severity: "error",
    say: { en: "`{found}` is no mail domain.", ko: "`{found:은/는}` 메일 도메인이 아닙니다." },
    next: {
      en: "Write what follows the @ in small letters: `hanbit.example`.",
      ko: "@ 뒤의 부분을 소문자로 쓰세요: `hanbit.example`",
    },
  },
  CONFIG_NOT_DAY: {
    severity: "error",
    say: { en: "`{key}` is `{found}`; that is no date.", ko: "`{key}` 값 `{found:은/는}` 날짜가 아닙니다." },
    next: { en: "Write an existing day as `2026-01-31`.", ko: "실제로 있는 날짜를 `2026-01-31`처럼 쓰세요." },
  },
  CONFIG_NOT_TIME: {
    severity: "error",
    say: { en: "`{key}` is `{found}`; that is no time of day.", ko: "`{key}` 값 `{found:은/는}` 시각이 아닙니다." },
    next: {
      en: 'Write 24 hours with two digits, in quotes: "09:00".',
      ko: '24시간제 두 자리로, 따옴표 안에 쓰세요: "09:00"',
    },
  },
  CONFIG_NOT_TIMEZONE: {
    severity: "error",
    say: { en: "`{found}` is no known time zone.", ko: "`{found:은/는}` 알 수 없는 시간대입니다." },
    next: {
      en: "Did you mean `{nearest}`? Write an IANA name such as `Asia/Seoul`.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. `Asia/Seoul` 같은 IANA 이름을 씁니다.",
    },
  },
  CONFIG_NOT_CURRENCY: {
    severity: "error",
    say: { en: "`{found}` is no known currency.", ko: "`{found:은/는}` 알 수 없는 통화입니다." },
    next: {
      en: "Write the three letters of ISO 4217: `KRW`, `USD`, `EUR`.",
      ko: "ISO 4217의 세 글자를 쓰세요: `KRW`, `USD`, `EUR`",
    },
  },
  CONFIG_NOT_COUNTRY: {
    severity: "error",
    say: { en: "`{found}` is no country code.", ko: "`{found:은/는}` 국가 코드가 아닙니다." },
    next: {
      en: "Write the two capital letters of ISO 3166: `KR`, `US`.",
      ko: "ISO 3166의 대문자 두 글자를 쓰세요: `KR`, `US`",
    },
  },
  CONFIG_NOT_DURATION: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected a length of time.",
      ko: "`{key}` 값이 `{found}`입니다. 시간 길이여야 합니다.",
    },
    next: { en: "Write `30m`, `4h` or `2d`.", ko: "`30m`, `4h`, `2d`처럼 쓰세요." },
  },
  CONFIG_NOT_FACTOR: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected a fraction or percentage.",
      ko: "`{key}` 값이 `{found}`입니다. 비율이어야 합니다.",
    },
    next: { en: "Write `0.35` or `35%`.", ko: "`0.35` 또는 `35%`로 쓰세요." },
  },
  CONFIG_NOT_QUANTITY: {
    severity: "error",
    say: { en: "`{key}` is `{found}`; expected an amount.", ko: "`{key}` 값이 `{found}`입니다. 수치여야 합니다." },
    next: { en: "Write `350%`, `12,000,000` or a plain number.", ko: "`350%`, `12,000,000` 또는 숫자로 쓰세요." },
  },
  CONFIG_NOT_RATE: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected a decimal number in quotes.",
      ko: "`{key}` 값이 `{found}`입니다. 따옴표로 감싼 소수여야 합니다.",
    },
    next: { en: 'Write it with a point and no commas: "1352.40".', ko: '소수점만 쓰고 쉼표 없이 적으세요: "1352.40"' },
  },
  CONFIG_NOT_SIZE: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected a size from 1 MB to 50 MB.",
      ko: "`{key}` 값이 `{found}`입니다. 1MB에서 50MB 사이의 크기여야 합니다.",
    },
    next: { en: "Write it as `10 MB`.", ko: "`10 MB`처럼 쓰세요." },
  },
  CONFIG_NOT_BYTES: {
    severity: "error",
    say: {
      en: "`{key}` is `{found}`; expected an amount of data.",
      ko: "`{key}` 값이 `{found}`입니다. 데이터 크기여야 합니다.",
    },
    next: { en: "Write it as `500 MB`, `10 GB` or `1 TB`.", ko: "`500 MB`, `10 GB`, `1 TB`처럼 쓰세요." },
  },
  CONFIG_SECRET_LITERAL: {
    severity: "error",
    say: { en: "`{key}` must not hold the value itself.", ko: "`{key}`에는 값을 직접 쓸 수 없습니다." },
    next: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
      en: "Write ${env:NAME} or ${file:/path}, and change the secret if this file was ever shared.",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
      ko: "${env:NAME} 또는 ${file:/path}로 쓰고, 이 파일을 공유한 적이 있으면 비밀번호를 바꾸세요.",
    },
  },
  CONFIG_SECRET_MISSING: {
    severity: "warning",
    say: { en: "`{reference}` has no value here: {why}.", ko: "`{reference}`의 값이 없습니다: {why}" },
    next: {
      en: "Set it where the program runs. Until then mail is not sent; nothing is lost.",
      ko: "프로그램을 실행하는 곳에 값을 넣으세요. 그 전에는 메일이 나가지 않지만 유실되는 것은 없습니다.",
    },
  },

  CONFIG_PASSWORD_SHORT: {
    severity: "error",
    say: {
      en: "The password behind `{reference}` has fewer than {least} characters: files encrypted with it are opened by trying.",
      ko: "`{reference}`의 비밀번호가 {least}자보다 짧습니다. 이런 비밀번호로 암호화한 파일은 대입만으로 열립니다.",
    },
    next: {
      en: "Set a longer one where the program runs, and tell it to the readers. Nothing was sent.",
      ko: "프로그램을 실행하는 곳에 더 긴 비밀번호를 넣고 받는 분들께 알려 주세요. 아무것도 발송되지 않았습니다.",
    },
  },

  // --- What the parts mean together ---
  CONFIG_GLOB_OUTSIDE: {
    severity: "error",
    say: { en: "`{found}` leaves the client's inbox.", ko: "`{found:은/는}` 클라이언트의 inbox 폴더를 벗어납니다." },
    next: {
      en: "Write a path below inbox/<client>/ with `/` and without `..`: `google-ads/*`.",
      ko: "inbox/<클라이언트>/ 아래의 경로를 `..` 없이 쓰세요: `google-ads/*`",
    },
  },
  CONFIG_SOURCE_ORIGIN: {
    severity: "error",
    say: {
      en: "A source needs exactly one of `files` and `bigquery`.",
      ko: "소스에는 `files`와 `bigquery` 중 정확히 하나가 있어야 합니다.",
    },
    next: {
      en: "Write `files: google-ads/*` for files that people bring, or `bigquery: { preset: … }` for tables that are asked.",
      ko: "사람이 넣는 파일이면 `files: google-ads/*`, 조회할 테이블이면 `bigquery: { preset: … }`를 쓰세요.",
    },
  },
  CONFIG_SOURCE_PRESET: {
    severity: "error",
    say: {
      en: "`bigquery` needs exactly one of `preset` and `query`.",
      ko: "`bigquery`에는 `preset`과 `query` 중 정확히 하나가 있어야 합니다.",
    },
    next: {
      en: "Write `preset: google_ads`, `search_console` or `ga4` for their own tables, or `query: queries/name.sql` for a statement of yours.",
      ko: "해당 매체의 테이블이면 `preset: google_ads`, `search_console`, `ga4` 중 하나를, 직접 쓴 쿼리라면 `query: queries/이름.sql`을 쓰세요.",
    },
  },
  CONFIG_NOT_STATEMENT: {
    severity: "error",
    say: {
      en: "`{found}` is no path of a statement below the client's folder.",
      ko: "`{found:은/는}` 클라이언트 폴더 아래의 쿼리 파일 경로가 아닙니다.",
    },
    next: {
      en: "Write a path below clients/<client>/ that ends in .sql, with `/` and without `..`: `queries/newsletter.sql`.",
      ko: "clients/<클라이언트>/ 아래의 .sql 파일 경로를 `..` 없이 쓰세요: `queries/newsletter.sql`",
    },
  },
  CONFIG_NOT_CUSTOMER: {
    severity: "error",
    say: {
      en: "`{found}` is no number of a Google Ads account.",
      ko: "`{found:은/는}` Google Ads 계정 번호가 아닙니다.",
    },
    next: {
      en: 'Write its ten digits in quotes: `"123-456-7890"`.',
      ko: '10자리 숫자를 따옴표 안에 쓰세요: `"123-456-7890"`',
    },
  },
  CONFIG_STATEMENT_MISSING: {
    severity: "error",
    say: { en: "There is no `{file}` in {folder}.", ko: "{folder}에 `{file:이/가}` 없습니다." },
    next: {
      en: "Put the statement there, or correct the path; the nearest file: {nearest}. A link that leads out of the folder counts as none.",
      ko: "쿼리 파일을 그 위치에 두거나 경로를 고치세요. 가장 비슷한 파일: {nearest}. 폴더 밖을 가리키는 링크는 쓸 수 없습니다.",
    },
  },
  CONFIG_STATEMENT_DAYS: {
    severity: "error",
    say: {
      en: "{file} does not name `@{name}`, so each question would read all days.",
      ko: "{file}에 `@{name:이/가}` 없어 조회할 때마다 모든 날짜를 읽게 됩니다.",
    },
    next: {
      en: "Narrow it to the days asked for: `WHERE day BETWEEN @from AND @to`.",
      ko: "요청한 날짜만 읽도록 쓰세요: `WHERE day BETWEEN @from AND @to`",
    },
  },
  CONFIG_PARAMETER_UNKNOWN: {
    severity: "error",
    say: {
      en: "{file} names `@{found}`, which nobody gives.",
      ko: "{file}에 쓰인 `@{found}` 값이 없습니다.",
    },
    next: {
      en: "Write `params: { {found}: … }` beside `query`; or did you mean `@{nearest}`?",
      ko: "`query` 옆에 `params: { {found}: … }`를 쓰세요. `@{nearest:을/를}` 쓰려던 것일 수도 있습니다.",
    },
  },
  CONFIG_PARAMETER_UNUSED: {
    severity: "error",
    say: {
      en: "{file} does not use the parameter `{found}`.",
      ko: "{file}에서 `{found}` 매개변수를 쓰지 않습니다.",
    },
    next: {
      en: "Take it out of `params`, or correct its name; the nearest in the file: `{nearest}`. `from` and `to` are given by the program.",
      ko: "`params`에서 지우거나 이름을 고치세요. 파일에서 가장 비슷한 이름: `{nearest}`. `from`과 `to`는 프로그램이 넣습니다.",
    },
  },
  CONFIG_NO_SOURCES: {
    severity: "warning",
    say: {
      en: "The channel `{channel}` has no sources, so its reports can hold no figures.",
      ko: "`{channel}` 채널에 소스가 없어 리포트에 넣을 데이터가 없습니다.",
    },
    next: { en: "Add `sources:`, or remove the channel.", ko: "`sources:`를 추가하거나 채널을 지우세요." },
  },
  CONFIG_SOURCE_EMPTY: {
    severity: "warning",
    say: {
      en: "No file matches `{files}` of the channel `{channel}`.",
      ko: "`{channel}` 채널의 `{files}`에 맞는 파일이 없습니다.",
    },
    next: {
      en: "Put the exports into {folder}, or correct `files`. Reports will say that this source is missing.",
      ko: "{folder} 폴더에 파일을 넣거나 `files`를 고치세요. 리포트에는 이 소스가 없다고 표시됩니다.",
    },
  },
  CONFIG_SOURCE_UNSTATED: {
    severity: "warning",
    say: {
      en: "The exports of `{files}` (channel `{channel}`) do not say, and neither does their source: {missing}.",
      ko: "`{channel}` 채널의 `{files}` 파일에도, 그 소스 설정에도 없는 정보: {missing}.",
    },
    next: {
      en: "Add to this source, with your own values for these examples: {lines}. Until then reports cannot say it.",
      ko: "이 소스에 추가하고 예시를 실제 값으로 바꾸세요: {lines}. 그때까지 리포트에 표시하지 못합니다.",
    },
  },
  CONFIG_SOURCE_UNLOADABLE: {
    severity: "error",
    say: {
      en: "The exports of `{files}` (channel `{channel}`) do not say, and neither does their source: {missing}. {count} of them cannot be loaded without, {file} for one.",
      ko: "`{channel}` 채널의 `{files}` 파일에도, 그 소스 설정에도 없는 정보: {missing}. 이 때문에 {file} 등 {count}개 파일을 읽지 못합니다.",
    },
    next: {
      en: "Add to this source, with your own values for these examples: {lines}. The files stay where they are.",
      ko: "이 소스에 추가하고 예시를 실제 값으로 바꾸세요: {lines}. 파일은 그대로 두면 됩니다.",
    },
  },
  CONFIG_NO_CLIENT_FILE: {
    severity: "error",
    say: { en: "The folder {folder} has no client.yaml.", ko: "{folder} 폴더에 client.yaml이 없습니다." },
    next: { en: "Add the file, or remove the folder.", ko: "파일을 추가하거나 폴더를 지우세요." },
  },
  CONFIG_UNKNOWN_PERSON: {
    severity: "error",
    say: { en: "`{found}` is nobody in agency.yaml.", ko: "`{found:은/는}` agency.yaml에 없는 사람입니다." },
    next: {
      en: "Did you mean `{nearest}`? People: {known}.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 등록된 사람: {known}",
    },
  },
  CONFIG_UNKNOWN_AUDIENCE: {
    severity: "error",
    say: {
      en: "`{found}` is none of the client's recipients.",
      ko: "`{found:은/는}` `recipients`에 없는 수신 그룹입니다.",
    },
    next: {
      en: "Did you mean `{nearest}`? Recipients: {known}.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 수신 그룹: {known}",
    },
  },
  CONFIG_UNKNOWN_KPI: {
    severity: "error",
    say: {
      en: "`{found}` is neither a KPI nor a base metric.",
      ko: "`{found:은/는}` 등록된 KPI나 기본 지표가 아닙니다.",
    },
    next: {
      en: "Did you mean `{nearest}`? docs/kpis.md lists them all.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 전체 목록은 docs/kpis.md에 있습니다.",
    },
  },
  CONFIG_UNKNOWN_PLATFORM: {
    severity: "error",
    say: {
      en: "No format file describes a platform `{found}`.",
      ko: "`{found}` 매체의 형식 파일이 없습니다.",
    },
    next: {
      en: "Did you mean `{nearest}`? `bogo formats` lists them all; a new platform is a file `formats/{found}.yaml`.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 전체 목록은 `bogo formats`로 볼 수 있고, 새 매체는 `formats/{found}.yaml` 파일로 추가합니다.",
    },
  },
  CONFIG_FORMAT_FILE: {
    severity: "error",
    say: {
      en: "The file is called `{name}.yaml` and describes the platform `{found}`.",
      ko: "파일 이름은 `{name}.yaml`인데 내용은 `{found}` 매체의 형식입니다.",
    },
    next: {
      en: "Call it `{found}.yaml`, or write `platform: {name}`. Until then its exports are unknown.",
      ko: "파일 이름을 `{found}.yaml`로 바꾸거나 `platform: {name}`으로 쓰세요. 그때까지 이 매체의 파일은 읽지 않습니다.",
    },
  },
  CONFIG_FORMAT_TWICE: {
    severity: "error",
    say: { en: "Two formats have the id `{found}`.", ko: "두 형식의 id가 모두 `{found}`입니다." },
    next: {
      en: "Give each format of the platform an id of its own.",
      ko: "매체 안에서 형식마다 서로 다른 id를 쓰세요.",
    },
  },
  CONFIG_FORMAT_REQUIRES: {
    severity: "error",
    say: {
      en: "`{format}` requires `{found}`, which none of its columns holds: no file could ever be recognised.",
      ko: "`{format}` 형식은 `{found:을/를}` 요구하지만 그런 열이 없어 어떤 파일도 알아볼 수 없습니다.",
    },
    next: {
      en: "Add a column with `is: {found}`, or write another word. Did you mean `{nearest}`?",
      ko: "`is: {found}` 열을 추가하거나 다른 이름으로 바꾸세요. `{nearest:을/를}` 쓰려던 것인지도 확인하세요.",
    },
  },
  CONFIG_FORMAT_WORD: {
    severity: "warning",
    say: {
      en: "`{key}` of `{format}` names `{found}`, which none of its columns holds, so that it says nothing.",
      ko: "`{format}`의 `{key}`에 쓴 `{found:은/는}` 해당하는 열이 없어 아무 효과가 없습니다.",
    },
    next: {
      en: "Did you mean `{nearest}`? Else add a column with `is: {found}`, or leave the word out.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 아니면 `is: {found}` 열을 추가하거나 이 단어를 빼세요.",
    },
  },
  CONFIG_FORMAT_ALIAS: {
    severity: "warning",
    say: {
      en: "The header `{found}` stands under `{first}` and under `{second}`, so that one column fills both.",
      ko: "`{found}` 머리글이 `{first:과/와}` `{second}` 양쪽에 있어 한 열이 두 값을 모두 채웁니다.",
    },
    next: {
      en: "Keep it under one of them, unless the platform's column means both.",
      ko: "매체의 열이 두 가지를 모두 뜻하는 것이 아니면 한쪽에만 남기세요.",
    },
  },
  CONFIG_UNKNOWN_CHANNEL: {
    severity: "error",
    say: {
      en: "The report `{report}` covers `{found}`, which is none of this client's channels.",
      ko: "`{report}` 리포트의 `{found:은/는}` 이 클라이언트의 채널이 아닙니다.",
    },
    next: {
      en: "Did you mean `{nearest}`? Channels: {known}.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 채널: {known}",
    },
  },
  CONFIG_REPORT_ID: {
    severity: "error",
    say: { en: "The report id `{found}` is taken.", ko: "리포트 id `{found:이/가}` 이미 쓰이고 있습니다." },
    next: {
      en: "Give it a name that no channel and no other report has.",
      ko: "채널이나 다른 리포트와 겹치지 않는 이름을 쓰세요.",
    },
  },
  CONFIG_NO_DOMAINS: {
    severity: "error",
    say: {
      en: "agency.yaml names no recipient domains for {found}.",
      ko: "agency.yaml에 {found}의 수신 도메인이 없습니다.",
    },
    next: {
      en: "Add `{found}: [domain]` to `domains` in agency.yaml.",
      ko: "agency.yaml의 `domains`에 `{found}: [도메인]`을 추가하세요.",
    },
  },
  CONFIG_RECIPIENT_DOMAIN: {
    severity: "error",
    say: {
      en: "`{found}` lies outside the domains that this client's reports may go to: {known}.",
      ko: "`{found:은/는}` 이 클라이언트의 리포트를 받을 수 있는 도메인({known})이 아닙니다.",
    },
    next: {
      en: "Check the address. If it is right, add its domain under `domains` in agency.yaml.",
      ko: "주소를 확인하세요. 맞다면 agency.yaml의 `domains`에 도메인을 추가하세요.",
    },
  },
  CONFIG_DOMAINS_STALE: {
    severity: "warning",
    say: {
      en: "agency.yaml names domains for `{found}`, which is no client.",
      ko: "agency.yaml의 `domains`에 있는 `{found:은/는}` 클라이언트가 아닙니다.",
    },
    next: {
      en: "Did you mean `{nearest}`? Else remove the line.",
      ko: "`{nearest:을/를}` 쓰려던 것이 아니면 줄을 지우세요.",
    },
  },
  CONFIG_RECIPIENT_TWICE: {
    severity: "error",
    say: { en: "`{found}` stands twice among the recipients.", ko: "수신자에 `{found:이/가}` 두 번 있습니다." },
    next: { en: "Keep one: the report would reach them twice.", ko: "하나만 남기세요. 같은 리포트가 두 번 갑니다." },
  },
  CONFIG_KPI_INPUT: {
    severity: "error",
    say: {
      en: "`{kpi}` needs `{metric}`, which none of the channel's sources supplies.",
      ko: "`{kpi}` 계산에 필요한 `{metric:을/를}` 이 채널의 어떤 소스도 주지 않습니다.",
    },
    next: {
      en: "Add a source that has it (a manual CSV, say), or leave `{kpi}` out of `kpis`.",
      ko: "그 값이 있는 소스(예: 직접 입력 CSV)를 추가하거나 `kpis`에서 `{kpi:을/를}` 빼세요.",
    },
  },
  CONFIG_STAR_SOURCE: {
    severity: "error",
    say: {
      en: "`{key}` is `{kpi}`, and no source of the overview's channels supplies its `{metric}`.",
      ko: "`{key}`의 `{kpi}`에 필요한 `{metric:을/를}` 주는 소스가 종합 리포트의 채널에 없습니다.",
    },
    next: {
      en: "Add the source to one of the channels. Orders, revenue and new customers come from a CSV of the shop: `overview: { sources: [{ files: manual/*, account: shop }] }`.",
      ko: "채널에 소스를 추가하세요. 주문, 매출, 신규 고객은 자사몰 CSV로 받습니다: `overview: { sources: [{ files: manual/*, account: shop }] }`",
    },
  },
  CONFIG_STAR_ABSENT: {
    severity: "warning",
    say: {
      en: "The overview has no North Star; its first KPI heads it.",
      ko: "종합 리포트에 북극성 지표가 없어 첫 번째 KPI가 대신 앞에 섭니다.",
    },
    next: {
      en: "Name the one long-term metric: `north_star: { kpi: orders }`.",
      ko: "장기 지표 하나를 정하세요: `north_star: { kpi: orders }`",
    },
  },
  CONFIG_STAR_UNUSED: {
    severity: "warning",
    say: {
      en: "`{key}` is shown by the overview alone, which this client does not have.",
      ko: "`{key:은/는}` 종합 리포트에만 나오는데 이 클라이언트에는 종합 리포트가 없습니다.",
    },
    next: {
      en: "Add `overview:` to the channels, or take `{key}` away.",
      ko: "채널에 `overview:`를 추가하거나 `{key:을/를}` 지우세요.",
    },
  },
  CONFIG_OVERVIEW_ONLY: {
    severity: "error",
    say: {
      en: "`{key}` belongs to the overview, not to `{channel}`.",
      ko: "`{key:은/는}` 종합 리포트의 설정이라 `{channel}`에는 쓸 수 없습니다.",
    },
    next: { en: "Move it to `overview:`.", ko: "`overview:` 아래로 옮기세요." },
  },
  CONFIG_KPI_PARAMETER: {
    severity: "error",
    say: {
      en: "`{kpi}` needs `{parameter}`, which the client does not give.",
      ko: "`{kpi}` 계산에 필요한 `{parameter}` 값이 없습니다.",
    },
    next: {
      en: "Add `parameters: { {parameter}: 35% }` to client.yaml, or leave `{kpi}` out.",
      ko: "client.yaml에 `parameters: { {parameter}: 35% }`를 추가하거나 `{kpi:을/를}` 빼세요.",
    },
  },
  CONFIG_KPI_PART: {
    severity: "error",
    say: { en: "The new KPI `{kpi}` lacks `{key}`.", ko: "새 KPI `{kpi}`에 `{key:이/가}` 없습니다." },
    next: {
      en: "A KPI that kpis.yaml does not have needs the whole entry. Did you mean to change `{nearest}`?",
      ko: "kpis.yaml에 없는 KPI는 모든 항목이 필요합니다. `{nearest:을/를}` 바꾸려던 것인지 확인하세요.",
    },
  },
  CONFIG_FORMULA: {
    severity: "error",
    say: {
      en: "The formula `{formula}` of `{kpi}` breaks off at character {at}: found {found}, expected {expected}.",
      ko: "`{kpi}`의 수식 `{formula:이/가}` {at}번째 글자에서 맞지 않습니다: {found} (필요: {expected})",
    },
    next: { en: "Use names, numbers, + - * / and brackets.", ko: "이름, 숫자, + - * /, 괄호만 쓰세요." },
  },
  CONFIG_FORMULA_NAME: {
    severity: "error",
    say: {
      en: "The formula of `{kpi}` asks for `{found}`, which is no metric, parameter or KPI.",
      ko: "`{kpi}` 수식의 `{found:은/는}` 지표, 매개변수, KPI 어느 것도 아닙니다.",
    },
    next: {
      en: "Did you mean `{nearest}`? Parameters are listed under `needs`.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 매개변수는 `needs`에 적습니다.",
    },
  },
  CONFIG_GOAL_TARGET: {
    severity: "error",
    say: {
      en: "A goal needs exactly one of at_least, at_most, between and budget.",
      ko: "목표에는 at_least, at_most, between, budget 중 정확히 하나가 있어야 합니다.",
    },
    next: { en: "Write one of them: `at_least: 350%`.", ko: "하나만 쓰세요: `at_least: 350%`" },
  },
  CONFIG_GOAL_UNIT: {
    severity: "error",
    say: {
      en: "The goal for `{kpi}` is `{found}`; expected {expected}.",
      ko: "`{kpi}` 목표가 `{found}`입니다. 다음처럼 써야 합니다: {expected}",
    },
    next: { en: "Write the target with the unit of its KPI.", ko: "KPI의 단위에 맞춰 쓰세요." },
  },
  CONFIG_GOAL_RANGE: {
    severity: "error",
    say: {
      en: "The range for `{kpi}` ends below its beginning: {found}.",
      ko: "`{kpi}` 목표 범위의 끝이 시작보다 작습니다: {found}",
    },
    next: { en: "Write the lower end first.", ko: "작은 값을 먼저 쓰세요." },
  },
  CONFIG_DATES: {
    severity: "error",
    say: { en: "`{from}` lies after `{until}`.", ko: "`{from:이/가}` `{until}`보다 뒤입니다." },
    next: { en: "Write the earlier day first.", ko: "앞선 날짜를 먼저 쓰세요." },
  },
  CONFIG_SAME_ACCOUNT: {
    severity: "error",
    say: { en: "The account `{account}` belongs to {other}, too.", ko: "`{account}` 계정은 {other}에도 있습니다." },
    next: {
      en: "One account feeds one client. Correct it in one of the two; neither runs until then.",
      ko: "한 계정은 한 클라이언트에만 쓸 수 있습니다. 한쪽을 고칠 때까지 둘 다 실행하지 않습니다.",
    },
  },
  CONFIG_SAME_DATASET: {
    severity: "error",
    say: {
      en: "The data set `{dataset}` belongs to {other}, too.",
      ko: "`{dataset}` 데이터세트는 {other}에도 있습니다.",
    },
    next: {
      en: "One data set holds one client. Leave `dataset` out, or name another in one of the two; neither runs until then.",
      ko: "데이터세트 하나에는 한 클라이언트만 둘 수 있습니다. `dataset`을 지우거나 한쪽을 다르게 적으세요. 그때까지 둘 다 실행하지 않습니다.",
    },
  },
  CONFIG_SAME_TABLES: {
    severity: "error",
    say: {
      en: "The tables of {tables} belong to {other}, too.",
      ko: "{tables} 테이블은 {other}에도 있습니다.",
    },
    next: {
      en: "One account feeds one client. Correct it in one of the two; neither runs until then.",
      ko: "한 계정은 한 클라이언트에만 쓸 수 있습니다. 한쪽을 고칠 때까지 둘 다 실행하지 않습니다.",
    },
  },
  CONFIG_SAME_RECIPIENTS: {
    severity: "warning",
    say: { en: "{other} has exactly the same recipients.", ko: "{other:과/와} 수신자가 똑같습니다." },
    next: {
      en: "Check that one was not copied from the other by mistake.",
      ko: "한쪽을 복사하고 고치지 않은 것은 아닌지 확인하세요.",
    },
  },
  CONFIG_RATE_ORDER: {
    severity: "error",
    say: { en: "Two rates of {pair} hold on {day}.", ko: "{day}에 {pair} 환율이 둘입니다." },
    next: { en: "Let the days of one pair not overlap.", ko: "같은 통화 쌍의 날짜가 겹치지 않게 하세요." },
  },
  CONFIG_COMMENT_STRAY: {
    severity: "error",
    say: {
      en: "The comment {found} belongs to no report period.",
      ko: "코멘트 파일 {found:은/는} 어떤 리포트 기간과도 맞지 않습니다.",
    },
    next: {
      en: "Name it <report>.<cadence>.<first day of the period>.md, for instance {nearest}.",
      ko: "<리포트>.<주기>.<기간 첫날>.md로 이름을 바꾸세요. 예: {nearest}",
    },
  },
} satisfies Record<string, ProblemEntry>;
