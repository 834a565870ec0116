import { catalogue, type ProblemCode } from "../../transforms/problem.ts";
import { table, WRITTEN } from "./table.ts";

/** Every problem the program can report, with what it says and the next step, in both languages. */
export function problemCatalogue(): string {
  const codes = (Object.keys(catalogue) as ProblemCode[]).sort(); // the catalogue's own keys
  const rows = codes.map((code) => {
    const { severity, say, next } = catalogue[code];
    return [`\`${code}\``, severity, `${plain(say.en)} → ${plain(next.en)}`, `${plain(say.ko)} → ${plain(next.ko)}`];
  });
  return `${[
    WRITTEN,
    "# Problems",
    "An error stops what it concerns and nothing else; a warning is said and the work goes on. Words in `{…}` are the evidence.",
    table(["Code", "", "English", "Korean"], rows),
  ].join("\n\n")}\n`;
}

/** Korean chooses a particle by the word before it; here both stand: `{file:이/가}` is shown as `{file}이/가`. */
const plain = (text: string): string => text.replace(/\{(\w+):([^}/]+\/[^}]+)\}(`?)/g, "{$1}$3$2");
