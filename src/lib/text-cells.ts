/** Characters that are drawn twice as wide as Latin ones; those outside of the basic plane count twice already, as UTF-16 does. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]/;
/** Texts below it, which are most, need no expression. */
const FIRST_WIDE = 0x1100;
const ALL_WIDE = new RegExp(WIDE, "g");

/**
 * How many Latin characters of a monospaced font a text takes the room of. Of a text
 * with more than `most` characters at least that: the rest is not looked at.
 */
export function cellsOf(text: string, most = Number.POSITIVE_INFINITY): number {
  const end = Math.min(text.length, most);
  let plain = 0;
  while (plain < end && text.charCodeAt(plain) < FIRST_WIDE) plain++;
  if (plain === end) return end;
  const read = text.slice(0, end);
  return WIDE.test(read) ? read.length + read.match(ALL_WIDE)!.length : read.length;
}

/** How many characters from the beginning of a text have the room of so many Latin ones; no pair of surrogates is parted. */
export function charactersIn(text: string, cells: number): number {
  let end = 0;
  for (let left = cells; end < text.length; end++) {
    left -= WIDE.test(text[end]!) ? 2 : 1;
    if (left < 0) break;
  }
  const isParted = end < text.length && text.codePointAt(end - 1)! > 0xffff;
  return isParted ? end - 1 : end;
}

/** The beginning of a text that takes the room of so many Latin characters, the last of them an ellipsis if there is more. */
export function cutToCells(text: string, cells: number): string {
  if (cellsOf(text, cells + 1) <= cells) return text;
  return `${text.slice(0, charactersIn(text, cells - 1))}…`;
}
