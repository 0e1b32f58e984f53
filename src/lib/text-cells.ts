/** Characters that are drawn twice as wide as Latin ones; those outside of the basic plane count twice already, as UTF-16 does. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]/;
const ALL_WIDE = new RegExp(WIDE, "g");

/** How many Latin characters of a monospaced font a text takes the room of. */
export function cellsOf(text: string): number {
  return WIDE.test(text) ? text.length + text.match(ALL_WIDE)!.length : text.length;
}

/** The beginning of a text that takes the room of so many Latin characters, the last of them an ellipsis if there is more. */
export function cutToCells(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  let end = 0;
  for (let left = cells - 1; left > 0; end++) {
    left -= WIDE.test(text[end]!) ? 2 : 1;
    if (left < 0) break;
  }
  return `${text.slice(0, end)}…`;
}
