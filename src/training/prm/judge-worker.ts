import { parentPort, workerData } from "node:worker_threads";
import { createEmbeddedVerifier, readPrm } from "../../models/embedded/embedded-verifier.ts";
import { Engine } from "../../models/embedded/engine.ts";
import { readGguf } from "../../models/embedded/gguf.ts";
import { type Labelled, labelledPart } from "../labels/labels.ts";

export interface JudgeSetting {
  readonly module: WebAssembly.Module;
  /** A PRM of any form. */
  readonly prm: Uint8Array<ArrayBuffer>;
}

/** `[attempt][labelled step]`: P(the step and all before it are right). */
export type Scores = readonly (readonly number[])[];

const port = parentPort;
if (port) {
  const { module, prm: bytes } = workerData as JudgeSetting;
  const file = readGguf(bytes);
  const prm = readPrm(file);
  const engine = new Engine(module, file);
  const judge = async (attempts: readonly Labelled[]): Promise<Scores> => {
    const verifier = createEmbeddedVerifier({
      ...{ name: "prm", revision: "training", problem: attempts[0]!.problem, engine, prm },
      ...{ vocabulary: file.vocabulary, breathe: () => Promise.resolve() },
    });
    try {
      const asks = attempts.map(labelledPart);
      return (await verifier.score(asks, new AbortController().signal)).scores;
    } finally {
      verifier.dispose();
    }
  };
  port.on("message", ({ index, job }: { index: number; job: readonly Labelled[] }) => {
    void judge(job).then((result) => port.postMessage({ index, result }));
  });
}
