import type { ProblemEntry } from "../problem.ts";

/** What to do about a file that may be less than the platform made. */
const doubted = {
  en: "Download it again; the download may have been cut off.",
  ko: "다운로드가 중단되었을 수 있으니 다시 내려받으세요.",
};

/** Problems in exported files: recognising, reading, cleaning, loading. */
export const fileProblems = {
  FILE_UNKNOWN: {
    severity: "error",
    say: {
      en: "{file} is no export that is known. Nearest format: {nearest}; it differs in: {differs}.",
      ko: "{file:은/는} 알 수 없는 파일입니다. 가장 가까운 형식: {nearest}. 다른 점: {differs}",
    },
    next: {
      en: "Download the report again as the platform gives it, or begin a format for it with `bogo formats draft`. The other files are loaded.",
      ko: "매체에서 보고서를 다시 내려받거나 `bogo formats draft`로 형식을 추가하세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_NO_TABLE: {
    severity: "error",
    say: {
      en: "{file} holds no table that a format could describe: no row of names with rows as wide below it was found.",
      ko: "{file}에서 형식으로 만들 표를 찾지 못했습니다. 머리글 행과 같은 너비의 행이 없습니다.",
    },
    next: {
      en: "Check that it is the export itself; for files of another shape, config/formats/README.md shows how to describe them.",
      ko: "매체에서 받은 파일이 맞는지 확인하세요. 모양이 다른 파일은 config/formats/README.md를 보고 직접 쓸 수 있습니다.",
    },
  },
  FILE_EMPTY: {
    severity: "error",
    say: { en: "{file} holds nothing.", ko: "{file:은/는} 빈 파일입니다." },
    next: {
      en: "Download it again; the download may have been cut off.",
      ko: "다운로드가 중단되었을 수 있으니 다시 내려받으세요.",
    },
  },
  FILE_GROWING: {
    severity: "warning",
    say: {
      en: "{file} is still being written.",
      ko: "{file:을/를} 아직 쓰는 중입니다.",
    },
    next: {
      en: "It is left for the next run. The other files are loaded.",
      ko: "다음 실행 때 불러옵니다. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_UNREADABLE: {
    severity: "error",
    say: { en: "{file} cannot be read: {why}.", ko: "{file:을/를} 읽을 수 없습니다: {why}" },
    next: {
      en: "Check the path and its permissions. The other files are loaded.",
      ko: "경로와 권한을 확인하세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_TOO_LARGE: {
    severity: "error",
    say: {
      en: "{file} is {size} MB; a file of up to {limit} MB is read.",
      ko: "{file}의 크기는 {size}MB입니다. {limit}MB 이하의 파일만 읽습니다.",
    },
    next: {
      en: "Download a shorter period at a time. The other files are loaded.",
      ko: "기간을 나누어 다시 내려받으세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_TOO_LARGE_IRREGULAR: {
    severity: "error",
    say: {
      en: "{file} is {size} MB. A file over {limit} MB must be one plain table without damaged lines; this one is not, and was not loaded.",
      ko: "{file}의 크기는 {size}MB입니다. {limit}MB가 넘는 파일은 손상된 줄이 없는 표 하나여야 하는데 그렇지 않아 불러오지 않았습니다.",
    },
    next: {
      en: "Download it again and do not edit it, or download a shorter period at a time. The other files are loaded.",
      ko: "다시 내려받아 편집하지 말고 그대로 넣거나 기간을 나누어 내려받으세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_COLUMNS_MANY: {
    severity: "error",
    say: {
      en: "{file} has lines of {found} cells near its top, more than the {limit} columns that a table may have.",
      ko: "{file}의 첫 부분에 칸이 {found}개인 줄이 있습니다. 표의 열은 {limit}개까지 읽습니다.",
    },
    next: {
      en: "Download the report again with fewer columns. The other files are loaded.",
      ko: "열을 줄여 보고서를 다시 내려받으세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_HEADER_TWICE: {
    severity: "error",
    say: {
      en: "{file} has two columns named `{column}`, {first} and {second}, that say different things. It was not loaded.",
      ko: "{file}에 이름이 `{column}`인 열이 둘({first}번째, {second}번째) 있고 값이 서로 다릅니다. 불러오지 않았습니다.",
    },
    next: {
      en: "Download the report again with only the one that is meant. The other files are loaded.",
      ko: "필요한 열 하나만 넣어 다시 내려받으세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_ENCODING: {
    severity: "error",
    say: {
      en: "{file} holds damaged text in its header or in most of its lines: it is neither UTF-8, UTF-16 nor CP949.",
      ko: "{file}의 머리글이나 대부분의 줄이 깨져 있습니다. UTF-8, UTF-16, CP949 어느 것으로도 읽을 수 없습니다.",
    },
    next: {
      en: "Download it again and do not open it in an editor first.",
      ko: "편집기로 열지 말고 다시 내려받으세요.",
    },
  },
  FILE_ZIP_REFUSED: {
    severity: "error",
    say: { en: "{file} was not unpacked: {why}.", ko: "{file:을/를} 풀지 않았습니다: {why}" },
    next: {
      en: "Download it again, or unpack it yourself and put the CSV files into the inbox.",
      ko: "다시 내려받거나 직접 압축을 풀어 CSV 파일을 inbox에 넣으세요.",
    },
  },
  FILE_ZIP_NESTED: {
    severity: "error",
    say: {
      en: "{file} was not unpacked: {member} in it is an archive itself.",
      ko: "{file:을/를} 풀지 않았습니다. 안에 든 {member:이/가} 또 압축 파일입니다.",
    },
    next: {
      en: "Unpack it yourself and put the inner files into the inbox. The other files are loaded.",
      ko: "직접 압축을 풀어 안의 파일을 inbox에 넣으세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_SPREADSHEET: {
    severity: "error",
    say: { en: "The workbook {file} was not read: {why}.", ko: "엑셀 파일 {file:을/를} 읽지 않았습니다: {why}" },
    next: {
      en: "Download it again, as CSV where the platform offers it, and do not re-save it from Excel. The other files are loaded.",
      ko: "다시 내려받으세요. CSV를 선택할 수 있으면 CSV로 받고, 엑셀에서 다시 저장하지 마세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_ACCOUNT_DIFFERS: {
    severity: "error",
    say: {
      en: "{file} is of the account {found}, but its source is declared as {declared}. It was not loaded.",
      ko: "{file}의 계정은 {found}인데 설정된 계정은 {declared}입니다. 불러오지 않았습니다.",
    },
    next: {
      en: "Move the file to its own client's inbox, or correct `account` of the source.",
      ko: "해당 광고주의 inbox로 파일을 옮기거나 소스의 `account`를 고치세요.",
    },
  },
  FILE_CURRENCY_DIFFERS: {
    severity: "error",
    say: {
      en: "{file} is in {found}, but its source is declared in {declared}. It was not loaded.",
      ko: "{file}의 통화는 {found}인데 설정된 통화는 {declared}입니다. 불러오지 않았습니다.",
    },
    next: {
      en: "Correct `currency` of the source, or check whose file this is.",
      ko: "소스의 `currency`를 고치거나 어느 계정의 파일인지 확인하세요.",
    },
  },
  FILE_CURRENCIES: {
    severity: "error",
    say: {
      en: "{file} holds amounts in several currencies: {found}. It was not loaded.",
      ko: "{file}에 여러 통화({found})가 섞여 있어 불러오지 않았습니다.",
    },
    next: { en: "Export each currency's accounts apart.", ko: "통화별로 계정을 나누어 내려받으세요." },
  },
  FILE_PERIOD_UNKNOWN: {
    severity: "error",
    say: {
      en: "{file} has no day column, and neither it nor its name says which days it covers.",
      ko: "{file}에 날짜 열이 없고 기간도 적혀 있지 않습니다.",
    },
    next: {
      en: "Add the day as a segment and export again, or give the source `period: { from, to }`.",
      ko: "일자 구분을 추가해 다시 내려받거나 소스에 `period: { from, to }`를 적으세요.",
    },
  },
  FILE_REFUSED: {
    severity: "error",
    say: {
      en: "{file} was not loaded: it is {what}. {instead}",
      ko: "{file:을/를} 불러오지 않았습니다. {what} {instead}",
    },
    next: {
      en: "Put the new file in its place. The other files are loaded.",
      ko: "새로 받은 파일로 바꾸세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  FILE_INCOMPLETE: {
    severity: "warning",
    say: {
      en: "{file} says of itself that its newest figures may not be complete.",
      ko: "{file}에 최근 수치가 완전하지 않을 수 있다고 적혀 있습니다.",
    },
    next: {
      en: "Download the same report again tomorrow; the later file replaces this one's days. What BigQuery is asked for comes again by itself.",
      ko: "내일 같은 보고서를 다시 내려받으세요. 나중 파일이 이 파일의 날짜를 대체합니다. BigQuery에서 조회하는 데이터는 자동으로 다시 받습니다.",
    },
  },
  FILE_DOUBT_TORN: {
    severity: "warning",
    say: {
      en: "{file} breaks off in the middle of line {line}; what followed is missing.",
      ko: "{file:이/가} {line}번째 줄 중간에서 끊겨 뒷부분이 없습니다.",
    },
    next: doubted,
  },
  FILE_DOUBT_NEWLINE: {
    severity: "warning",
    say: {
      en: "{file} ends without the line break that this platform always writes; its last figure may be cut off.",
      ko: "{file} 끝에 이 매체가 항상 넣는 줄바꿈이 없습니다. 마지막 수치가 잘렸을 수 있습니다.",
    },
    next: doubted,
  },
  FILE_DOUBT_TOTALS: {
    severity: "warning",
    say: {
      en: "{file} ends without the row of totals that this platform always writes; rows may be missing.",
      ko: "{file} 끝에 이 매체가 항상 넣는 합계 행이 없습니다. 빠진 행이 있을 수 있습니다.",
    },
    next: doubted,
  },
  FILE_DOUBT_FOOTER: {
    severity: "warning",
    say: {
      en: "{file} ends without the closing line that this platform writes below its reports; rows may be missing.",
      ko: "{file} 끝에 이 매체가 보고서 아래에 넣는 마지막 줄이 없습니다. 빠진 행이 있을 수 있습니다.",
    },
    next: doubted,
  },
  FILE_DOUBT_ROWS: {
    severity: "warning",
    say: {
      en: "{file} says that it has {stated} rows, but it has {found}.",
      ko: "{file}에 {stated}개 행이 있다고 적혀 있지만 실제로는 {found}개입니다.",
    },
    next: doubted,
  },
  FILE_DOUBT_DAYS: {
    severity: "warning",
    say: {
      en: "{file} says that it covers {day}, but has no row of that day: nothing ran, or rows are missing.",
      ko: "{file}의 기간에 {day:이/가} 들어 있지만 그날의 행이 없습니다. 집행이 없었거나 행이 빠졌습니다.",
    },
    next: doubted,
  },
  FILE_COLUMNS_UNKNOWN: {
    severity: "warning",
    say: {
      en: "{file} has columns that are not known and were left out: {columns}.",
      ko: "{file}에서 알 수 없는 열은 제외했습니다: {columns}",
    },
    next: {
      en: "If one of them is needed, add its name to config/formats/{platform}.yaml.",
      ko: "필요한 열이면 config/formats/{platform}.yaml에 이름을 추가하세요.",
    },
  },
  FILE_ROWS_REJECTED: {
    severity: "warning",
    say: {
      en: "{file}: rows left out because they could not be read: {count}, the first on line {line}.",
      ko: "{file}: 읽지 못해 제외한 행이 {count}개 있습니다. 첫 번째는 {line}번째 줄입니다.",
    },
    next: {
      en: "`bogo inspect` with the file's path lists each of them; the other rows are loaded. Download the file again if it was edited.",
      ko: "`bogo inspect 파일경로`로 모두 볼 수 있습니다. 나머지 행은 불러왔습니다. 편집한 파일이면 다시 내려받으세요.",
    },
  },
  FILE_ROW_NUMBER: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: `{found}` under {column} is not a number.",
      ko: "{line}번째 줄을 제외했습니다: {column} 열의 `{found}`는 숫자가 아닙니다.",
    },
    next: {
      en: "The other rows are loaded. Download the file again if it was edited.",
      ko: "나머지 행은 불러왔습니다. 편집한 파일이면 다시 내려받으세요.",
    },
  },
  FILE_ROW_DATE: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: `{found}` under {column} is not a day as this platform writes it.",
      ko: "{line}번째 줄을 제외했습니다: {column} 열의 `{found}`는 이 매체의 날짜 형식이 아닙니다.",
    },
    next: {
      en: "The other rows are loaded. Download the file again if it was edited.",
      ko: "나머지 행은 불러왔습니다. 편집한 파일이면 다시 내려받으세요.",
    },
  },
  FILE_ROW_ID: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: the id `{found}` under {column} was destroyed by a spreadsheet.",
      ko: "{line}번째 줄을 제외했습니다: {column} 열의 ID `{found}`가 스프레드시트에서 손상되었습니다.",
    },
    next: {
      en: "Download the file again and do not save it from a spreadsheet.",
      ko: "다시 내려받아 스프레드시트에서 저장하지 말고 그대로 넣으세요.",
    },
  },
  FILE_ROW_CURRENCY: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: it is in {found}, unlike the rest of the file.",
      ko: "{line}번째 줄을 제외했습니다: 통화({found})가 파일의 다른 행과 다릅니다.",
    },
    next: { en: "Export each currency's accounts apart.", ko: "통화별로 계정을 나누어 내려받으세요." },
  },
  FILE_ROW_ACCOUNT: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: it is of the account {found}, unlike the rest of the file.",
      ko: "{line}번째 줄을 제외했습니다: 계정({found})이 파일의 다른 행과 다릅니다.",
    },
    next: { en: "Export each account apart.", ko: "계정별로 나누어 내려받으세요." },
  },
  FILE_ROW_METRIC: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: `{found}` is not a metric.",
      ko: "{line}번째 줄을 제외했습니다: `{found:은/는}` 지표가 아닙니다.",
    },
    next: {
      en: "Use an id of the metric list, such as orders, revenue or new_customers; what a platform calls it is added in config/formats/.",
      ko: "orders, revenue, new_customers처럼 지표 목록의 ID를 쓰세요. 매체가 쓰는 이름이면 config/formats/에 추가하세요.",
    },
  },
  FILE_ROW_CELLS: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: it has {found} cells, the header {column}.",
      ko: "{line}번째 줄을 제외했습니다: 칸이 {found}개인데 머리글은 {column}개입니다.",
    },
    next: {
      en: "The other rows are loaded. Download the file again if it was edited.",
      ko: "나머지 행은 불러왔습니다. 편집한 파일이면 다시 내려받으세요.",
    },
  },
  FILE_ROW_QUOTE: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: a quotation mark in it has no partner.",
      ko: "{line}번째 줄을 제외했습니다: 짝이 맞지 않는 따옴표가 있습니다.",
    },
    next: {
      en: "The other rows are loaded. Download the file again if it was edited.",
      ko: "나머지 행은 불러왔습니다. 편집한 파일이면 다시 내려받으세요.",
    },
  },
  FILE_ROW_LONG: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: it is longer than a line may be.",
      ko: "{line}번째 줄을 제외했습니다: 줄이 너무 깁니다.",
    },
    next: {
      en: "The other rows are loaded. Download the file again if it was edited.",
      ko: "나머지 행은 불러왔습니다. 편집한 파일이면 다시 내려받으세요.",
    },
  },
  FILE_ROW_ENCODING: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: some of its characters are damaged.",
      ko: "{line}번째 줄을 제외했습니다: 깨진 글자가 있습니다.",
    },
    next: {
      en: "The other rows are loaded. Download the file again and do not save it from an editor.",
      ko: "나머지 행은 불러왔습니다. 편집기에서 저장하지 말고 다시 내려받으세요.",
    },
  },
  FILE_ROW_CONTRADICTS: {
    severity: "warning",
    say: {
      en: "Line {line} was left out: line {found} is about the same thing and day, but differs.",
      ko: "{line}번째 줄을 제외했습니다: {found}번째 줄과 대상과 날짜가 같은데 값이 다릅니다.",
    },
    next: {
      en: "Export again with all the segments as columns, or without segments.",
      ko: "구분 항목을 모두 열로 넣거나 구분 없이 다시 내려받으세요.",
    },
  },
  FILE_ROWS_CONTRADICT: {
    severity: "error",
    say: {
      en: "{file}: lines {line} and {other} are about the same thing and day but differ. Neither was loaded.",
      ko: "{file}: {line}번째와 {other}번째 줄은 같은 대상과 날짜인데 값이 다릅니다. 둘 다 불러오지 않았습니다.",
    },
    next: {
      en: "Export again with all the segments as columns, or without segments.",
      ko: "구분 항목을 모두 열로 넣거나 구분 없이 다시 내려받으세요.",
    },
  },
  FILE_ROWS_REPEATED: {
    severity: "warning",
    say: {
      en: "{file}: {count} lines stand twice and count once; names alone cannot tell whether they are two things.",
      ko: "{file}: 같은 줄 {count}개는 한 번만 셌습니다. 이름만으로는 서로 다른 항목인지 알 수 없습니다.",
    },
    next: { en: "Add the id column to the export to be sure.", ko: "확실히 하려면 ID 열을 추가해 내려받으세요." },
  },
  FILE_PATH_REFUSED: {
    severity: "error",
    say: { en: "`{glob}` leads out of the client's inbox.", ko: "`{glob:은/는}` 광고주의 inbox 밖을 가리킵니다." },
    next: {
      en: "Name files below inbox/<client>/, without `..`, a leading `/` or links.",
      ko: "inbox/<광고주>/ 아래의 파일만 적으세요. `..`, 맨 앞의 `/`, 링크는 쓸 수 없습니다.",
    },
  },
} satisfies Record<string, ProblemEntry>;
