import type { ProblemEntry } from "../problem.ts";

/** Problems of a warehouse in BigQuery. */
export const bigqueryProblems = {
  BIGQUERY_SILENT: {
    severity: "error",
    say: {
      en: "BigQuery gave no answer to use, however often it was asked ({project}, {dataset}): {why}.",
      ko: "BigQuery에 거듭 요청했지만 쓸 수 있는 응답을 받지 못했습니다({project}, {dataset}): {why}.",
    },
    next: {
      en: "Try again later; status.cloud.google.com shows whether BigQuery is down. What was loaded before stands, and what was under way counts once.",
      ko: "나중에 다시 시도하세요. BigQuery 장애 여부는 status.cloud.google.com에서 볼 수 있습니다. 이미 적재된 데이터는 그대로이며, 진행 중이던 작업은 한 번만 반영됩니다.",
    },
  },
  BIGQUERY_QUOTA: {
    severity: "error",
    say: {
      en: "A quota of BigQuery is used up in {project}: {why}.",
      ko: "{project}의 BigQuery 할당량을 모두 썼습니다: {why}.",
    },
    next: {
      en: "Wait until the quota is renewed (daily ones at midnight, Pacific time) or have it raised in the console. Nothing was changed.",
      ko: "할당량이 갱신될 때까지 기다리거나(일일 할당량은 태평양 시간 자정) 콘솔에서 늘려 달라고 요청하세요. 바뀐 것은 없습니다.",
    },
  },
  BIGQUERY_DENIED: {
    severity: "error",
    say: {
      en: "BigQuery does not let us at {dataset} in {project}: {why}.",
      ko: "BigQuery가 {project}의 {dataset} 접근을 거부했습니다: {why}.",
    },
    next: {
      en: "Give the service account `roles/bigquery.jobUser` on the project and `roles/bigquery.dataEditor` on the data set, and check that billing is on. Nothing was changed.",
      ko: "서비스 계정에 프로젝트의 `roles/bigquery.jobUser`와 데이터세트의 `roles/bigquery.dataEditor` 권한을 주고 결제가 켜져 있는지 확인하세요. 바뀐 것은 없습니다.",
    },
  },
  BIGQUERY_CAP: {
    severity: "error",
    say: {
      en: "A question to BigQuery would cost more than the cap of {cap} MB: {why}.",
      ko: "BigQuery 쿼리 비용이 상한 {cap}MB를 넘습니다: {why}.",
    },
    next: {
      en: "It was not run and costs nothing. Raise `max_bytes_billed` if the client has grown that large; docs/bigquery.md says what a report reads.",
      ko: "쿼리는 실행되지 않았고 비용도 없습니다. 고객사 데이터가 그만큼 커졌다면 `max_bytes_billed`를 늘리세요. 리포트가 읽는 양은 docs/bigquery.md에 있습니다.",
    },
  },
  BIGQUERY_REFUSED: {
    severity: "error",
    say: {
      en: "BigQuery refused or broke off a job on {dataset} in {project}: {why}.",
      ko: "BigQuery가 {project}의 {dataset} 작업을 거부하거나 중단했습니다: {why}.",
    },
    next: {
      en: "Nothing counts of what was under way. If somebody changed the tables, `bogo rebuild <client>` makes them anew from the archive; otherwise report this with the sentence above.",
      ko: "진행 중이던 작업은 반영되지 않았습니다. 누군가 테이블을 바꿨다면 `bogo rebuild <고객사>`로 보관된 파일에서 다시 만들 수 있습니다. 아니라면 위 문장과 함께 알려 주세요.",
    },
  },
  BIGQUERY_KEY: {
    severity: "error",
    say: {
      en: "The key of BigQuery's service account cannot be used: {why}.",
      ko: "BigQuery 서비스 계정 키를 쓸 수 없습니다: {why}.",
    },
    next: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
      en: "Write `credentials: ${file:/path/key.json}` with the JSON key that the console gave. Nothing was changed.",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
      ko: "콘솔에서 받은 JSON 키 파일로 `credentials: ${file:/경로/key.json}`을 적으세요. 바뀐 것은 없습니다.",
    },
  },
  BIGQUERY_SOURCE_DENIED: {
    severity: "error",
    say: {
      en: "BigQuery does not let us read {dataset} (asked from {project}): {why}.",
      ko: "BigQuery가 {dataset} 읽기를 거부했습니다(조회한 프로젝트: {project}): {why}.",
    },
    next: {
      en: "Ask for `roles/bigquery.dataViewer` on the data set and `roles/bigquery.jobUser` on the project that pays, and check that billing is on. Nothing was changed; the report treats it as an export that has not come.",
      ko: "데이터세트의 `roles/bigquery.dataViewer`와 비용을 내는 프로젝트의 `roles/bigquery.jobUser` 권한을 요청하고 결제가 켜져 있는지 확인하세요. 바뀐 것은 없으며, 리포트는 아직 오지 않은 파일로 다룹니다.",
    },
  },
  BIGQUERY_SOURCE_CAP: {
    severity: "error",
    say: {
      en: "A question to {dataset} would cost more than the cap of {cap} MB: {why}.",
      ko: "{dataset} 조회 비용이 상한 {cap}MB를 넘습니다: {why}.",
    },
    next: {
      en: "It was not run and costs nothing. Raise `max_bytes_billed` beside `bigquery` in client.yaml (or in agency.yaml) if that is worth it; docs/bigquery.md says what is read. The report treats it as an export that has not come.",
      ko: "조회하지 않았고 비용도 없습니다. 필요하다면 client.yaml의 `bigquery` 안(또는 agency.yaml)에서 `max_bytes_billed`를 늘리세요. 읽는 양은 docs/bigquery.md에 있습니다. 리포트는 아직 오지 않은 파일로 다룹니다.",
    },
  },
  BIGQUERY_SOURCE_MISSING: {
    severity: "error",
    say: {
      en: "BigQuery has no such data set or table in {location} ({dataset}): {why}.",
      ko: "BigQuery의 {location}에 그런 데이터세트나 테이블이 없습니다({dataset}): {why}.",
    },
    next: {
      en: "Compare `project`, `dataset`, `customer` or `manager`, and `location` with what the console shows; a new transfer or export writes its first table after a day or two. Nothing was changed; the report treats it as an export that has not come.",
      ko: "`project`, `dataset`, `customer`(또는 `manager`), `location`을 콘솔과 비교하세요. 새로 만든 전송이나 내보내기는 하루 이틀 뒤에 첫 테이블을 만듭니다. 바뀐 것은 없으며, 리포트는 아직 오지 않은 파일로 다룹니다.",
    },
  },
  BIGQUERY_SOURCE_REFUSED: {
    severity: "error",
    say: {
      en: "BigQuery refused or broke off a question to {dataset}: {why}.",
      ko: "BigQuery가 {dataset} 조회를 거부하거나 중단했습니다: {why}.",
    },
    next: {
      en: "If it is a statement of yours, correct it where the sentence says; for a preset, compare the columns of the tables with docs/bigquery.md and report what differs. Nothing was changed; the report treats it as an export that has not come.",
      ko: "직접 쓴 쿼리라면 위 문장이 가리키는 곳을 고치세요. 프리셋이라면 테이블의 열을 docs/bigquery.md와 비교해 다른 점을 알려 주세요. 바뀐 것은 없으며, 리포트는 아직 오지 않은 파일로 다룹니다.",
    },
  },
  BIGQUERY_SOURCE_WRITES: {
    severity: "error",
    say: {
      en: "The statement for {dataset} is no SELECT ({kind}); a source only reads.",
      ko: "{dataset} 쿼리가 SELECT가 아닙니다({kind}). 소스는 읽기만 합니다.",
    },
    next: {
      en: "Write one SELECT, without scripts and without changes to tables. It was not run; the report treats it as an export that has not come.",
      ko: "스크립트나 테이블 변경 없이 SELECT 하나로 쓰세요. 실행하지 않았으며, 리포트는 아직 오지 않은 파일로 다룹니다.",
    },
  },
  BIGQUERY_SOURCE_NESTED: {
    severity: "error",
    say: {
      en: "The column `{column}` of {source} holds records or lists, which no cell can hold.",
      ko: "{source}의 `{column}` 열에 레코드나 배열이 있어 셀에 담을 수 없습니다.",
    },
    next: {
      en: "Select single values: `column.field`, or a subquery over `UNNEST(column)`. The report treats it as an export that has not come.",
      ko: "`column.field`나 `UNNEST(column)` 하위 쿼리로 값 하나씩 선택하세요. 리포트는 아직 오지 않은 파일로 다룹니다.",
    },
  },
  BIGQUERY_NOT_MOVED: {
    severity: "error",
    say: {
      en: "{client} is to be kept in BigQuery ({project}, {dataset}), but its figures are still in the file on this machine.",
      ko: "{client}의 데이터는 BigQuery({project}, {dataset})에 두도록 설정되어 있지만 아직 이 컴퓨터의 파일에 있습니다.",
    },
    next: {
      en: "Run `bogo rebuild {client} --warehouse bigquery`: it loads the archive, compares all sums, and switches only where they are equal. Nothing was changed.",
      ko: "`bogo rebuild {client} --warehouse bigquery`를 실행하세요. 보관된 파일을 적재해 모든 합계를 비교하고, 같을 때만 전환합니다. 바뀐 것은 없습니다.",
    },
  },
  WAREHOUSE_MOVED: {
    severity: "error",
    say: {
      en: "The figures of {client} were moved to BigQuery, and its config says no longer that they are there.",
      ko: "{client}의 데이터는 BigQuery로 옮겼는데 설정에는 더 이상 BigQuery가 적혀 있지 않습니다.",
    },
    next: {
      en: "Put `warehouse` back into its client.yaml, or bring the figures back with `bogo rebuild {client} --warehouse duckdb`. Nothing was changed.",
      ko: "client.yaml에 `warehouse`를 다시 적거나 `bogo rebuild {client} --warehouse duckdb`로 되돌리세요. 바뀐 것은 없습니다.",
    },
  },
  WAREHOUSE_DIFFERS: {
    severity: "error",
    say: {
      en: "The figures would change: {what} was {before} and would be {after} ({count} differences).",
      ko: "수치가 달라집니다: {what} 값이 {before}에서 {after}(으)로 바뀝니다(차이 {count}건).",
    },
    next: {
      en: "Nothing was switched. `bogo rebuild {client}` makes the present warehouse anew from the same archive; where the move differs even then, report this.",
      ko: "전환하지 않았습니다. `bogo rebuild {client}`로 현재 웨어하우스를 같은 보관 파일에서 다시 만들고, 그래도 다르면 알려 주세요.",
    },
  },
  WAREHOUSE_UNSET: {
    severity: "error",
    say: {
      en: "Neither agency.yaml nor the client.yaml of {client} says where its figures are in BigQuery.",
      ko: "agency.yaml과 {client}의 client.yaml 어디에도 BigQuery 위치가 적혀 있지 않습니다.",
    },
    next: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
      en: "Write `warehouse: { bigquery: { project: my-project, credentials: ${file:/path/key.json} } }` and run it again.",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the words that people write
      ko: "`warehouse: { bigquery: { project: my-project, credentials: ${file:/경로/key.json} } }`을 적고 다시 실행하세요.",
    },
  },
} satisfies Record<string, ProblemEntry>;
