import type { Report } from "../../transforms/report/model.ts";
import { plainTheme, type ThemeDef } from "../../transforms/theme.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";

/** Reports whose looks are kept: both languages, both page formats, the house's colours and a brand's. */
export const cases: readonly { name: string; report: Report; look: ThemeDef }[] = [
  { name: "weekly-ko", report: koreanWeekly, look: plainTheme },
  { name: "monthly-en", report: englishMonthly, look: plainTheme },
  {
    name: "branded-ko",
    report: koreanWeekly,
    look: {
      ...plainTheme,
      page: "16:9",
      cover: { title: null, subtitle: null, prepared_for: null, note: null },
      colours: { brand: "#8a4b22", accent: "#8a4b22", second: "#2f6f8f", series: ["#8a4b22", "#2f6f8f", "#5b6678"] },
    },
  },
];
