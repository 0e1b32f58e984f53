import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { logLines, type Task } from "./log-lines.ts";

/** `node in-node.ts TASK KERNEL POLICY PRM`: prints the log lines of a task given as JSON. */
const [task = "", ...paths] = process.argv.slice(2);
const [kernel, policy, prm] = paths.map((path) => new Uint8Array(readFileSync(path)));
const lines = await logLines(
  JSON.parse(task) as Task,
  { kernel: kernel!, policy: policy!, prm: prm! },
  { clock: () => performance.now(), breathe: () => setImmediate() },
);
process.stdout.write(lines.join("\n"));
