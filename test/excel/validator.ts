import validate from "@ooxml-tools/validate";

/** What Microsoft's own validator says against a workbook, one line a fault. */
export async function faultsOf(workbook: Uint8Array): Promise<string[]> {
  const found = await validate(new Uint8Array(workbook), "xlsx", "Microsoft365");
  return found.map(({ description, path }) => `${path.partUri} ${path.xpath}: ${description}`);
}
