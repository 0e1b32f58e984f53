import { parentPort, workerData } from "node:worker_threads";
import { Engine } from "../../models/embedded/engine.ts";
import { readGguf } from "../../models/embedded/gguf.ts";
import { EVIDENCE_NAMES, stepEvidence } from "../../models/embedded/prm-head.ts";
import { StepReader } from "../../models/embedded/step-reader.ts";
import { type Labelled, labelledPart } from "../labels/labels.ts";

export interface EvidenceSetting {
  readonly module: WebAssembly.Module;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** One row a labelled step, in the order of the attempts: evidence, then the last hidden state. */
export interface EvidenceRows {
  /** [rows, EVIDENCE_NAMES.length + width] */
  readonly x: Float32Array;
  /** [rows] */
  readonly y: Float32Array;
}

/** Attempts of one problem. */
type EvidenceJob = readonly Labelled[];

async function collect(
  attempts: EvidenceJob,
  read: (problem: string) => StepReader,
): Promise<EvidenceRows> {
  const x: number[] = [];
  const y: number[] = [];
  const reader = read(attempts[0]!.problem);
  const asks = attempts.map(labelledPart);
  const { readings } = await reader.read(asks, new AbortController().signal);
  for (const [a, { labels }] of attempts.entries()) {
    for (const [i, label] of labels.entries()) {
      const { tokens, hidden } = readings[a]![i]!;
      const ended = asks[a]!.ended && i === labels.length - 1;
      x.push(...stepEvidence(EVIDENCE_NAMES, tokens, ended), ...hidden);
      y.push(label);
    }
  }
  reader.clear();
  return { x: Float32Array.from(x), y: Float32Array.from(y) };
}

const port = parentPort;
if (port) {
  const { module, body } = workerData as EvidenceSetting;
  const { config, vocabulary, parameters } = readGguf(body);
  const engine = new Engine(module, { config, parameters });
  const read = (problem: string) =>
    new StepReader({ engine, vocabulary, problem, breathe: () => Promise.resolve() });
  port.on("message", ({ index, job }: { index: number; job: EvidenceJob }) => {
    void collect(job, read).then((result) => port.postMessage({ index, result }));
  });
}
