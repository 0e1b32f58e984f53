import {
  type ModelConfig,
  parameterLayout,
  type Tensor,
} from "../../models/embedded/model-config.ts";
import type { NamedTensor } from "./safetensors.ts";

/** A tensor of ours and its place in Hugging Face's `LlamaForCausalLM`. */
interface Counterpart {
  readonly ours: Tensor;
  readonly name: string;
  /** `[out, in]` of a matrix, as `torch.nn.Linear` keeps it. */
  readonly shape: readonly number[];
  /** Where element i of theirs lies in ours. */
  readonly placeOf: (i: number) => number;
}

/**
 * The parameters under Hugging Face's names and in its layout. There is no
 * `lm_head.weight`: the embedding is the output matrix too.
 */
export function toLlamaWeights(config: ModelConfig, parameters: Float32Array): NamedTensor[] {
  return counterparts(config).map(({ ours, name, shape, placeOf }) => {
    const values = new Float32Array(ours.length);
    for (let i = 0; i < ours.length; i++) values[i] = parameters[ours.offset + placeOf(i)]!;
    return { name, shape, values };
  });
}

/** The way back. Throws a `RangeError` that names the tensor which is missing, of another shape or too many. */
export function fromLlamaWeights(
  config: ModelConfig,
  tensors: ReadonlyMap<string, NamedTensor>,
): Float32Array<ArrayBuffer> {
  const rest = new Map(tensors);
  const parameters = new Float32Array(parameterLayout(config).size);
  for (const { ours, name, shape, placeOf } of counterparts(config)) {
    const theirs = rest.get(name);
    if (theirs === undefined) throw new RangeError(`Tensor ${name} is missing`);
    if (theirs.shape.join() !== shape.join()) {
      throw new RangeError(`Tensor ${name} has the shape ${theirs.shape}; expected ${shape}`);
    }
    for (const [i, value] of theirs.values.entries()) parameters[ours.offset + placeOf(i)] = value;
    rest.delete(name);
  }
  const head = rest.get(HEAD);
  if (head !== undefined) expectTied(head, tensors.get(EMBEDDING)!);
  rest.delete(HEAD);
  const [extra] = rest.keys();
  if (extra !== undefined) throw new RangeError(`Tensor ${extra}: this engine has no place for it`);
  return parameters;
}

const EMBEDDING = "model.embed_tokens.weight";
const HEAD = "lm_head.weight";

/** Some trainers write the tied output matrix out. */
function expectTied(head: NamedTensor, embedding: NamedTensor): void {
  const isSame =
    head.values.length === embedding.values.length &&
    head.values.every((value, i) => value === embedding.values[i]);
  if (!isSame) throw new RangeError(`${HEAD} is not ${EMBEDDING}; here they are one matrix`);
}

function counterparts(config: ModelConfig): Counterpart[] {
  const layout = parameterLayout(config);
  const headSize = config.width / config.heads;
  const same = (i: number) => i;
  const gain = (ours: Tensor, name: string): Counterpart => ({
    ...{ ours, name: `model.${name}.weight`, shape: ours.shape, placeOf: same },
  });
  const linear = (ours: Tensor, name: string, columnOf = same): Counterpart => {
    const [inputs, outputs] = ours.shape as readonly [number, number];
    return {
      ...{ ours, name: `model.${name}.weight`, shape: [outputs, inputs] },
      placeOf: (i) => (i % inputs) * outputs + columnOf(Math.floor(i / inputs)),
    };
  };
  const turned = (ours: Tensor, name: string) =>
    linear(ours, name, (row) => interleaved(row, headSize));

  return [
    { ours: layout.embedding, name: EMBEDDING, shape: layout.embedding.shape, placeOf: same },
    ...layout.layers.flatMap((layer, index) => {
      const at = `layers.${index}`;
      return [
        gain(layer.attentionNorm, `${at}.input_layernorm`),
        turned(layer.query, `${at}.self_attn.q_proj`),
        turned(layer.key, `${at}.self_attn.k_proj`),
        linear(layer.value, `${at}.self_attn.v_proj`),
        linear(layer.attentionOutput, `${at}.self_attn.o_proj`),
        gain(layer.feedNorm, `${at}.post_attention_layernorm`),
        linear(layer.gate, `${at}.mlp.gate_proj`),
        linear(layer.up, `${at}.mlp.up_proj`),
        linear(layer.down, `${at}.mlp.down_proj`),
      ];
    }),
    gain(layout.outputNorm, "norm"),
  ];
}

/**
 * The column of ours for a row of a query or key projection of theirs. RoPE
 * turns pairs of numbers of a head: of ours (and llama.cpp's) 2p and 2p + 1, of
 * theirs (`rotate_half`) p and p + headSize / 2. Scores are sums over a head, so
 * renumbering its rows in both projections changes none.
 */
function interleaved(row: number, headSize: number): number {
  const half = headSize / 2;
  const inHead = row % headSize;
  const side = inHead < half ? 0 : 1;
  return row - inHead + 2 * (inHead - side * half) + side;
}
