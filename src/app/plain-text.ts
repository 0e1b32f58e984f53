/** Characters of one step that are put into the page before anyone asks for more. */
export const TEXT_CAP = 2000;

/** The part of a text that is shown at first, and how much of it is not. */
export interface CappedText {
  readonly shown: string;
  /** Characters (UTF-16 units, as `length` counts) of the whole text. */
  readonly total: number;
  readonly complete: boolean;
}

/** Cuts a text to at most `cap` characters, never between the halves of a surrogate pair. */
export function capText(text: string, cap: number = TEXT_CAP): CappedText {
  const total = text.length;
  if (total <= cap) return { shown: text, total, complete: true };
  const isSplit =
    /[\uD800-\uDBFF]/.test(text[cap - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[cap] ?? "");
  return { shown: text.slice(0, isSplit ? cap - 1 : cap), total, complete: false };
}

/**
 * Characters that cannot be seen and yet act: bidi controls, other control and format
 * characters. Joiners belong to how emoji and some scripts are written; beside plain
 * ASCII they only hide something.
 */
const UNSEEN =
  /[\p{Cc}\p{Bidi_Control}\u00AD\u200B\u2028\u2029\u2060-\u2064\uFEFF]|(?<=[ -~])[\u200C\u200D]|[\u200C\u200D](?=[ -~])/gu;

/**
 * Makes characters visible that change how their surroundings are read: bidi
 * controls and other invisible format and control characters become `U+202E`
 * in angle brackets. Tab and line feed stay.
 */
export function revealControls(text: string): string {
  return text.replace(UNSEEN, (character) =>
    character === "\t" || character === "\n"
      ? character
      : `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}›`,
  );
}

/** The same characters as one `�` each, where there is no room to spell them out. */
export function maskControls(text: string): string {
  return text.replace(UNSEEN, "�");
}
