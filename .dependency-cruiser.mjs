// Each comment is the advice a contributor reads when the rule fires.
const rooms = "config|jobs|templates|test|transforms";

const room = (folder, allowed, comment) => ({
  name: `${folder}-imports-inward`,
  comment,
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: `^(${rooms})/`, pathNot: `^(${[folder, ...allowed].join("|")})/` },
});

/** Only these files know an outside library. */
const library = (name, paths, comment) => ({
  name: `only-one-place-knows-${name.replace(/[^a-z]+/g, "-")}`,
  comment,
  severity: "error",
  from: { pathNot: `^(test/|${paths.join("|")})` },
  to: { path: `node_modules/${name}/` },
});

export default {
  forbidden: [
    room("transforms", [], "Transforms take values and return values. Pass what they need as an argument."),
    room("config", ["transforms"], "Config names metrics, KPIs and problems; it knows nothing of templates or jobs."),
    room(
      "templates",
      ["transforms"],
      "A template draws a report model. If it needs config, put the value in the model.",
    ),
    room("jobs", ["config", "transforms", "templates"], "What runs in production never imports a test."),
    {
      name: "pure-rooms-touch-nothing",
      comment:
        "Transforms reach for no file, network or process: of Node only util and crypto. Move the effect to jobs.",
      severity: "error",
      from: { path: "^transforms/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(util|crypto)$" },
    },
    {
      name: "no-circles",
      comment: "Two files that need each other are one idea, or hide a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    library("pdfkit", ["templates/pdf/"], "Draw with templates/pdf; only that folder knows pdfkit."),
    library(
      "(hono|@hono/node-server)",
      ["jobs/preview/"],
      "Pages for people are jobs/preview; health is plain node:http.",
    ),
    library("exceljs", ["templates/excel/"], "Describe the sheet as data; only templates/excel knows exceljs."),
    library("officecrypto-tool", ["templates/excel/"], "Workbooks are encrypted by templates/excel/seal.ts."),
    library("nodemailer", ["jobs/deliver/(smtp|message|dkim)\\.ts", "jobs/mail/"], "Mail leaves by jobs/deliver."),
    library("@duckdb/node-api", ["jobs/warehouse/"], "SQL stays in jobs/warehouse."),
    library(
      "@e965/xlsx",
      ["jobs/extract/spreadsheet-worker\\.ts", "jobs/preview/sheets\\.ts"],
      "Workbooks are read in the worker, which may die of them; only our own are read back for the preview.",
    ),
    library("node-cron", ["jobs/tick/alarm\\.ts"], "The alarm clock is jobs/tick/alarm.ts."),
    library(
      "@google-cloud/bigquery",
      ["jobs/bigquery/client\\.ts"],
      "BigQuery is behind jobs/bigquery/client.ts; ask it there.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "^(out|state|inbox)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".mjs", ".js", ".json"],
    },
  },
};
