import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { TrainingEvent, type TrainingSpec } from "../../protocol/training.ts";

/** Whole lines of a log, and the offset in bytes after the last of them. */
export interface LogPart {
  readonly lines: readonly string[];
  readonly end: number;
}

const LINE_FEED = 0x0a;

/** Bytes that are read at a time. */
const PORTION = 1 << 18;

/** Lines from an offset on, at most a portion; a line that is still being written is left for the next time. */
export function readLog(file: string, from: number): LogPart {
  if (!existsSync(file)) return { lines: [], end: from };
  const descriptor = openSync(file, "r");
  try {
    const size = fstatSync(descriptor).size;
    const bytes = Buffer.alloc(Math.max(0, Math.min(PORTION, size - from)));
    const read = readSync(descriptor, bytes, 0, bytes.length, from);
    const end = bytes.subarray(0, read).lastIndexOf(LINE_FEED) + 1;
    const text = bytes.toString("utf8", 0, end);
    return { lines: text === "" ? [] : text.slice(0, -1).split("\n"), end: from + end };
  } finally {
    closeSync(descriptor);
  }
}

/** The newest training that a log tells of, and how it ended; `null` where it did not. */
export function lastTraining(file: string): {
  spec: TrainingSpec | null;
  ending: { how: "done" | "stopped" | "failed"; because: string } | null;
} {
  let spec: TrainingSpec | null = null;
  let ending: { how: "done" | "stopped" | "failed"; because: string } | null = null;
  for (let from = 0; ; ) {
    const { lines, end } = readLog(file, from);
    if (lines.length === 0) return { spec, ending };
    from = end;
    for (const line of lines) {
      // Most lines are neither: a search of the text is cheaper than reading them all.
      if (!line.includes('"type":"started"') && !line.includes('"type":"ended"')) continue;
      const event = TrainingEvent.parse(JSON.parse(line));
      if (event.type === "started") {
        spec = { size: event.size, targets: event.targets };
        ending = null;
      } else if (event.type === "ended") ending = { how: event.how, because: event.because };
    }
  }
}
