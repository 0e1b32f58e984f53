import type { NamedTensor } from "./safetensors.ts";

/** What the twin reads of a `config.json`. */
interface TwinConfig {
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly rms_norm_eps: number;
  readonly rope_parameters: { readonly rope_theta: number };
}

/**
 * For tests: Hugging Face's `LlamaForCausalLM` in plain f64 loops, from its own
 * names, `[out, in]` matrices and `rotate_half`, with nothing of our layout.
 * Logits `[T][vocabulary]`. Source: transformers, `modeling_llama.py`.
 */
export function twinLogits(
  config: TwinConfig,
  tensors: ReadonlyMap<string, NamedTensor>,
  tokens: readonly number[],
): number[][] {
  const rows = (name: string) => rowsOf(tensors.get(`model.${name}.weight`)!);
  const linear = (name: string, x: readonly number[][]) => {
    const weight = rows(name);
    return x.map((row) => weight.map((out) => dot(out, row)));
  };
  const norm = (name: string, x: readonly number[][]) => {
    const gain = tensors.get(`model.${name}.weight`)!.values;
    return x.map((row) => {
      const variance = dot(row, row) / row.length;
      return row.map((value, i) => (value / Math.sqrt(variance + config.rms_norm_eps)) * gain[i]!);
    });
  };

  const embedding = rows("embed_tokens");
  let stream = tokens.map((token) => embedding[token]!);
  for (let index = 0; index < config.num_hidden_layers; index++) {
    const at = `layers.${index}`;
    const x = norm(`${at}.input_layernorm`, stream);
    const attended = attend(config, {
      query: linear(`${at}.self_attn.q_proj`, x),
      key: linear(`${at}.self_attn.k_proj`, x),
      value: linear(`${at}.self_attn.v_proj`, x),
    });
    stream = sum(stream, linear(`${at}.self_attn.o_proj`, attended));
    const y = norm(`${at}.post_attention_layernorm`, stream);
    const up = linear(`${at}.mlp.up_proj`, y);
    const active = linear(`${at}.mlp.gate_proj`, y).map((row, t) =>
      row.map((z, i) => (z / (1 + Math.exp(-z))) * up[t]![i]!),
    );
    stream = sum(stream, linear(`${at}.mlp.down_proj`, active));
  }
  return norm("norm", stream).map((row) => embedding.map((out) => dot(out, row)));
}

function attend(
  config: TwinConfig,
  { query, key, value }: Readonly<Record<"query" | "key" | "value", number[][]>>,
): number[][] {
  const heads = config.num_attention_heads;
  const size = query[0]!.length / heads;
  return query.map((_, t) =>
    Array.from({ length: heads }, (_, head) => {
      const part = (row: readonly number[]) => row.slice(head * size, (head + 1) * size);
      const turned = (row: readonly number[], position: number) =>
        rotate(part(row), position, config.rope_parameters.rope_theta);
      const scores = key
        .slice(0, t + 1)
        .map((row, s) => dot(turned(query[t]!, t), turned(row, s)) / Math.sqrt(size));
      const top = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - top));
      const total = weights.reduce((a, b) => a + b, 0);
      return part(value[0]!).map((_, i) =>
        weights.reduce((mean, weight, s) => mean + (weight / total) * part(value[s]!)[i]!, 0),
      );
    }).flat(),
  );
}

/** `x * cos + rotate_half(x) * sin`, where cos and sin repeat over the two halves. */
function rotate(x: readonly number[], position: number, base: number): number[] {
  const half = x.length / 2;
  const halves = [...x.slice(half).map((value) => -value), ...x.slice(0, half)];
  return x.map((value, i) => {
    const angle = position / base ** ((2 * (i % half)) / x.length);
    return value * Math.cos(angle) + halves[i]! * Math.sin(angle);
  });
}

function rowsOf({ shape, values }: NamedTensor): number[][] {
  const [rows, columns] = shape as readonly [number, number];
  return Array.from({ length: rows }, (_, r) => [
    ...values.subarray(r * columns, (r + 1) * columns),
  ]);
}

function sum(a: readonly number[][], b: readonly number[][]): number[][] {
  return a.map((row, t) => row.map((value, i) => value + b[t]![i]!));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0);
}
