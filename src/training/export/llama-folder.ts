import { z } from "zod";
import { type GgufModel, writeGguf } from "../../models/embedded/gguf.ts";
import { ModelConfig } from "../../models/embedded/model-config.ts";
import { GENERATIVE_ABOUT, generativeFile, readGenerativeFile } from "./generative-file.ts";
import { fromLlamaWeights, toLlamaWeights } from "./llama-weights.ts";
import { HEAD_ABOUT, HEAD_TENSORS, prmHeadFiles, readPrmHeadFiles } from "./prm-head-files.ts";
import { type Precision, readSafetensors, writeSafetensors } from "./safetensors.ts";
import { tokenizerFiles, vocabularyOf } from "./tokenizer-files.ts";

const WEIGHTS = "model.safetensors";
const CONFIG = "config.json";
const TOKENIZER = "tokenizer.json";

/** torch's names. */
const TORCH_TYPE: Readonly<Record<Precision, string>> = { F32: "float32", F16: "float16" };

/**
 * A model as the folder that `AutoModelForCausalLM.from_pretrained` opens, by
 * file name. F32 keeps every bit; F16 rounds the norms' gains, all that a GGUF of
 * ours has in f32.
 */
export function toLlamaFolder(model: GgufModel, precision: Precision): Map<string, Uint8Array> {
  const { config, vocabulary, parameters, metadata } = model;
  const { control } = vocabulary;
  const ends = { eos_token_id: control["</assistant>"], pad_token_id: control["<pad>"] };
  const head = prmHeadFiles(metadata, config);
  const judging = generativeFile(model);
  const texts: Record<string, unknown> = {
    [CONFIG]: { ...configFile(config), ...ends, bos_token_id: null, ...typeOf(precision) },
    "generation_config.json": { ...ends, max_length: config.context },
    ...tokenizerFiles(vocabulary, config),
    ...(head && { [HEAD_ABOUT]: head.about }),
    ...(judging && { [GENERATIVE_ABOUT]: judging }),
  };
  return new Map([
    // What transformers asks a file for before it opens it.
    [WEIGHTS, writeSafetensors(toLlamaWeights(config, parameters), precision, { format: "pt" })],
    ...(head ? ([[HEAD_TENSORS, head.tensors]] as const) : []),
    ...Object.entries(texts).map(([name, value]): [string, Uint8Array] => [name, json(value)]),
  ]);
}

function configFile(config: ModelConfig) {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    vocab_size: config.vocabulary,
    hidden_size: config.width,
    intermediate_size: config.feedForward,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.heads,
    head_dim: config.width / config.heads,
    max_position_embeddings: config.context,
    rms_norm_eps: config.normEpsilon,
    // Before transformers 5, and since.
    rope_theta: config.ropeBase,
    rope_parameters: { rope_type: "default", rope_theta: config.ropeBase },
    tie_word_embeddings: true,
    ...{ hidden_act: "silu", attention_bias: false, mlp_bias: false, attention_dropout: 0 },
    ...{ initializer_range: 0.02, pretraining_tp: 1, use_cache: true },
  };
}

function typeOf(precision: Precision) {
  const type = TORCH_TYPE[precision];
  return { torch_dtype: type, dtype: type };
}

const Rope = z.object({ rope_theta: z.number(), rope_type: z.literal("default").optional() });

/** What of a `config.json` decides whether the model is one of ours. Others' defaults are ours too. */
const LlamaConfig = z
  .object({
    architectures: z.tuple([z.literal("LlamaForCausalLM")]),
    vocab_size: z.number(),
    hidden_size: z.number(),
    intermediate_size: z.number(),
    num_hidden_layers: z.number(),
    num_attention_heads: z.number(),
    num_key_value_heads: z.number().optional(),
    head_dim: z.number().optional(),
    max_position_embeddings: z.number(),
    rms_norm_eps: z.number(),
    rope_theta: z.number().optional(),
    rope_parameters: Rope.nullish(),
    rope_scaling: z.null("only plain RoPE is known here").optional(),
    hidden_act: z.literal("silu").default("silu"),
    attention_bias: z.literal(false).default(false),
    mlp_bias: z.literal(false).default(false),
  })
  .transform((file, { issues }) => {
    const heads = file.num_attention_heads;
    const headSize = file.hidden_size / heads;
    if ((file.num_key_value_heads ?? heads) !== heads || (file.head_dim ?? headSize) !== headSize) {
      issues.push({
        ...{ code: "custom", input: file },
        message: "every head needs keys of its own, and hidden_size / num_attention_heads numbers",
      });
    }
    return {
      vocabulary: file.vocab_size,
      width: file.hidden_size,
      layers: file.num_hidden_layers,
      heads,
      feedForward: file.intermediate_size,
      context: file.max_position_embeddings,
      ropeBase: file.rope_parameters?.rope_theta ?? file.rope_theta ?? 10_000,
      normEpsilon: file.rms_norm_eps,
    };
  })
  .pipe(ModelConfig);

/** A folder that cannot be made a file of ours; the message names file and field. */
export class LlamaFolderError extends Error {
  override readonly name = "LlamaFolderError";
}

/**
 * The way back: a GGUF of the model in a folder, which `read` gives file by file
 * (`null`: there is none). For what was trained on elsewhere from an export of
 * ours: same tokenizer, same kind of model. Throws a `LlamaFolderError`.
 */
export function fromLlamaFolder(
  read: (name: string) => Uint8Array | null,
  name: string,
): Uint8Array<ArrayBuffer> {
  const need = (file: string): Uint8Array => {
    const bytes = read(file);
    if (bytes === null) throw new LlamaFolderError(`${file} is missing`);
    return bytes;
  };
  const config = within(CONFIG, () => LlamaConfig.parse(parse(need(CONFIG))));
  const vocabulary = within(TOKENIZER, () => vocabularyOf(parse(need(TOKENIZER))));
  if (vocabulary.tokens.length !== config.vocabulary) {
    throw new LlamaFolderError(
      `${TOKENIZER} has ${vocabulary.tokens.length} tokens, ${CONFIG} speaks of ${config.vocabulary}`,
    );
  }
  const parameters = within(WEIGHTS, () =>
    fromLlamaWeights(config, readSafetensors(need(WEIGHTS)).tensors),
  );
  const head = read(HEAD_TENSORS);
  const judging = read(GENERATIVE_ABOUT);
  const metadata = {
    ...(head &&
      within(HEAD_TENSORS, () => readPrmHeadFiles(head, parse(need(HEAD_ABOUT)), config))),
    ...(judging && within(GENERATIVE_ABOUT, () => readGenerativeFile(parse(judging)))),
  };
  return within(WEIGHTS, () => writeGguf({ name, config, vocabulary, parameters, metadata }));
}

function within<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof LlamaFolderError) throw error;
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new LlamaFolderError(`${file}: ${message}`, { cause: error });
  }
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
