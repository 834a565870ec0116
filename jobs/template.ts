import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { nearest } from "../config/nearest.ts";
import { limits, type Refusal } from "../templates/excel/own/admit.ts";
import type { ReportDef } from "../transforms/definitions.ts";
import { dimensionIds, metricIds, type Text } from "../transforms/metrics.ts";
import { BogoError, type Problem, problem } from "../transforms/problem.ts";
import { reportedKey, reportedMetric } from "../transforms/report/rows.ts";

type Definition = Pick<ReportDef, "client" | "template" | "kpis">;

/** The workbook that a report is filled into, or null where it has ours. Throws where the file may not be used. */
export async function templateOf(root: string, def: Definition) {
  if (def.template === null) return null;
  const opened = await open(root, def, def.template);
  if ("code" in opened) throw new BogoError([opened]);
  return opened.parts;
}

/** What is wrong with a report's template: missing, refused, or asking for what no report has. */
export async function judgeTemplate(root: string, def: Definition): Promise<Problem[]> {
  if (def.template === null) return [];
  const place = placeOf(def, def.template);
  const opened = await open(root, def, def.template);
  if ("code" in opened) return [opened];
  const { keys, heads } = opened.asked;
  const [{ keyNames }, { dataNames }] = await Promise.all([
    import("../templates/excel/own/keys.ts"),
    import("../templates/excel/data.ts"),
  ]);
  const known = keyNames(def.kpis);
  const twins = metricIds.map(reportedKey).filter((key) => reportedMetric(key) !== null);
  const columns = [...rowColumns, ...dimensionIds, ...metricIds, ...twins].flatMap(dataNames);
  const lower = new Set(columns.map((name) => name.toLowerCase()));
  const strange = (heads ?? []).filter((head) => head !== "" && !lower.has(head.trim().toLowerCase()));
  const braces = (key: string) => `{{${key}}}`;
  return [
    ...keys
      .filter((key) => !known.includes(key))
      .map((key) =>
        problem("TEMPLATE_KEY_UNKNOWN", { found: braces(key), nearest: braces(nearest(key, known)) }, place),
      ),
    ...strange.map((head) => problem("TEMPLATE_HEAD_UNKNOWN", { found: head, nearest: nearest(head, columns) }, place)),
    ...(keys.length === 0 && heads === null ? [problem("TEMPLATE_IDLE", { found: def.template }, place)] : []),
  ];
}

/** What rows have beside dimensions and metrics. */
const rowColumns = ["from", "to", "platform", "account", "currency", "vat"];

async function open(root: string, def: Definition, name: string) {
  const place = placeOf(def, name);
  const folder = join(root, "clients", def.client, "templates");
  const bytes = read(folder, name);
  if (bytes === null) {
    const facts = { found: name, client: def.client, known: workbooksIn(folder).join(", ") || "–" };
    return problem("TEMPLATE_MISSING", facts, place);
  }
  const { openTemplate } = await import("../templates/excel/own/template.ts");
  const opened = bytes === "size" ? { refused: bytes } : openTemplate(bytes);
  if (!("refused" in opened)) return opened;
  const { en, ko } = why[opened.refused];
  return problem("TEMPLATE_REFUSED", { found: name, why_en: en, why_ko: ko }, place);
}

const placeOf = ({ client }: Definition, name: string) => ({ client, file: `clients/${client}/templates/${name}` });

/** A link that leads out of the folder is not followed. */
function read(folder: string, name: string): Buffer | "size" | null {
  try {
    const path = realpathSync(join(folder, name));
    if (!path.startsWith(realpathSync(folder) + sep)) return null;
    return statSync(path).size > limits.file ? "size" : readFileSync(path);
  } catch {
    return null;
  }
}

function workbooksIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".xlsx"));
  } catch {
    return [];
  }
}

const why: Record<Refusal, Text> = {
  size: { en: "it is larger than 5 MB", ko: "5MB보다 큽니다" },
  bomb: { en: "it unpacks to far more than it is", ko: "압축을 풀면 지나치게 커집니다" },
  damaged: { en: "it cannot be unpacked", ko: "파일이 손상되어 열 수 없습니다" },
  not_xlsx: { en: "it is no Excel workbook", ko: "엑셀 통합 문서가 아닙니다" },
  macros: { en: "it holds macros", ko: "매크로가 들어 있습니다" },
  links: { en: "it links to other files or databases", ko: "다른 파일이나 데이터베이스에 연결되어 있습니다" },
  active: { en: "it holds controls or embedded files", ko: "컨트롤이나 삽입된 파일이 들어 있습니다" },
  dtd: { en: "it declares a document type or another encoding", ko: "문서 형식 선언이나 다른 인코딩이 있습니다" },
  remote_formula: {
    en: "a formula of it starts a program or asks the network",
    ko: "프로그램을 실행하거나 네트워크에 접속하는 수식이 있습니다",
  },
};
