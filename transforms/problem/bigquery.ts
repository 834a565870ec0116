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
