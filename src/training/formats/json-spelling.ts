import { RowError } from "./row-error.ts";

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** How a JSON text says what it says, where there is more than one way. */
export interface Spelling {
  readonly afterComma: "" | " ";
  readonly afterColon: "" | " ";
  /** Whether all but printable ASCII is escaped, as Python's `ensure_ascii` does. */
  readonly ascii: boolean;
  /** Numbers and texts by path that are written otherwise than `writeJson` would: `1.0`, `1e-05`, `"\/"`. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Python's `json.dumps` without options, which wrote most of what is published. */
export const PYTHON: Spelling = {
  ...{ afterComma: " ", afterColon: " ", ascii: true },
  sources: new Map(),
};

/** Real rows are nested five deep. What recurses below recurses no deeper than this. */
const MAX_DEPTH = 32;

/**
 * Reads a JSON text with its spelling: `writeJson` gives the same text again,
 * unless its gaps are uneven, a key is spelled oddly or keys are whole numbers.
 * Throws a `RowError` for what is not JSON, is nested deeper than 32 or says the
 * same key twice.
 */
export function readJson(text: string): { value: Json; spelling: Spelling } {
  const value = parse(text);
  const { tokens, ascii, afterComma = " ", afterColon = " " } = scan(text);
  const odd = tokens.filter(({ source }) => spell(parse(source), ascii) !== source);
  const sources = new Map(odd.map(({ path, source }) => [path, source]));
  return { value, spelling: { afterComma, afterColon, ascii, sources } };
}

/** Writes a value in a spelling. A source counts only where the value is still the one that it says. */
export function writeJson(value: Json, spelling: Spelling): string {
  return write(value, "", spelling);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A row may be any text: that it cannot be read is its verdict.
    if (error instanceof SyntaxError) throw new RowError("", `not JSON: ${error.message}`);
    throw error;
  }
}

function write(value: Json, path: string, spelling: Spelling): string {
  if (value === null || typeof value !== "object") {
    const source = spelling.sources.get(path);
    const isSame = source !== undefined && Object.is(JSON.parse(source), value);
    return isSame ? source : spell(value, spelling.ascii);
  }
  const comma = `,${spelling.afterComma}`;
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => write(item, below(path, i), spelling)).join(comma)}]`;
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const name = spell(key, spelling.ascii);
    return `${name}:${spelling.afterColon}${write(item, below(path, key), spelling)}`;
  });
  return `{${entries.join(comma)}}`;
}

function below(path: string, key: string | number): string {
  return `${path}\0${key}`;
}

/** A value that is no list and no object. */
function spell(value: Json, ascii: boolean): string {
  const text = JSON.stringify(value);
  if (!ascii || typeof value !== "string") return text;
  return text.replace(
    /[\x7f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A list or an object that is being read. */
interface Frame {
  readonly path: string;
  /** Keys so far; `null` in a list. */
  readonly keys: Set<string> | null;
  key: string | number;
}

/** Goes through a text that is known to be JSON. */
function scan(text: string): Scan {
  const scan = new Scan();
  for (let at = 0; at < text.length; ) {
    const end = endOfToken(text, at);
    const token = text.slice(at, end);
    if ("{}[],:".includes(token)) scan.mark(token, text[end] === " " ? " " : "");
    else if (isKey(text, end, token)) scan.key(token);
    else scan.value(token);
    at = end;
  }
  return scan;
}

/** The habits of a text, and its numbers and texts by path that could be spelled otherwise. */
class Scan {
  readonly tokens: { readonly path: string; readonly source: string }[] = [];
  afterComma: "" | " " | undefined;
  afterColon: "" | " " | undefined;
  ascii = true;
  readonly #frames: Frame[] = [];

  mark(token: string, gap: "" | " "): void {
    if (token === "{" || token === "[") this.#open(token);
    else if (token === "}" || token === "]") this.#frames.pop();
    else if (token === ":") this.afterColon ??= gap;
    else {
      this.afterComma ??= gap;
      const frame = this.#frames.at(-1)!;
      if (frame.keys === null) frame.key = Number(frame.key) + 1;
    }
  }

  key(token: string): void {
    this.#see(token);
    const frame = this.#frames.at(-1)!;
    const key = String(JSON.parse(token));
    if (frame.keys!.has(key)) {
      throw new RowError(key, "is there twice, and which one counts is not said");
    }
    frame.keys!.add(key);
    frame.key = key;
  }

  value(token: string): void {
    this.#see(token);
    if (/[\\\d\x7f-\uffff]/.test(token)) this.tokens.push({ path: this.#path, source: token });
  }

  #see(token: string): void {
    if (/[\x7f-\uffff]/.test(token)) this.ascii = false;
  }

  #open(bracket: string): void {
    if (this.#frames.length === MAX_DEPTH)
      throw new RowError("", `nested deeper than ${MAX_DEPTH}`);
    const path = this.#path;
    this.#frames.push(
      bracket === "{" ? { path, keys: new Set(), key: "" } : { path, keys: null, key: 0 },
    );
  }

  get #path(): string {
    const frame = this.#frames.at(-1);
    return frame ? below(frame.path, frame.key) : "";
  }
}

const BEFORE_COLON = /\s*:/y;

/** In JSON, a text before a colon is a key. */
function isKey(text: string, end: number, token: string): boolean {
  BEFORE_COLON.lastIndex = end;
  return token[0] === '"' && BEFORE_COLON.test(text);
}

/** Of the token at `at`: a bracket, comma or colon, a text, or anything up to the next of them. */
function endOfToken(text: string, at: number): number {
  const first = text[at]!;
  if (first === '"') return endOfText(text, at);
  if ("{}[],:".includes(first)) return at + 1;
  let end = at + 1;
  const isSpace = /\s/.test(first);
  while (end < text.length && !'{}[],:"'.includes(text[end]!) && /\s/.test(text[end]!) === isSpace)
    end++;
  return end;
}

function endOfText(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
}
