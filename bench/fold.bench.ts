import type { RunEvent, UnknownEvent } from "../src/protocol/events.ts";
import { randomLog } from "../src/protocol/random-log.ts";
import { Tree } from "../src/protocol/tree.ts";

const NODES = 1_000_000;
/** Events in one message of the stream at most. */
const BATCH = 200;

/**
 * Folds the log of a large beam search in batches, as they come from the
 * stream, and says how long the folding took (not the making of the log) and
 * what the tree holds in memory. The last line is JSON.
 */
export function run(args: string[]): void {
  const log = randomLog({ seed: 1, nodes: NODES, shape: "beam", width: 1024 });
  const tree = new Tree();
  let ms = 0;
  let cpuMicros = 0;
  for (let batch = take(log); batch.length > 0; batch = take(log)) {
    const cpuStart = process.threadCpuUsage();
    const start = performance.now();
    tree.apply(batch);
    ms += performance.now() - start;
    const cpu = process.threadCpuUsage(cpuStart);
    cpuMicros += cpu.user + cpu.system;
  }
  const nodes = tree.count;
  const seconds = ms / 1000;
  const bytesPerNode = tree.bytes() / nodes;
  if (!args.includes("--json")) {
    const events = tree.seq + 1;
    console.log(`${nodes} nodes, ${events} events in batches of ${BATCH}`);
    console.log(
      `folded in ${seconds.toFixed(2)} s, ${Math.round((ms * 1e6) / events)} ns an event`,
    );
    console.log(`of which ${(cpuMicros / 1e6).toFixed(2)} s on the core`);
    console.log(`${bytesPerNode.toFixed(1)} bytes a node, room to grow included, without text`);
  }
  console.log(JSON.stringify({ nodes, seconds, bytesPerNode }));
}

/** The next batch of the log; empty when it is over. */
function take(log: Generator<RunEvent | UnknownEvent>): (RunEvent | UnknownEvent)[] {
  const batch: (RunEvent | UnknownEvent)[] = [];
  while (batch.length < BATCH) {
    const next = log.next();
    if (next.done) break;
    batch.push(next.value);
  }
  return batch;
}
