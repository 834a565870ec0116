/** What may stand in a worksheet behind its rows, in the order that the standard asks for. */
const order = [
  "sheetCalcPr",
  "sheetProtection",
  "protectedRanges",
  "scenarios",
  "autoFilter",
  "sortState",
  "dataConsolidate",
  "customSheetViews",
  "mergeCells",
  "phoneticPr",
  "conditionalFormatting",
  "dataValidations",
  "hyperlinks",
  "printOptions",
  "pageMargins",
  "pageSetup",
  "headerFooter",
  "rowBreaks",
  "colBreaks",
  "customProperties",
  "cellWatches",
  "ignoredErrors",
  "smartTags",
  "drawing",
  "legacyDrawing",
  "legacyDrawingHF",
  "picture",
  "oleObjects",
  "controls",
  "webPublishItems",
  "tableParts",
  "extLst",
] as const;

/** The worksheet with one more element in its place, behind others of its kind. */
export function inserted(sheet: string, name: (typeof order)[number], element: string): string {
  const followers = [...order.slice(order.indexOf(name) + 1), "/worksheet"].join("|");
  const rows = Math.max(sheet.lastIndexOf("</sheetData>"), sheet.indexOf("<sheetData/>"));
  const next = new RegExp(`<(?:${followers})[\\s/>]`, "g");
  next.lastIndex = rows;
  const at = topLevel(sheet, next);
  return sheet.slice(0, at) + element + sheet.slice(at);
}

/** `extLst` also stands inside of rules, which end before the list of the sheet begins. */
function topLevel(sheet: string, next: RegExp): number {
  for (let found = next.exec(sheet); found; found = next.exec(sheet)) {
    const before = sheet.slice(0, found.index);
    const open = before.lastIndexOf("<conditionalFormatting");
    if (open < 0 || before.lastIndexOf("</conditionalFormatting>") > open) return found.index;
  }
  return sheet.length;
}
