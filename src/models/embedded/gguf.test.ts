import fc from "fast-check";
import { expect, test } from "vitest";
import { GgufError, readGguf, writeGguf } from "./gguf.ts";
import { GgufReader } from "./gguf-format.ts";
import { floatFromHalf, halfFromFloat } from "./half.ts";
import { parameterLayout } from "./model-config.ts";
import { TINY, tinyParameters } from "./tiny-model.ts";
import { VOCABULARY } from "./vocabulary.ts";

const LAYOUT = parameterLayout(TINY);
const PARAMETERS = tinyParameters(2);
const MODEL = { name: "tiny", config: TINY, vocabulary: VOCABULARY, parameters: PARAMETERS };
const FILE = writeGguf({
  ...MODEL,
  metadata: {
    "prm.head.weight": Float32Array.of(0.5, -2),
    "prm.head.names": ["a", "ä"],
    "general.license": "MIT",
  },
});

/** The file with the bytes of one text replaced by others of the same length. */
function replaced(from: string, to: string): Uint8Array {
  const at = Buffer.from(FILE).indexOf(from, "latin1");
  expect(at).toBeGreaterThan(0);
  expect(to).toHaveLength(from.length);
  const copy = Buffer.from(FILE);
  copy.write(to, at, "latin1");
  return copy;
}

/** The file with the number of this key replaced. */
function withNumber(key: string, value: number): Uint8Array {
  const copy = Buffer.from(FILE);
  const at = copy.indexOf(key, 0, "latin1");
  expect(at).toBeGreaterThan(0);
  // After the key its type, then the number.
  copy.writeUInt32LE(value, at + key.length + 4);
  return copy;
}

/** The file with the first float of a tensor replaced by NaN. */
function withNaN(name: string): Uint8Array {
  const copy = FILE.slice();
  const { start } = new GgufReader(FILE).tensors.get(name)!;
  copy.fill(0xff, start, start + 4);
  return copy;
}

test("M9: a model survives the file, its matrices rounded to f16, its gains not", () => {
  const read = readGguf(FILE);
  expect(read.name).toBe("tiny");
  expect(read.config).toEqual({ ...TINY, normEpsilon: Math.fround(TINY.normEpsilon) });
  expect(read.vocabulary.tokens).toEqual(VOCABULARY.tokens);
  for (const { offset, length, shape } of LAYOUT.tensors) {
    const before = PARAMETERS.subarray(offset, offset + length);
    const after = shape.length === 1 ? before : before.map((x) => floatFromHalf(halfFromFloat(x)));
    expect(read.parameters.subarray(offset, offset + length)).toEqual(after);
  }
  expect(writeGguf({ ...read, metadata: {} })).toEqual(writeGguf({ ...MODEL, metadata: {} }));
});

test("matrices of f32 keep every bit", () => {
  const file = writeGguf({ ...MODEL, matrices: "f32" });
  expect(readGguf(file).parameters).toEqual(PARAMETERS);
  const { metadata, tensors } = new GgufReader(file);
  expect(metadata.get("general.file_type")).toBe(0);
  expect([...tensors.values()].every(({ type }) => type === 0)).toBe(true);
});

test("metadata of our own survives the file", () => {
  const { metadata } = readGguf(FILE);
  expect(metadata.get("prm.head.weight")).toEqual([0.5, -2]);
  expect(metadata.get("prm.head.names")).toEqual(["a", "ä"]);
  expect(metadata.get("general.license")).toBe("MIT");
});

