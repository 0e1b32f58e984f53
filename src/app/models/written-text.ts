/** A text as it is written in a field of one line: a new line is `\n`, a tab `\t`. */
export function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}

/** The text that was meant; a backslash before anything else is one. */
export function unescaped(written: string): string {
  return written.replaceAll(/\\(n|t|\\)/g, (_, sign: string) =>
    sign === "n" ? "\n" : sign === "t" ? "\t" : "\\",
  );
}
