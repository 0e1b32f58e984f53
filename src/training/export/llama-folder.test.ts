import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GENERATIVE_METADATA } from "../../models/embedded/embedded-verifier.ts";
import { readGguf, writeGguf } from "../../models/embedded/gguf.ts";
import { type ModelConfig, parameterLayout } from "../../models/embedded/model-config.ts";
import { naiveForward } from "../../models/embedded/naive.ts";
import { EVIDENCE_NAMES, type PrmHead, prmHeadMetadata } from "../../models/embedded/prm-head.ts";
import { TINY, tinyParameters } from "../../models/embedded/tiny-model.ts";
import { VOCABULARY } from "../../models/embedded/vocabulary.ts";
import { fromLlamaFolder, LlamaFolderError, toLlamaFolder } from "./llama-folder.ts";
import { twinLogits } from "./llama-twin.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

const anyModel = fc
  .record({
    heads: fc.integer({ min: 1, max: 3 }),
    headSize: fc.constantFrom(8, 16),
    layers: fc.integer({ min: 1, max: 2 }),
    feedForward: fc.constantFrom(8, 24),
    ropeBase: fc.constantFrom(10, 10_000, 500_000),
    seed: fc.nat(),
  })
  .map(({ heads, headSize, seed, ...rest }) => {
    const config: ModelConfig = {
      ...{ vocabulary: 96, width: heads * headSize, heads, context: 64, normEpsilon: 1e-5 },
      ...rest,
    };
    return { config, parameters: tinyParameters(seed, config) };
  });

const HEAD: PrmHead = {
  evidence: [EVIDENCE_NAMES[3], EVIDENCE_NAMES[0]],
  evidenceWeight: [0.3, -1.7],
  hiddenWeight: Array.from({ length: TINY.width }, (_, i) => i / 7),
  ...{ bias: -0.7, calibration: [1.3, 0.6] },
};

function ggufOf(config = TINY, parameters = tinyParameters(3), metadata = {}) {
  return writeGguf({ name: "tiny", config, vocabulary: VOCABULARY, parameters, metadata });
}

const FOLDER = toLlamaFolder(readGguf(ggufOf()), "F32");

/** Whether two files are the same, without a comparison of a million elements in the message. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function read(folder: ReadonlyMap<string, Uint8Array>) {
  return (name: string) => folder.get(name) ?? null;
}

// biome-ignore lint/suspicious/noExplicitAny: JSON of files whose fields the tests name.
function jsonOf(folder: ReadonlyMap<string, Uint8Array>, name: string): any {
  return JSON.parse(new TextDecoder().decode(folder.get(name)));
}

/** The folder with some fields of one of its JSON files replaced. */
function withFields(name: string, fields: object): Map<string, Uint8Array> {
  const text = JSON.stringify({ ...jsonOf(FOLDER, name), ...fields });
  return new Map([...FOLDER, [name, new TextEncoder().encode(text)]]);
}

/** The folder with other weights. */
function withWeights(
  change: (
    tensors: Map<string, { shape: readonly number[]; values: Float32Array; name: string }>,
  ) => void,
) {
  const tensors = new Map(readSafetensors(FOLDER.get("model.safetensors")!).tensors);
  change(tensors);
  return new Map([
    ...FOLDER,
    ["model.safetensors", writeSafetensors([...tensors.values()], "F32")],
  ]);
}