test("the file is what llama.cpp loads", () => {
  const { metadata, tensors, view } = new GgufReader(FILE);
  expect(metadata.get("general.architecture")).toBe("llama");
  expect(metadata.get("tokenizer.ggml.model")).toBe("gpt2");
  expect(metadata.get("tokenizer.ggml.merges")).toEqual([]);
  const types = metadata.get("tokenizer.ggml.token_type");
  expect(types).toEqual(VOCABULARY.tokens.map((_, id) => (id < 7 ? 3 : 1)));
  const tokens = metadata.get("tokenizer.ggml.tokens");
  expect(tokens).toEqual(
    VOCABULARY.tokens.map((token) => ({ "\n": "Ċ", " ": "Ġ" })[token] ?? token),
  );
  expect([...tensors.keys()]).toEqual(LAYOUT.tensors.map(({ name }) => name));
  expect(tensors.has("output.weight")).toBe(false);
  for (const { start } of tensors.values()) expect(start % 32).toBe(0);

  // [out, in] in memory, the inner size first: W[in = 5, out = 3] lies at 3 · width + 5.
  const gate = tensors.get("blk.1.ffn_gate.weight")!;
  expect(gate).toMatchObject({ sizes: [TINY.width, TINY.feedForward], type: 1 });
  const ours = LAYOUT.layers[1]!.gate.offset + 5 * TINY.feedForward + 3;
  expect(view.getUint16(gate.start + 2 * (3 * TINY.width + 5), true)).toBe(
    halfFromFloat(PARAMETERS[ours]!),
  );
  const embedding = tensors.get("token_embd.weight")!;
  expect(embedding.sizes).toEqual([TINY.width, TINY.vocabulary]);
  expect(view.getUint16(embedding.start + 2 * (3 * TINY.width + 5), true)).toBe(
    halfFromFloat(PARAMETERS[3 * TINY.width + 5]!),
  );
});

test.each([
  ["no GGUF file", () => new TextEncoder().encode("<!doctype html><html><body>")],
  ["no GGUF file", () => new Uint8Array(3)],
  ["version 9", () => Uint8Array.from(FILE, (byte, i) => (i === 4 ? 9 : byte))],
  ["general.architecture", () => replaced("llama", "gpt-j")],
  ["llama.block_count", () => replaced("llama.block_count", "llama.block_xxxxx")],
  ["tokenizer.ggml.tokens", () => replaced("</assistant>", "</assistxxx>")],
  ["blk.1.ffn_up.weight is missing", () => replaced("blk.1.ffn_up.weight", "blk.7.ffn_up.weight")],
  ["token_embd.weight is missing", () => replaced("token_embd.weight", "other_name.weight")],
  ["llama.attention.head_count_kv is 1", () => withNumber("llama.attention.head_count_kv", 1)],
  ["rope.dimension_count is 8", () => withNumber("llama.rope.dimension_count", 8)],
  ["blk.0.ffn_gate.weight has the sizes 48,72", () => withNumber("llama.feed_forward_length", 80)],
  ["no place for it", () => withNumber("llama.block_count", 1)],
  ["output_norm.weight holds NaN at 0", () => withNaN("output_norm.weight")],
  ["blk.0.attn_q.weight holds NaN at 0", () => withNaN("blk.0.attn_q.weight")],
])("a bad file is refused: %s", (message, bytes) => {
  const read = () => readGguf(bytes());
  expect(read).toThrow(GgufError);
  expect(read).toThrow(message);
});

test("a file that ends early is refused wherever it ends", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: FILE.length - 64 }), (length) => {
      expect(() => readGguf(FILE.slice(0, length))).toThrow(GgufError);
    }),
  );
});

test("a file with damaged bytes gives a model or a GgufError, and takes no time", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: fc.nat(3000), byte: fc.nat(255) }), { minLength: 1, maxLength: 4 }),
      (damage) => {
        const copy = FILE.slice();
        for (const { at, byte } of damage) copy[at] = byte;
        try {
          readGguf(copy);
        } catch (error) {
          expect(error).toBeInstanceOf(GgufError);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("weights that f16 cannot hold are not written", () => {
  const parameters = PARAMETERS.slice();
  parameters[LAYOUT.layers[0]!.query.offset] = 70_000;
  expect(() => writeGguf({ ...MODEL, parameters })).toThrow("blk.0.attn_q.weight holds 70000");
});
