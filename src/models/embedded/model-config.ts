import { z } from "zod";
import { createRandom, deriveSeed } from "../../lib/random.ts";

const Width = z.int().positive().max(8192).multipleOf(8);

/** The shape of a llama-style decoder: RMSNorm, RoPE on interleaved pairs, SwiGLU, tied embedding, no biases. */
export const ModelConfig = z
  .strictObject({
    /** Rows of the embedding. */
    vocabulary: Width,
    /** Width of the residual stream, d. */
    width: Width,
    layers: z.int().positive().max(128),
    heads: z.int().positive().max(128),
    /** Width between the two SwiGLU products. */
    feedForward: Width,
    /** Longest sequence, in tokens. */
    context: z.int().positive().max(32_768),
    ropeBase: z.number().positive(),
    normEpsilon: z.number().positive().max(0.1),
  })
  .refine(({ width, heads }) => width % (8 * heads) === 0, {
    path: ["heads"],
    message: "width / heads must be a multiple of 8",
  });
export type ModelConfig = z.infer<typeof ModelConfig>;

/** One tensor inside the flat parameter array. Products are `x · tensor`: matrices are `[in, out]`, row-major. */
export interface Tensor {
  /** As llama.cpp names it. */
  readonly name: string;
  /** First element, in floats. */
  readonly offset: number;
  readonly length: number;
  /** `[rows, columns]`, or `[length]` of a norm's gain. */
  readonly shape: readonly [number, number] | readonly [number];
}

export interface LayerTensors {
  readonly attentionNorm: Tensor;
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  readonly attentionOutput: Tensor;
  readonly feedNorm: Tensor;
  readonly gate: Tensor;
  readonly up: Tensor;
  readonly down: Tensor;
}

/** Where every parameter lies: the same for inference, gradients, optimiser state, GGUF and the naive twin. */
export interface ParameterLayout {
  /** `[vocabulary, width]`; also the output matrix, transposed. */
  readonly embedding: Tensor;
  readonly layers: readonly LayerTensors[];
  readonly outputNorm: Tensor;
  /** All of them, by ascending offset, without gaps. */
  readonly tensors: readonly Tensor[];
  /** Floats in all. */
  readonly size: number;
}

export function parameterLayout(config: ModelConfig): ParameterLayout {
  const { vocabulary, width, feedForward } = config;
  const tensors: Tensor[] = [];
  let size = 0;
  const place = (name: string, shape: Tensor["shape"]): Tensor => {
    const length = shape[0] * (shape[1] ?? 1);
    const tensor = { name: `${name}.weight`, offset: size, length, shape };
    tensors.push(tensor);
    size += length;
    return tensor;
  };

  const embedding = place("token_embd", [vocabulary, width]);
  const layers = Array.from({ length: config.layers }, (_, layer) => ({
    attentionNorm: place(`blk.${layer}.attn_norm`, [width]),
    query: place(`blk.${layer}.attn_q`, [width, width]),
    key: place(`blk.${layer}.attn_k`, [width, width]),
    value: place(`blk.${layer}.attn_v`, [width, width]),
    attentionOutput: place(`blk.${layer}.attn_output`, [width, width]),
    feedNorm: place(`blk.${layer}.ffn_norm`, [width]),
    gate: place(`blk.${layer}.ffn_gate`, [width, feedForward]),
    up: place(`blk.${layer}.ffn_up`, [width, feedForward]),
    down: place(`blk.${layer}.ffn_down`, [feedForward, width]),
  }));
  const outputNorm = place("output_norm", [width]);
  return { embedding, layers, outputNorm, tensors, size };
}

/** Standard deviation of a fresh embedding: logits start near 0.05 · √width. */
const EMBEDDING_DEVIATION = 0.05;

/**
 * Fresh parameters: gains 1, matrices uniform with standard deviation 1/√in,
 * those that write into the residual stream divided by √(2 · layers) (as GPT-2
 * does). The same seed gives the same bits everywhere.
 */
export function initialParameters(config: ModelConfig, seed: number): Float32Array<ArrayBuffer> {
  const layout = parameterLayout(config);
  const parameters = new Float32Array(layout.size);
  for (const [index, tensor] of layout.tensors.entries()) {
    const values = parameters.subarray(tensor.offset, tensor.offset + tensor.length);
    if (tensor.shape.length === 1) {
      values.fill(1);
      continue;
    }
    const random = createRandom(deriveSeed(seed, index));
    const reach = Math.sqrt(3) * deviation(tensor, layout, config);
    for (let i = 0; i < values.length; i++) values[i] = (2 * random() - 1) * reach;
  }
  return parameters;
}

function deviation(tensor: Tensor, layout: ParameterLayout, config: ModelConfig): number {
  if (tensor === layout.embedding) return EMBEDDING_DEVIATION;
  const writes = layout.layers.some(
    ({ attentionOutput, down }) => tensor === attentionOutput || tensor === down,
  );
  return 1 / Math.sqrt(tensor.shape[0] * (writes ? 2 * config.layers : 1));
}