test("X1: Hugging Face's llama (rotate_half, [out, in]) computes our logits from the exported folder", () => {
  fc.assert(
    fc.property(
      anyModel,
      fc.array(fc.nat(95), { minLength: 2, maxLength: 12 }),
      ({ config, parameters }, tokens) => {
        const model = readGguf(ggufOf(config, parameters));
        const folder = toLlamaFolder(model, "F32");
        const { tensors } = readSafetensors(folder.get("model.safetensors")!);
        const theirs = twinLogits(jsonOf(folder, "config.json"), tensors, tokens);
        const ours = naiveForward(model.config, model.parameters, tokens).logits;
        for (const [t, row] of ours.entries()) {
          for (const [i, logit] of row.entries()) {
            expect(Math.abs(theirs[t]![i]! - logit)).toBeLessThan(1e-9);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("X2: what is exported and taken back is the same file, bit for bit", () => {
  fc.assert(
    fc.property(anyModel, ({ config, parameters }) => {
      const file = ggufOf(config, parameters);
      expect(
        isSame(fromLlamaFolder(read(toLlamaFolder(readGguf(file), "F32")), "tiny"), file),
      ).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test("with f16 only the gains are rounded", () => {
  const file = ggufOf();
  const back = readGguf(fromLlamaFolder(read(toLlamaFolder(readGguf(file), "F16")), "tiny"));
  const before = readGguf(file).parameters;
  for (const { offset, length, shape } of parameterLayout(TINY).tensors) {
    for (let i = offset; i < offset + length; i++) {
      if (shape.length === 2) expect(back.parameters[i]).toBe(before[i]);
      else expect(Math.abs(back.parameters[i]! - before[i]!)).toBeLessThan(1e-3);
    }
  }
  expect(jsonOf(toLlamaFolder(readGguf(file), "F16"), "config.json").torch_dtype).toBe("float16");
});

test("the folder has the files, names and shapes that transformers looks for", () => {
  expect([...FOLDER.keys()].sort()).toEqual([
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
  ]);
  const { tensors, metadata } = readSafetensors(FOLDER.get("model.safetensors")!);
  expect(metadata).toEqual({ format: "pt" });
  expect(tensors.size).toBe(2 + 9 * TINY.layers);
  const { width: d, feedForward: ff } = TINY;
  const shapes = {
    "model.embed_tokens.weight": [96, d],
    "model.layers.1.input_layernorm.weight": [d],
    "model.layers.1.self_attn.q_proj.weight": [d, d],
    "model.layers.1.mlp.gate_proj.weight": [ff, d],
    "model.layers.1.mlp.down_proj.weight": [d, ff],
    "model.norm.weight": [d],
  };
  for (const [name, shape] of Object.entries(shapes)) {
    expect(tensors.get(name)?.shape, name).toEqual(shape);
  }
  expect(jsonOf(FOLDER, "config.json")).toMatchObject({
    ...{ architectures: ["LlamaForCausalLM"], model_type: "llama", tie_word_embeddings: true },
    ...{ vocab_size: 96, hidden_size: d, intermediate_size: ff, num_hidden_layers: 2 },
    ...{ num_attention_heads: 2, num_key_value_heads: 2, head_dim: d / 2, hidden_act: "silu" },
    ...{ max_position_embeddings: TINY.context, rope_theta: 10_000, torch_dtype: "float32" },
    ...{ eos_token_id: 6, pad_token_id: 0, bos_token_id: null },
  });
});

describe("the tokenizer", () => {
  const tokenizer = jsonOf(FOLDER, "tokenizer.json");

  test("has our ids, control tokens as added ones and every character by itself", () => {
    expect(Object.entries(tokenizer.model.vocab)).toHaveLength(96);
    for (const [id, token] of VOCABULARY.tokens.entries()) {
      expect(tokenizer.model.vocab[token]).toBe(id);
    }
    expect(tokenizer.added_tokens.map(({ content }: { content: string }) => content)).toEqual(
      VOCABULARY.tokens.slice(0, 7),
    );
    const split = new RegExp(tokenizer.pre_tokenizer.pattern.Regex, "g");
    expect("3*(4 \n+a".match(split)).toEqual([..."3*(4 \n+a"]);
    expect(tokenizer.model.vocab).not.toHaveProperty(tokenizer.model.unk_token);
  });

  test("ends with </assistant>, pads with <pad>, and keeps the tags that a reader needs", () => {
    const expected = {
      ...{ eos_token: "</assistant>", pad_token: "<pad>" },
      additional_special_tokens: ["<user>", "</user>"],
    };
    expect(jsonOf(FOLDER, "special_tokens_map.json")).toEqual(expected);
    expect(jsonOf(FOLDER, "tokenizer_config.json")).toMatchObject(expected);
    const kept = tokenizer.added_tokens.filter(({ special }: { special: boolean }) => !special);
    expect(kept.map(({ content }: { content: string }) => content)).toEqual([
      "<reasoning>",
      "</reasoning>",
      "<assistant>",
    ]);
  });
});

describe("a verifier", () => {
  const file = ggufOf(TINY, tinyParameters(3), prmHeadMetadata(HEAD));
  const folder = toLlamaFolder(readGguf(file), "F32");

  test("takes its head along in two files, and back to the bit", () => {
    const { tensors } = readSafetensors(folder.get("prm_head.safetensors")!);
    expect([...tensors.get("evidence_weight")!.values]).toEqual([
      Math.fround(0.3),
      Math.fround(-1.7),
    ]);
    expect(tensors.get("hidden_weight")!.shape).toEqual([TINY.width]);
    expect(jsonOf(folder, "prm_head.json").evidence).toEqual(HEAD.evidence);
    expect(isSame(fromLlamaFolder(read(folder), "tiny"), file)).toBe(true);
  });

  test("that writes its judgements says how it is asked, and comes back to the bit", () => {
    const generative = ggufOf(TINY, tinyParameters(3), GENERATIVE_METADATA);
    const exported = toLlamaFolder(readGguf(generative), "F32");
    const about = jsonOf(exported, "prm_generative.json");
    expect(about).toMatchObject({ version: 1, judgements: { right: "+", wrong: "-" } });
    expect(isSame(fromLlamaFolder(read(exported), "tiny"), generative)).toBe(true);
    expect(folder.has("prm_generative.json")).toBe(false);
    expect(FOLDER.has("prm_generative.json")).toBe(false);
    const other = { ...about, judgements: { right: "-", wrong: "+" } };
    exported.set("prm_generative.json", new TextEncoder().encode(JSON.stringify(other)));
    expect(() => fromLlamaFolder(read(exported), "tiny")).toThrow(
      /prm_generative\.json: .*judgements/s,
    );
  });

  test("whose head lacks a number is not exported, nor taken back", () => {
    const model = readGguf(file);
    const metadata = new Map(model.metadata);
    metadata.delete("prm.head.bias");
    expect(() => toLlamaFolder({ ...model, metadata }, "F32")).toThrow("prm.head.bias");
    const partial = new Map(folder);
    partial.delete("prm_head.json");
    expect(() => fromLlamaFolder(read(partial), "tiny")).toThrow("prm_head.json is missing");
  });
});

describe("taken back", () => {
  test("an output matrix that is written out is the embedding", () => {
    const folder = withWeights((tensors) => {
      tensors.set("lm_head.weight", {
        ...tensors.get("model.embed_tokens.weight")!,
        name: "lm_head.weight",
      });
    });
    expect(isSame(fromLlamaFolder(read(folder), "tiny"), ggufOf())).toBe(true);
  });

  test("a configuration of transformers 4 or 5 will do", () => {
    for (const fields of [{ rope_parameters: null }, { rope_theta: undefined }]) {
      const folder = withFields("config.json", fields);
      expect(isSame(fromLlamaFolder(read(folder), "tiny"), ggufOf())).toBe(true);
    }
  });

  const other = Float32Array.from({ length: 96 * TINY.width }, () => 1);
  test.each<[string, () => Map<string, Uint8Array>]>([
    ["config.json is missing", () => new Map()],
    [
      "LlamaForCausalLM",
      () => withFields("config.json", { architectures: ["LlamaForTokenClassification"] }),
    ],
    ["num_hidden_layers", () => withFields("config.json", { num_hidden_layers: "2" })],
    ["keys of its own", () => withFields("config.json", { num_key_value_heads: 1 })],
    ["keys of its own", () => withFields("config.json", { head_dim: 8 })],
    ["only plain RoPE", () => withFields("config.json", { rope_scaling: { factor: 2 } })],
    [
      "rope_type",
      () => withFields("config.json", { rope_parameters: { rope_theta: 1, rope_type: "yarn" } }),
    ],
    ["hidden_act", () => withFields("config.json", { hidden_act: "gelu" })],
    ["attention_bias", () => withFields("config.json", { attention_bias: true })],
    [
      "has 96 tokens, config.json speaks of 104",
      () => withFields("config.json", { vocab_size: 104 }),
    ],
    [
      "Not a tokenizer of this project",
      () => withFields("tokenizer.json", { model: { type: "BPE", vocab: {} } }),
    ],
    [
      "tokens with ids up to",
      () => withFields("tokenizer.json", { model: { type: "WordLevel", vocab: { a: 3 } } }),
    ],
    [
      "No token",
      () => withFields("tokenizer.json", { model: { type: "WordLevel", vocab: { a: 0 } } }),
    ],
    [
      "model.norm.weight is missing",
      () => withWeights((tensors) => tensors.delete("model.norm.weight")),
    ],
    [
      "score.weight: this engine has no place",
      () =>
        withWeights((tensors) =>
          tensors.set("score.weight", {
            name: "score.weight",
            shape: [1],
            values: Float32Array.of(1),
          }),
        ),
    ],
    [
      "has the shape 4608; expected 96,48",
      () =>
        withWeights((tensors) =>
          tensors.set("model.embed_tokens.weight", {
            name: "model.embed_tokens.weight",
            shape: [4608],
            values: other,
          }),
        ),
    ],
    [
      "lm_head.weight is not",
      () =>
        withWeights((tensors) =>
          tensors.set("lm_head.weight", {
            name: "lm_head.weight",
            shape: [96, TINY.width],
            values: other,
          }),
        ),
    ],
    [
      "which is no f16",
      () => withWeights((tensors) => tensors.get("model.embed_tokens.weight")!.values.fill(1e6)),
    ],
  ])("a folder is refused: %s", (message, folder) => {
    const back = () => fromLlamaFolder(read(folder()), "tiny");
    expect(back).toThrow(LlamaFolderError);
    expect(back).toThrow(message);
  });
});
