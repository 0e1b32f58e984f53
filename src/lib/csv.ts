/** A value of a table; nothing for what is not known. */
export type Cell = string | number | boolean | null | undefined;

/** A table of lines of cells (RFC 4180). */
export function csvOf(lines: Iterable<readonly Cell[]>): string {
  let text = "";
  for (const cells of lines) text += `${cells.map(csvCell).join(",")}\r\n`;
  return text;
}

/** Empty for what is not known. Texts that a spreadsheet would run as a formula are marked as texts. */
export function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "string") return String(cell);
  const text = /^[=@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
