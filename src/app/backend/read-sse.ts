/** One message of an event stream. */
export interface SseMessage {
  /** `message` unless the stream says otherwise. */
  readonly type: string;
  readonly data: string;
}

/**
 * The messages of an event stream, as the HTML standard parses it (section
 * 9.2.6): lines end in LF, CR or CRLF wherever chunks are cut, lines of data are
 * joined by LF, comments and fields that are of no use here are skipped, and a
 * message that the stream breaks off is dropped.
 *
 * `onChunk` is called for every chunk, comments included, so that silence can be
 * told from a heartbeat.
 */
export async function* readSse(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onChunk: () => void = () => {},
): AsyncGenerator<SseMessage, void, void> {
  let type = "";
  let data: string[] = [];
  for await (const line of readLines(body, onChunk)) {
    if (line === "") {
      if (data.length > 0) yield { type: type || "message", data: data.join("\n") };
      type = "";
      data = [];
      continue;
    }
    const [field, value] = splitField(line);
    if (field === "data") data.push(value);
    if (field === "event") type = value;
  }
}

/** A comment has an empty field. */
function splitField(line: string): readonly [field: string, value: string] {
  const colon = line.indexOf(":");
  if (colon < 0) return [line, ""];
  const start = line[colon + 1] === " " ? colon + 2 : colon + 1;
  return [line.slice(0, colon), line.slice(start)];
}

/** Complete lines without their ends; what follows the last end is dropped. */
async function* readLines(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onChunk: () => void,
): AsyncGenerator<string, void, void> {
  const lineEnd = /\r\n|\r|\n/g;
  // Pieces of a line that spans chunks are joined once, at its end.
  let pieces: string[] = [];
  let endedInCr = false;
  for await (const chunk of readText(body)) {
    onChunk();
    if (chunk === "") continue;
    let start = endedInCr && chunk.startsWith("\n") ? 1 : 0;
    lineEnd.lastIndex = start;
    for (let end = lineEnd.exec(chunk); end !== null; end = lineEnd.exec(chunk)) {
      pieces.push(chunk.slice(start, end.index));
      yield pieces.join("");
      pieces = [];
      start = end.index + end[0].length;
      lineEnd.lastIndex = start;
    }
    if (start < chunk.length) pieces.push(chunk.slice(start));
    endedInCr = chunk.endsWith("\r");
  }
}

/** Safari cannot iterate a stream, so this asks its reader. Leaving early cancels the stream. */
async function* readText(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, void, void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
