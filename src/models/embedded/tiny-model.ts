import { initialParameters, type ModelConfig } from "./model-config.ts";
import { TrainerKernel } from "./trainer-kernel.ts";
import { encodeSolution } from "./vocabulary.ts";

/** For tests: small enough for the naive twin, odd enough to reach every remainder loop of the kernel. */
export const TINY: ModelConfig = {
  vocabulary: 96,
  width: 48,
  layers: 2,
  heads: 2,
  feedForward: 72,
  context: 90,
  ropeBase: 10_000,
  normEpsilon: 1e-5,
};

/** Fresh parameters, with gains that are not all 1. */
export function tinyParameters(seed: number, config = TINY): Float32Array<ArrayBuffer> {
  const parameters = initialParameters(config, seed);
  for (let i = 0; i < parameters.length; i++) {
    if (parameters[i] === 1) parameters[i] = 1 + ((i * 7) % 11) / 40;
  }
  return parameters;
}

/** A model that has learned to write one of these solutions of `problem`, by heart. */
export function learnedParameters(
  module: WebAssembly.Module,
  problem: string,
  solutions: readonly { readonly steps: readonly string[]; readonly answer: string }[],
): Float32Array {
  const encoded = solutions.map((solution) => encodeSolution({ problem, ...solution }));
  const tokens = encoded.flatMap((solution) => solution.tokens);
  const trainer = new TrainerKernel(module, { config: TINY, maxRows: tokens.length });
  trainer.parameters.set(tinyParameters(1));
  const batch = {
    tokens,
    lengths: encoded.map((solution) => solution.tokens.length),
    weights: encoded.flatMap(({ tokens: { length }, promptLength }) =>
      Array.from({ length }, (_, i) => (i < promptLength ? 0 : 1)),
    ),
  };
  for (let step = 1; step <= 150; step++) {
    trainer.clearGradients();
    const { weight } = trainer.forwardBackward(batch);
    trainer.adamStep({
      step,
      learningRate: 3e-3,
      beta1: 0.9,
      beta2: 0.98,
      epsilon: 1e-8,
      weightDecay: 0,
      clip: 1,
      gradientScale: 1 / weight,
    });
  }
  return trainer.parameters.slice();
}
