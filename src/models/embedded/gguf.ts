import { z } from "zod";
import { type GgufEntry, GgufReader, type MetadataValue, writeGgufFile } from "./gguf-format.ts";
import { floatFromHalf, halfFromFloat } from "./half.ts";
import { ModelConfig, parameterLayout, type Tensor } from "./model-config.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

/** A model as a GGUF file holds it. */
export interface GgufModel {
  readonly name: string;
  readonly config: ModelConfig;
  readonly vocabulary: Vocabulary;
  /** Flat, in the order of `parameterLayout(config)`; matrices carry the rounding of their f16. */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Everything else that the file says, by key. */
  readonly metadata: ReadonlyMap<string, MetadataValue>;
}

/** A file that is no model for this engine; the message names the field. */
export class GgufError extends Error {
  override readonly name = "GgufError";
}

const F32 = 0;
const F16 = 1;
const NORMAL_TOKEN = 1;
const CONTROL_TOKEN = 3;

/** The keys that the engine needs. Others are kept, not read. */
const LlamaMetadata = z.object({
  "general.architecture": z.literal("llama"),
  "general.name": z.string().default("unnamed"),
  "llama.context_length": z.number(),
  "llama.embedding_length": z.number(),
  "llama.block_count": z.number(),
  "llama.feed_forward_length": z.number(),
  "llama.attention.head_count": z.number(),
  "llama.attention.head_count_kv": z.number().optional(),
  "llama.attention.layer_norm_rms_epsilon": z.number(),
  "llama.rope.freq_base": z.number().default(10_000),
  "llama.rope.dimension_count": z.number().optional(),
  "tokenizer.ggml.tokens": z.array(z.string()),
});

/**
 * The file of a model: architecture `llama`, matrices f16, gains f32, which
 * llama.cpp loads as it is. `metadata` adds keys of our own, such as a
 * verifier's head (an extra tensor would make llama.cpp refuse the file).
 * `matrices` of f32 are for comparisons: llama.cpp rounds what it multiplies with
 * f16 to f16 too.
 */
export function writeGguf({
  name,
  config,
  vocabulary,
  parameters,
  metadata = {},
  matrices = "f16",
}: {
  name: string;
  config: ModelConfig;
  vocabulary: Vocabulary;
  parameters: Float32Array;
  metadata?: Readonly<Record<string, string | readonly string[] | Float32Array>>;
  matrices?: "f16" | "f32";
}): Uint8Array<ArrayBuffer> {
  const { tokens, control } = vocabulary;
  const typeOf = ({ shape }: Tensor) => (shape.length === 1 || matrices === "f32" ? F32 : F16);
  const entries: [string, GgufEntry][] = [
    ["general.architecture", { type: "string", value: "llama" }],
    ["general.name", { type: "string", value: name }],
    ["general.file_type", { type: "u32", value: matrices === "f32" ? F32 : F16 }],
    ["llama.context_length", { type: "u32", value: config.context }],
    ["llama.embedding_length", { type: "u32", value: config.width }],
    ["llama.block_count", { type: "u32", value: config.layers }],
    ["llama.feed_forward_length", { type: "u32", value: config.feedForward }],
    ["llama.attention.head_count", { type: "u32", value: config.heads }],
    ["llama.attention.head_count_kv", { type: "u32", value: config.heads }],
    ["llama.attention.layer_norm_rms_epsilon", { type: "f32", value: config.normEpsilon }],
    ["llama.rope.dimension_count", { type: "u32", value: config.width / config.heads }],
    ["llama.rope.freq_base", { type: "f32", value: config.ropeBase }],
    ["llama.vocab_size", { type: "u32", value: config.vocabulary }],
    ["tokenizer.ggml.model", { type: "string", value: "gpt2" }],
    ["tokenizer.ggml.pre", { type: "string", value: "gpt-2" }],
    ["tokenizer.ggml.tokens", { type: "strings", value: tokens.map((token) => spell(token)) }],
    [
      "tokenizer.ggml.token_type",
      {
        type: "i32s",
        value: tokens.map((_, id) => (vocabulary.isControl(id) ? CONTROL_TOKEN : NORMAL_TOKEN)),
      },
    ],
    ["tokenizer.ggml.merges", { type: "strings", value: [] }],
    ["tokenizer.ggml.eos_token_id", { type: "u32", value: control["</assistant>"] }],
    ["tokenizer.ggml.padding_token_id", { type: "u32", value: control["<pad>"] }],
    ["tokenizer.ggml.add_bos_token", { type: "bool", value: false }],
    ...Object.entries(metadata).map(([key, value]): [string, GgufEntry] => [key, entryOf(value)]),
  ];
  return writeGgufFile(
    entries,
    parameterLayout(config).tensors.map((tensor) => ({
      name: tensor.name,
      // Innermost first: llama.cpp's matrices are [out, in] in memory.
      sizes:
        tensor.shape.length === 1 || isEmbedding(tensor)
          ? tensor.shape.toReversed()
          : [...tensor.shape],
      type: typeOf(tensor),
      bytes: tensorBytes(tensor, parameters, typeOf(tensor)),
    })),
  );
}

