/** A part of a text; all `source`s in their order are the text. */
export type Segment =
  | { readonly kind: "text"; readonly source: string }
  | {
      readonly kind: "formula";
      /** With its delimiters. */
      readonly source: string;
      /** What is between them, in TeX. */
      readonly tex: string;
      /** Whether it has a line of its own. */
      readonly display: boolean;
    };

/**
 * Finds the formulas in a text that somebody else wrote: what stands between
 * closed delimiters, `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, and `\boxed{…}`
 * without any. Dollars follow pandoc's rule, so that prices stay prices: no space
 * inside of the delimiters, no digit after the closing one, and both on one line;
 * beyond that rule, two words in a row are prose, and so is a word that comes
 * after an amount. `\$` is a dollar and never a delimiter, and an empty line ends
 * whatever is open. In the time of the text's length, whatever it holds. What
 * comes after the first `most` formulas is text.
 */
export function findMath(text: string, most = Number.POSITIVE_INFINITY): Segment[] {
  const segments: Segment[] = [];
  let found = 0;
  let done = 0;
  for (const { start, end, width } of new Delimiters(text).closed()) {
    if (found === most) break;
    // Pairs are in the order of their beginnings: the outermost comes first, and what is within or across its end is passed over.
    if (start < done) continue;
    if (start > done) segments.push({ kind: "text", source: text.slice(done, start) });
    const source = text.slice(start, end);
    segments.push({
      kind: "formula",
      source,
      tex: source.slice(width, source.length - width),
      display: source.startsWith("$$") || source.startsWith("\\["),
    });
    found++;
    done = end;
  }
  if (done < text.length) segments.push({ kind: "text", source: text.slice(done) });
  return segments;
}

/** A formula from `start` to before `end`; its delimiters have `width` characters each. */
interface Pair {
  readonly start: number;
  readonly end: number;
  readonly width: number;
}

const NONE = -1;
/** Longest part of a formula in which words are looked for. */
const PROSE_WINDOW = 500;
/** Two words in a row. The first is met at its beginning only, so that this is linear. */
const TWO_WORDS = /(?<!\p{L})\p{L}{2,}\s+\p{L}{2}/u;
/** An amount, and later a word by itself. */
const AMOUNT_AND_WORD = /^[0-9].*\s\p{L}{2}/u;
const BOXED = "\\boxed";

/** Finds pairs of delimiters, each kind by itself: one pass, and one open delimiter of a kind at a time. */
class Delimiters {
  readonly #text: string;
  readonly #pairs: Pair[] = [];
  /** Where the last delimiter that may be closed is, by kind. */
  #dollar = NONE;
  #dollars = NONE;
  #paren = NONE;
  #bracket = NONE;
  /** Open braces; those of a `\boxed` as `-2 - position`. */
  #braces: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** In the order of where they begin. */
  closed(): Pair[] {
    for (let i = 0; i < this.#text.length; ) i += this.#read(i);
    return this.#pairs.sort((a, b) => a.start - b.start);
  }

  /** Reads what is at `i`; how many characters that is. */
  #read(i: number): number {
    switch (this.#text.charCodeAt(i)) {
      case 0x5c:
        this.#escape(i);
        return 2;
      case 0x24:
        return this.#dollarsAt(i);
      case 0x0a:
        this.#lineEnd(i);
        return 1;
      case 0x7b:
        this.#braces.push(this.#text.startsWith(BOXED, i - BOXED.length) ? -2 - i : i);
        return 1;
      case 0x7d:
        this.#closeBrace(i);
        return 1;
      default:
        return 1;
    }
  }

  /** A backslash and what it is before. */
  #escape(i: number): void {
    switch (this.#text[i + 1]) {
      case "(":
        this.#paren = i;
        break;
      case "[":
        this.#bracket = i;
        break;
      case ")":
        this.#paren = this.#close(this.#paren, i, 2);
        break;
      case "]":
        this.#bracket = this.#close(this.#bracket, i, 2);
        break;
      case "\n":
        this.#lineEnd(i + 1);
        break;
    }
  }

  #dollarsAt(i: number): number {
    let run = 1;
    while (this.#text.charCodeAt(i + run) === 0x24) run++;
    if (run === 1) this.#singleDollar(i);
    else if (run === 2) this.#doubleDollar(i);
    else {
      this.#dollar = NONE;
      this.#dollars = NONE;
    }
    return run;
  }

  #singleDollar(i: number): void {
    const isClosed = this.#closeDollar(i);
    if (!isClosed) this.#dollar = isOpening(this.#text, i) ? i : NONE;
  }

  /** Either one delimiter, or the end of one formula and the beginning of the next: `$a$$b$`. */
  #doubleDollar(i: number): void {
    if (this.#dollars === NONE && this.#closeDollar(i)) {
      this.#dollar = isOpening(this.#text, i + 1) ? i + 1 : NONE;
      return;
    }
    this.#dollar = NONE;
    const before = this.#dollars;
    const isFormula = before !== NONE && !isProse(this.#text, before + 2, i);
    if (isFormula) this.#dollars = this.#close(before, i, 2);
    else this.#dollars = i;
  }

  #closeDollar(i: number): boolean {
    const start = this.#dollar;
    if (start === NONE || !isClosing(this.#text, i) || isProse(this.#text, start + 1, i)) {
      return false;
    }
    this.#dollar = this.#close(start, i, 1);
    return true;
  }

  #close(start: number, end: number, width: number): typeof NONE {
    if (start !== NONE && this.#text.slice(start + width, end).trim() !== "") {
      this.#pairs.push({ start, end: end + width, width });
    }
    return NONE;
  }

  #closeBrace(i: number): void {
    const open = this.#braces.pop();
    if (open === undefined || open >= 0) return;
    const start = -2 - open - BOXED.length;
    this.#pairs.push({ start, end: i + 1, width: 0 });
  }

  #lineEnd(i: number): void {
    this.#dollar = NONE;
    if (this.#text[i + 1] !== "\n") return;
    this.#dollars = NONE;
    this.#paren = NONE;
    this.#bracket = NONE;
    this.#braces = [];
  }
}

function isOpening(text: string, i: number): boolean {
  const after = text[i + 1];
  return after !== undefined && !/[\s$]/.test(after);
}

function isClosing(text: string, i: number): boolean {
  return !/\s/.test(text[i - 1] ?? " ") && !/[0-9]/.test(text[i + 1] ?? "");
}

/** Whether what is between two dollars is a sentence that names two prices. */
function isProse(text: string, from: number, to: number): boolean {
  const inside = text.slice(from, Math.min(to, from + PROSE_WINDOW));
  return !inside.includes("\\") && (TWO_WORDS.test(inside) || AMOUNT_AND_WORD.test(inside));
}
