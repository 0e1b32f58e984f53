import { RowError } from "./row-error.ts";

/** The text of one row, or why there is none. */
export type RowText =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly error: RowError };

/** Bytes of one row, `null` if there were too many of them. */
interface RowBytes {
  /** Of the file, from 1; where the row begins. */
  readonly line: number;
  readonly bytes: Uint8Array | null;
}

/** Longest row, in bytes. The longest of PRM800K have some tens of kilobytes. */
const MAX_ROW_BYTES = 8 * 2 ** 20;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** How far into a file its first character is looked for. */
const MAX_HEAD = 2 ** 16;

const [NEWLINE, RETURN, QUOTE, BACKSLASH, COMMA] = [10, 13, 34, 92, 44];
const [LIST_OPEN, LIST_CLOSE, OBJECT_OPEN, OBJECT_CLOSE] = [91, 93, 123, 125];

/**
 * The rows of a file: its lines, or, if it begins with `[`, the items of the
 * one JSON list that it is. A byte order mark, CRLF and empty lines at the end
 * are nothing; an empty line in between, a row that is too long or not UTF-8 is
 * an error, and the next row is read. Holds one row at a time.
 */
export async function* readRowTexts(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { maxRowBytes = MAX_ROW_BYTES }: { maxRowBytes?: number } = {},
): AsyncGenerator<RowText, void, void> {
  const stream = streamed(chunks);
  const { head, isList } = await readHead(stream);
  const rows = (isList ? itemsOf : linesOf)(rejoined(head, stream), maxRowBytes);
  for await (const row of rows) yield "bytes" in row ? decoded(row, maxRowBytes) : row;
}

async function* streamed(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  yield* chunks;
}

async function* rejoined(head: Uint8Array, rest: AsyncIterable<Uint8Array>) {
  yield head;
  yield* rest;
}

/** Takes as much as tells what the file is; the byte order mark is gone. */
async function readHead(
  stream: AsyncGenerator<Uint8Array, void, void>,
): Promise<{ head: Uint8Array; isList: boolean }> {
  let head = new Uint8Array();
  for (;;) {
    const isMarked = BYTE_ORDER_MARK.every((byte, i) => head[i] === byte);
    const text = isMarked ? head.subarray(BYTE_ORDER_MARK.length) : head;
    const first = text.find((byte) => !isSpace(byte));
    const isEnough = head.length >= BYTE_ORDER_MARK.length && first !== undefined;
    const next = isEnough || head.length > MAX_HEAD ? undefined : await stream.next();
    if (next === undefined || next.done) return { head: text, isList: first === LIST_OPEN };
    head = joined([head, next.value]);
  }
}

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decoded({ line, bytes }: RowBytes, maxRowBytes: number): RowText {
  if (bytes === null) {
    return { line, error: new RowError("", `longer than ${maxRowBytes} bytes`) };
  }
  try {
    return { line, text: DECODER.decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { line, error: new RowError("", "not UTF-8") };
  }
}

async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  maxRowBytes: number,
): AsyncGenerator<RowBytes | RowText, void, void> {
  const row = new Collected(maxRowBytes);
  let line = 1;
  /** Empty lines that are nothing unless a row follows. */
  let empty: number[] = [];
  function* ended() {
    const bytes = row.take(RETURN);
    if (bytes?.every(isSpace)) {
      empty.push(line);
      return;
    }
    for (const at of empty) yield { line: at, error: new RowError("", "an empty line") };
    empty = [];
    yield { line, bytes };
  }
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      const end = chunk.indexOf(NEWLINE, start);
      row.add(chunk.subarray(start, end < 0 ? chunk.length : end));
      if (end < 0) break;
      yield* ended();
      line++;
      start = end + 1;
    }
  }
  yield* ended();
}

async function* itemsOf(
  chunks: AsyncIterable<Uint8Array>,
  maxRowBytes: number,
): AsyncGenerator<RowBytes | RowText, void, void> {
  const item = new Collected(maxRowBytes);
  const place = new Place();
  let begins: number | null = null;
  function* ended(byte: number) {
    const bytes = item.take();
    if (begins !== null) yield { line: begins, bytes };
    else if (byte === COMMA) yield { line: place.line, error: new RowError("", "an empty item") };
    begins = null;
  }
  for await (const chunk of chunks) {
    let start = 0;
    for (const [i, byte] of chunk.entries()) {
      if (!place.passes(byte)) {
        begins ??= isSpace(byte) ? null : place.line;
        continue;
      }
      item.add(chunk.subarray(start, i));
      start = i + 1;
      yield* ended(byte);
    }
    item.add(chunk.subarray(start));
  }
  const line: number = begins ?? place.line;
  if (place.depth > 0) yield { line, error: new RowError("", "the list is never closed") };
  else if (begins !== null)
    yield { line, error: new RowError("", "more after the end of the list") };
}

/** Where in a list a reader of bytes is. */
class Place {
  line = 1;
  /** Open brackets; the items are at depth 1. */
  depth = 0;
  #isText = false;
  #isEscaped = false;

  /** Takes the next byte; whether an item begins or ends at it. */
  passes(byte: number): boolean {
    if (byte === NEWLINE) this.line++;
    if (this.#isText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#isText = false;
      return false;
    }
    switch (byte) {
      case QUOTE:
        this.#isText = true;
        return false;
      case LIST_OPEN:
      case OBJECT_OPEN:
        return this.depth++ === 0;
      case LIST_CLOSE:
      case OBJECT_CLOSE:
        return --this.depth === 0;
      default:
        return byte === COMMA && this.depth === 1;
    }
  }
}

/** Bytes of one row, and no more of them than it may have. */
class Collected {
  readonly #max: number;
  #parts: Uint8Array[] = [];
  #size = 0;

  constructor(max: number) {
    this.#max = max;
  }

  add(part: Uint8Array): void {
    this.#size += part.length;
    if (this.#size > this.#max) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  /** All of them, without `last` at the end, or `null` for too many; then begins anew. */
  take(last?: number): Uint8Array | null {
    const bytes = this.#size > this.#max ? null : joined(this.#parts);
    this.#parts = [];
    this.#size = 0;
    return bytes?.at(-1) === last && last !== undefined ? bytes!.subarray(0, -1) : bytes;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= RETURN);
}
