import { logLines, type Task } from "./log-lines.ts";

/** A Web Worker that is sent a task and posts its log lines, or what went wrong. */
addEventListener("message", ({ data }: MessageEvent<Task>) => {
  linesHere(data).then(
    (lines) => postMessage({ lines }),
    (error: unknown) => postMessage({ error: String(error) }),
  );
});

async function linesHere(task: Task): Promise<string[]> {
  const [kernel, policy, prm] = await Promise.all(
    ["/kernel.wasm", "/policy.gguf", "/prm.gguf"].map(async (path) => {
      const response = await fetch(path);
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    }),
  );
  return logLines(
    task,
    { kernel: kernel!, policy: policy!, prm: prm! },
    { clock: () => performance.now(), breathe: () => new Promise((go) => setTimeout(go)) },
  );
}