/** Reads a file of `writeGguf`, or anyone's of the same kind. Throws a `GgufError`. */
export function readGguf(bytes: Uint8Array): GgufModel {
  const file = parseFile(bytes);
  const fields = LlamaMetadata.safeParse(Object.fromEntries(file.metadata));
  if (!fields.success) throw new GgufError(z.prettifyError(fields.error));
  const config = configOf(fields.data);
  const vocabulary = vocabularyOf(fields.data["tokenizer.ggml.tokens"]);

  const layout = parameterLayout(config);
  const parameters = new Float32Array(layout.size);
  for (const tensor of layout.tensors) readTensor(file, tensor, parameters);
  for (const name of file.tensors.keys()) {
    if (!layout.tensors.some((tensor) => tensor.name === name)) {
      throw new GgufError(`Tensor ${name}: this engine has no place for it`);
    }
  }
  return {
    name: fields.data["general.name"],
    config,
    vocabulary,
    parameters,
    metadata: file.metadata,
  };
}

function parseFile(bytes: Uint8Array): GgufReader {
  try {
    return new GgufReader(bytes);
  } catch (error) {
    // The reader throws a RangeError for whatever the bytes lack.
    if (error instanceof RangeError) throw new GgufError(error.message, { cause: error });
    throw error;
  }
}

function configOf(fields: z.infer<typeof LlamaMetadata>): ModelConfig {
  const heads = fields["llama.attention.head_count"];
  const width = fields["llama.embedding_length"];
  const config = ModelConfig.safeParse({
    vocabulary: fields["tokenizer.ggml.tokens"].length,
    width,
    layers: fields["llama.block_count"],
    heads,
    feedForward: fields["llama.feed_forward_length"],
    context: fields["llama.context_length"],
    ropeBase: fields["llama.rope.freq_base"],
    normEpsilon: fields["llama.attention.layer_norm_rms_epsilon"],
  });
  if (!config.success) throw new GgufError(z.prettifyError(config.error));
  const kvHeads = fields["llama.attention.head_count_kv"] ?? heads;
  if (kvHeads !== heads) {
    throw new GgufError(
      `llama.attention.head_count_kv is ${kvHeads}; it must be the head count, ${heads}`,
    );
  }
  const turned = fields["llama.rope.dimension_count"] ?? width / heads;
  if (turned !== width / heads) {
    throw new GgufError(`llama.rope.dimension_count is ${turned}; it must be ${width / heads}`);
  }
  return config.data;
}

function vocabularyOf(spelled: readonly string[]): Vocabulary {
  try {
    return createVocabulary(spelled.map((token) => unspell(token)));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new GgufError(`tokenizer.ggml.tokens: ${cause}`, { cause: error });
  }
}

function readTensor(file: GgufReader, tensor: Tensor, parameters: Float32Array): void {
  const { name, shape, length, offset } = tensor;
  const stored = file.tensors.get(name);
  if (stored === undefined) throw new GgufError(`Tensor ${name} is missing`);
  const sizes = shape.length === 1 || isEmbedding(tensor) ? shape.toReversed() : shape;
  if (stored.sizes.join() !== sizes.join()) {
    throw new GgufError(`Tensor ${name} has the sizes ${stored.sizes}; expected ${sizes}`);
  }
  if (stored.type !== F32 && stored.type !== F16) {
    throw new GgufError(
      `Tensor ${name} has the type ${stored.type}; only F32 (0) and F16 (1) are read`,
    );
  }
  const width = stored.type === F32 ? 4 : 2;
  if (stored.start + length * width > file.view.byteLength) {
    throw new GgufError(`The file ends inside tensor ${name}`);
  }
  const place = placeOf(tensor);
  for (let i = 0; i < length; i++) {
    const at = stored.start + i * width;
    const value =
      stored.type === F32
        ? file.view.getFloat32(at, true)
        : floatFromHalf(file.view.getUint16(at, true));
    if (!Number.isFinite(value)) throw new GgufError(`Tensor ${name} holds ${value} at ${i}`);
    parameters[offset + place(i)] = value;
  }
}

function tensorBytes(tensor: Tensor, parameters: Float32Array, type: number): Uint8Array {
  const { length, offset, name } = tensor;
  const place = placeOf(tensor);
  const view = new DataView(new ArrayBuffer(length * (type === F32 ? 4 : 2)));
  for (let i = 0; i < length; i++) {
    const value = parameters[offset + place(i)]!;
    const half = halfFromFloat(value);
    if (!Number.isFinite(floatFromHalf(half))) {
      throw new GgufError(`Tensor ${name} holds ${value}, which is no f16`);
    }
    if (type === F32) view.setFloat32(i * 4, value, true);
    else view.setUint16(i * 2, half, true);
  }
  return new Uint8Array(view.buffer);
}

/** Where in our tensor the file's i-th element belongs: matrices are transposed, but for the embedding. */
function placeOf(tensor: Tensor): (i: number) => number {
  const [rows, columns] = tensor.shape;
  if (columns === undefined || isEmbedding(tensor)) return (i) => i;
  return (i) => (i % rows) * columns + Math.floor(i / rows);
}

function isEmbedding({ name }: Tensor): boolean {
  return name === "token_embd.weight";
}

function entryOf(value: string | readonly string[] | Float32Array): GgufEntry {
  if (typeof value === "string") return { type: "string", value };
  if (value instanceof Float32Array) return { type: "f32s", value };
  return { type: "strings", value };
}

/**
 * GPT-2's spelling of a byte: what is not printable ASCII is moved up by 256
 * (those up to the space), so a line break is "Ċ" and a space "Ġ".
 */
function spell(token: string): string {
  const code = token.charCodeAt(0);
  return token.length === 1 && code <= 32 ? String.fromCharCode(code + 256) : token;
}

function unspell(token: string): string {
  const code = token.charCodeAt(0);
  return token.length === 1 && code >= 256 && code <= 288 ? String.fromCharCode(code - 256) : token;
}
