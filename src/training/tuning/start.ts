import type { ModelConfig } from "../../models/embedded/model-config.ts";
import { readParameters, writeCheckpoint } from "../work/checkpoint.ts";
import type { Stage } from "../work/stage.ts";
import { CHECKPOINT } from "./tune.ts";

/** Where another tuning starts: weights of another stage, and an optimizer that remembers nothing. */
const START = "start.ckpt";

/** Writes the start of a stage's tuning, from the weights of `from`; gives its file. */
export function startFrom(stage: Stage, from: Stage, model: ModelConfig): string {
  const parameters = readParameters(from.read(CHECKPOINT), model);
  const mean = new Float32Array(parameters.length);
  const square = new Float32Array(parameters.length);
  stage.write(START, writeCheckpoint(0, { parameters, mean, square }));
  return stage.file(START);
}
