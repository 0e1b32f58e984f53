import { parentPort, workerData } from "node:worker_threads";
import { startFakeServer } from "../../src/models/remote/fake-server.ts";

/** A fake server in a thread of its own, as a real one is in a process of its own. Any message asks what it has done. */
const { latencyMs } = workerData as { latencyMs: number };
const fake = await startFakeServer({ family: "vllm", latencyMs });
parentPort!.on("message", () => {
  parentPort!.postMessage({ asked: fake.asked.length, mostAtOnce: fake.mostAtOnce });
});
parentPort!.postMessage({ url: fake.url });
