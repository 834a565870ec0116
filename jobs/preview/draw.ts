import { createHash } from "node:crypto";
import type { Theme } from "../../templates/theme.ts";
import type { Report } from "../../transforms/report/model.ts";
import type { ThemeDef } from "../../transforms/theme.ts";
import { type DocumentFile, drawMail, fileName, filesOf, pdfDocument, themeOf, workbook } from "../documents.ts";
import { templateOf } from "../template.ts";
import type { Figured } from "./figured.ts";
import type { Drawn, Part, Step, View } from "./studio.ts";

interface Drawing {
  timed<Result>(name: Step["name"], work: () => Promise<Result>): Promise<Result>;
  /** Whether somebody looks at this part. */
  wants(part: Part): boolean;
  /** Whether something newer is to be drawn instead. */
  isOld(): boolean;
  /** Called with each part that is finished. */
  ready(part: Part): Promise<void>;
}

/**
 * Draws what changed: the mail, which is what most people look at, then the PDF, and the workbook when somebody looks at
 * it. The mail names its files with their sizes, so it is drawn once more where these have changed.
 */
export async function draw(
  shown: View,
  {
    report,
    material,
    rows,
    period,
    older,
    def,
    look,
    config,
  }: Figured & Pick<Drawn, "def"> & { look: string; config: string },
  { timed, wants, isOld, ready }: Drawing,
): Promise<void> {
  const before = shown.drawn;
  const key = JSON.stringify([report, look, fingerprint(def.theme)]);
  const theme = themeOf(report, def.theme);
  const drawing = { name: fileName(report), theme };
  const files = {
    pdf: def.formats.includes("pdf") ? (before?.pdf ?? null) : null,
    excel: def.formats.includes("excel") ? (before?.excel ?? null) : null,
  };
  const drawn = drawnKeys.get(shown) ?? { mail: "", pdf: "", excel: "", pictures: "" };
  drawnKeys.set(shown, drawn);

  const mail = async (): Promise<void> => {
    // Its pictures are half of a mail's work, and no comment changes them.
    const pictured = JSON.stringify([{ ...report, comment: [] }, fingerprint(def.theme)]);
    const { chart, logos } = drawn.pictures === pictured && shown.drawn ? shown.drawn : await picturesIn(report, theme);
    drawn.pictures = pictured;
    const made = await drawMail(report, { chart, logos, theme }, { attachments: filesOf(files), leftOut: [] });
    const editions = shown.drawn?.editions ?? { mail: 0, pdf: 0, excel: 0 };
    const same = shown.drawn?.mail.html === made.html && shown.drawn.mail.text === made.text;
    shown.drawn = {
      ...{ def, period, older, report, material, chart, logos, mail: made, ...files },
      editions: { ...editions, mail: editions.mail + (same ? 0 : 1) },
    };
  };
  if (drawn.mail !== key) {
    await timed("mail", mail);
    drawn.mail = key;
  } else if (shown.drawn) Object.assign(shown.drawn, { def, period, older, report, material });
  await ready("mail");

  const file = async (part: "pdf" | "excel", make: () => Promise<DocumentFile>): Promise<void> => {
    if (!def.formats.includes(part) || drawn[part] === key || isOld()) return;
    files[part] = await timed(part, make);
    drawn[part] = key;
    await mail();
    if (shown.drawn) shown.drawn.editions[part] += 1;
    await ready(part);
  };
  await file("pdf", () => pdfDocument(report, drawing));
  // The first time it is drawn in any case: the mail tells its size.
  const book = async () => workbook(report, rows, { ...drawing, template: await templateOf(config, def) });
  if (files.excel === null || wants("excel")) await file("excel", book);
}

/** A theme's pictures count by their bytes. */
function fingerprint(theme: ThemeDef): string {
  return JSON.stringify(theme, (_, value: unknown) =>
    value instanceof Uint8Array ? createHash("sha256").update(value).digest("hex") : value,
  );
}

async function picturesIn(report: Report, theme: Theme): Promise<Pick<Drawn, "chart" | "logos">> {
  const { mailChart } = await import("../../templates/email/chart.ts");
  const { mailLogos } = await import("../../templates/email/logo.ts");
  return { chart: await mailChart(report, theme), logos: await mailLogos(report, theme) };
}

/** What each view's parts were drawn from. */
const drawnKeys = new WeakMap<View, Record<Part | "pictures", string>>();
