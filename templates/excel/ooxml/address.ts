/** The letters of a column, counted from 1: `A`, `AB`. */
export function letters(column: number): string {
  let name = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** The column of its letters: `AB` is 28. */
export function columnOf(name: string): number {
  return [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** `B5`, or `B5:D9`. */
export function area(columns: readonly [number, number], rows: readonly [number, number]): string {
  const [from, to] = [`${letters(columns[0])}${rows[0]}`, `${letters(columns[1])}${rows[1]}`];
  return from === to ? from : `${from}:${to}`;
}

/** The same as it stands in a name or a chart, which never move: `'추이'!$E$5:$E$17`. */
export function fixed(sheet: string, columns: readonly [number, number], rows: readonly [number, number]): string {
  const corner = (column: number, row: number) => `$${letters(column)}$${row}`;
  const [from, to] = [corner(columns[0], rows[0]), corner(columns[1], rows[1])];
  return `${quoted(sheet)}!${from === to ? from : `${from}:${to}`}`;
}

/** A sheet's name in a reference. */
const quoted = (sheet: string): string => `'${sheet.replaceAll("'", "''")}'`;
