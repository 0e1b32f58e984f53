import { performance } from "node:perf_hooks";
import type { RunEvent, UnknownEvent } from "../src/protocol/events.ts";
import { randomLog } from "../src/protocol/random-log.ts";
import { Tree } from "../src/protocol/tree.ts";

const NODES = 1_000_000;
/** Events in one message of the stream at most. */
const BATCH = 200;
/** Batches made before the clock runs on, so that making them is not measured. */
const BATCHES_AHEAD = 100;

/**
 * Folds the log of a large beam search in batches, as they come from the
 * stream, and says how long that took and what the tree holds in memory. The
 * last line is JSON.
 */
export function run(args: string[]): void {
  const isQuiet = args.includes("--json");
  const log = randomLog({ seed: 1, nodes: NODES, shape: "beam", width: 1024 });
  const tree = new Tree();
  let ms = 0;
  for (let batches = take(log); batches.length > 0; batches = take(log)) {
    const start = performance.now();
    for (const batch of batches) tree.apply(batch);
    ms += performance.now() - start;
  }
  const seconds = ms / 1000;
  const bytesPerNode = tree.bytes() / tree.count;
  if (!isQuiet) {
    const events = tree.seq + 1;
    console.log(`${tree.count} nodes, ${events} events in batches of ${BATCH}`);
    console.log(
      `folded in ${seconds.toFixed(2)} s, ${Math.round((ms * 1e6) / events)} ns an event`,
    );
    console.log(`${bytesPerNode.toFixed(1)} bytes a node, room to grow included, without text`);
  }
  console.log(JSON.stringify({ nodes: tree.count, seconds, bytesPerNode }));
}

/** The next batches of the log; none when it is over. */
function take(log: Generator<RunEvent | UnknownEvent>): (RunEvent | UnknownEvent)[][] {
  const batches: (RunEvent | UnknownEvent)[][] = [];
  while (batches.length < BATCHES_AHEAD) {
    const batch: (RunEvent | UnknownEvent)[] = [];
    while (batch.length < BATCH) {
      const next = log.next();
      if (next.done) break;
      batch.push(next.value);
    }
    if (batch.length === 0) break;
    batches.push(batch);
  }
  return batches;
}
