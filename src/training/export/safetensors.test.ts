import fc from "fast-check";
import { expect, test } from "vitest";
import { floatFromHalf, halfFromFloat } from "../../models/embedded/half.ts";
import {
  type NamedTensor,
  readSafetensors,
  SafetensorsError,
  writeSafetensors,
} from "./safetensors.ts";

const anyShape = fc.array(fc.nat(4), { maxLength: 3 });
const anyTensor = fc
  .record({ name: fc.string({ unit: "binary" }), shape: anyShape, seed: fc.float() })
  .map(({ name, shape, seed }): NamedTensor => {
    const count = shape.reduce((product, size) => product * size, 1);
    return { name, shape, values: Float32Array.from({ length: count }, (_, i) => seed * (i + 1)) };
  });
const anyTensors = fc
  .uniqueArray(anyTensor, { maxLength: 5, selector: ({ name }) => name })
  .filter((tensors) => tensors.every(({ name }) => !["__metadata__", "__proto__"].includes(name)));
const anyMetadata = fc.dictionary(
  fc.string().filter((key) => key !== "__proto__"),
  fc.string(),
  { noNullPrototype: true },
);

const WEIGHT: NamedTensor = { name: "w", shape: [2, 2], values: Float32Array.of(1, -2, 0.5, 8) };
const FILE = writeSafetensors([WEIGHT], "F32", { format: "pt" });

/** A file with this header and so many bytes of values. */
function fileOf(header: string, bytes: number): Uint8Array {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(bytes)]);
}

test("tensors and texts survive the file, F32 to the bit, F16 rounded, in their order", () => {
  fc.assert(
    fc.property(
      anyTensors,
      anyMetadata,
      fc.constantFrom("F32" as const, "F16" as const),
      (tensors, metadata, precision) => {
        const kept = (x: number) => (precision === "F32" ? x : floatFromHalf(halfFromFloat(x)));
        const fits = tensors.every(({ values }) =>
          values.every((x) => !Number.isFinite(x) || Number.isFinite(kept(x))),
        );
        if (!fits) {
          expect(() => writeSafetensors(tensors, precision)).toThrow(/which is no F16/);
          return;
        }
        const bytes = writeSafetensors(tensors, precision, metadata);
        const read = readSafetensors(bytes);
        expect(read.metadata).toEqual(metadata);
        expect([...read.tensors.values()]).toEqual(
          tensors.map(({ values, ...rest }) => ({ ...rest, values: values.map(kept) })),
        );
      },
    ),
  );
});

test("the file is what others read: length, JSON, spaces up to a multiple of 8, values", () => {
  const view = new DataView(FILE.buffer);
  const length = Number(view.getBigUint64(0, true));
  expect((8 + length) % 8).toBe(0);
  const header = new TextDecoder().decode(FILE.subarray(8, 8 + length));
  expect(header.trimEnd()).toBe(
    '{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}',
  );
  expect([0, 1, 2, 3].map((i) => view.getFloat32(8 + length + 4 * i, true))).toEqual([
    1, -2, 0.5, 8,
  ]);
  expect(FILE.byteLength).toBe(8 + length + 16);
});

test("BF16, which trainers save, is read", () => {
  const bytes = fileOf('{"w":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}', 6);
  const view = new DataView(bytes.buffer, bytes.byteOffset + bytes.byteLength - 6);
  // The upper halves of the f32 of 1, -2.5 and 2^100.
  for (const [i, bits] of [0x3f80, 0xc020, 0x7180].entries()) view.setUint16(2 * i, bits, true);
  const { values } = readSafetensors(bytes).tensors.get("w")!;
  expect([...values]).toEqual([1, -2.5, 2 ** 100]);
});

test.each([
  ["too short", () => new Uint8Array(7)],
  [
    "a header of 9 bytes in a file of 16",
    () =>
      fileOf("{}", 7)
        .map((x, i) => (i === 0 ? 9 : x))
        .subarray(0, 16),
  ],
  ["no JSON", () => fileOf("{]", 0)],
  ["no JSON", () => fileOf('{"\u{FF}', 0)],
  ["expected record", () => fileOf('{"__metadata__":3}', 0)],
  ["dtype", () => fileOf('{"w":{"shape":[1],"data_offsets":[0,4]}}', 4)],
  ["w is I64", () => fileOf('{"w":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}', 8)],
  ["w is toString", () => fileOf('{"w":{"dtype":"toString","shape":[1],"data_offsets":[0,8]}}', 8)],
  [
    "4 bytes for the shape 2 of F32",
    () => fileOf('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4),
  ],
  [
    "w begins at 4, not at 0",
    () => fileOf('{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8),
  ],
  ["the header speaks of", () => FILE.subarray(0, FILE.length - 1)],
  ["the header speaks of", () => Buffer.concat([FILE, Buffer.alloc(1)])],
])("a bad file is refused: %s", (message, bytes) => {
  const read = () => readSafetensors(bytes());
  expect(read).toThrow(SafetensorsError);
  expect(read).toThrow(message);
});

test("values that do not fill their shape and names that come twice are not written", () => {
  expect(() => writeSafetensors([{ ...WEIGHT, shape: [3] }], "F32")).toThrow(
    "4 values for the shape 3",
  );
  expect(() => writeSafetensors([WEIGHT, WEIGHT], "F32")).toThrow("w is there twice");
});
