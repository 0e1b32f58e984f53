import { kindOf } from "./event-kinds.ts";
import { EVENT_VERSION, RunEvent, UnknownEvent } from "./events.ts";
import { quickEvent } from "./quick-event.ts";
import { type RawEvent, upgrade } from "./upgrade.ts";

/** Something that came over the wire and is no event; the message names the field and the value. */
export class WireError extends Error {
  override readonly name = "WireError";
  /** Path of the field that is wrong, such as `use.prmCalls`; empty if it is the whole. */
  readonly field: string;

  constructor(message: string, field = "") {
    super(message);
    this.field = field;
  }
}

/** Longest part of a wrong value that a message quotes. */
const QUOTED = 80;

/**
 * Checks an event that was JSON. Older versions are brought up to date; fields
 * that this version does not know are dropped, events of types that it does not
 * know are handed on as they are. Throws a `WireError`.
 */
export function parseEvent(json: unknown): RunEvent | UnknownEvent {
  if (!isObject(json)) throw new WireError(`expected an event, got ${quote(json)}`);
  const quick = quickEvent(json);
  if (quick !== null) return quick;
  const raw = upgrade(json);
  const { v, type } = raw;
  const isKnownType = typeof type === "string" && kindOf(type) !== 0;
  if (isKnownType && typeof v === "number" && v > EVENT_VERSION) {
    const message = `${nameOf(raw)}: v: versions up to ${EVENT_VERSION} can be read, got ${v}`;
    throw new WireError(message, "v");
  }
  const parsed = (isKnownType ? RunEvent : UnknownEvent).safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue!.path;
  const field = path.join(".");
  const message = `${nameOf(raw)}: ${field}: ${issue!.message}, got ${quote(valueAt(raw, path))}`;
  throw new WireError(message, field);
}

/** Reads one line of a log. Throws a `WireError`. */
export function parseLine(line: string): RunEvent | UnknownEvent {
  return parseEvent(parseJson(line));
}

/** Reads a whole log, an event a line (NDJSON). Throws a `WireError` that names the line. */
export function parseLog(text: string): (RunEvent | UnknownEvent)[] {
  const events: (RunEvent | UnknownEvent)[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      events.push(parseLine(line));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw new WireError(`line ${i + 1}: ${error.message}`, error.field);
    }
  }
  return events;
}

/** Reads the data of one SSE message, an array of events. Throws a `WireError`. */
export function parseBatch(data: string): (RunEvent | UnknownEvent)[] {
  const batch = parseJson(data);
  if (!Array.isArray(batch))
    throw new WireError(`expected an array of events, got ${quote(batch)}`);
  return batch.map(parseEvent);
}

/** One line of a log, without the line break at its end. */
export function writeLine(event: RunEvent | UnknownEvent): string {
  return JSON.stringify(event);
}

/** The data of one SSE message that carries the events of those lines; it has no line break either. */
export function writeBatch(lines: readonly string[]): string {
  return `[${lines.join(",")}]`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message says where; the text says what.
    const { message } = error as SyntaxError;
    throw new WireError(`no JSON: ${message}, got ${quote(text)}`);
  }
}

function isObject(json: unknown): json is RawEvent {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** `scored event 12`, as far as it can be told. */
function nameOf({ type, seq }: RawEvent): string {
  return `${typeof type === "string" ? type : "unknown"} event ${quote(seq)}`;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    json,
  );
}

function quote(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
