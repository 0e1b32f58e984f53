/** A row of a table of text. */
export interface CsvRow {
  /** On which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether its last cell has a quote that nothing closes. */
  readonly isOpen: boolean;
}

const SEPARATORS = [",", ";", "\t"];

/**
 * The rows of a CSV file (RFC 4180): cells in quotes may hold separators, line
 * ends and, doubled, quotes. The separator is a comma, a semicolon or a tab,
 * whichever the first line has most. Empty lines are no rows. Linear time.
 */
export function* csvRows(text: string): Generator<CsvRow, void, void> {
  const separator = separatorOf(text);
  // A cell in quotes, or what stands up to the next separator or line end; then what ends it.
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)("?)[^${separator}\\r\\n]*|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\r|\\n|$)`,
    "y",
  );
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const cells: string[] = [];
    const start = at;
    const firstLine = line;
    let isOpen = false;
    for (let end: string | undefined = separator; end === separator; ) {
      cell.lastIndex = at;
      const [whole, quoted, closing, plain, ending] = cell.exec(text)!;
      cells.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
      isOpen = quoted !== undefined && closing === "";
      line += lineEnds(whole);
      at = cell.lastIndex;
      end = ending;
    }
    if (text.slice(start, at).trim() !== "") yield { line: firstLine, cells, isOpen };
  }
}

function separatorOf(text: string): string {
  const header = text.slice(0, 10_000).split(/\r?\n|\r/, 1)[0]!;
  const counts = SEPARATORS.map((separator) => header.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
