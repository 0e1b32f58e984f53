/**
 * Safetensors as a container: named tensors of floats, and texts beside them.
 * Knows nothing of models.
 *
 * Source: https://huggingface.co/docs/safetensors (format).
 */
import { z } from "zod";
import { floatFromHalf, halfFromFloat } from "../../models/embedded/half.ts";

/** A tensor, row-major, whatever the file keeps it in. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes that are no safetensors file, or a tensor that cannot be kept; the message names the place. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
}

export type Precision = "F32" | "F16";

/** The length of the header, before it. */
const PREFIX_BYTES = 8;
/** As the format's own reader limits it. */
const MAX_HEADER_BYTES = 100_000_000;

const Entry = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
type Entry = z.infer<typeof Entry>;

const Header = z.looseObject({ __metadata__: z.record(z.string(), z.string()).default({}) });

const METADATA = "__metadata__";

interface FloatType {
  readonly bytes: number;
  read(view: DataView, at: number): number;
}

/** What is read: trainers save BF16 too. */
const FLOAT_TYPES: ReadonlyMap<string, FloatType> = new Map([
  ["F32", { bytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  ["F16", { bytes: 2, read: (view, at) => floatFromHalf(view.getUint16(at, true)) }],
  ["BF16", { bytes: 2, read: (view, at) => floatFromBits(view.getUint16(at, true) << 16) }],
] satisfies [string, FloatType][]);

/**
 * A file of these tensors, in this order. Throws a `SafetensorsError` for a
 * shape that its values do not fill, a name that occurs twice, and a finite
 * value that an F16 cannot hold.
 */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  precision: Precision,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const width = FLOAT_TYPES.get(precision)!.bytes;
  const header = new Map<string, unknown>([[METADATA, metadata]]);
  let end = 0;
  for (const { name, shape, values } of tensors) {
    if (header.has(name)) throw new SafetensorsError(`Tensor ${name} is there twice`);
    if (countOf(shape) !== values.length) {
      throw new SafetensorsError(`Tensor ${name}: ${values.length} values for the shape ${shape}`);
    }
    const begin = end;
    end += values.length * width;
    header.set(name, { dtype: precision, shape, data_offsets: [begin, end] });
  }
  const text = new TextEncoder().encode(spellHeader(header));
  const start = PREFIX_BYTES + Math.ceil(text.length / PREFIX_BYTES) * PREFIX_BYTES;
  const file = new Uint8Array(start + end);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(start - PREFIX_BYTES), true);
  // Spaces at its end align the values.
  file.fill(0x20, PREFIX_BYTES, start);
  file.set(text, PREFIX_BYTES);
  let at = start;
  for (const tensor of tensors) {
    writeValues(view, at, tensor, precision);
    at += tensor.values.length * width;
  }
  return file;
}

/** Reads a file of F32, F16 and BF16 tensors. Throws a `SafetensorsError`. */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = headerLength(view);
  const header = parseHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length));
  const start = PREFIX_BYTES + length;
  const entries = [...header.entries].sort(
    ([, a], [, b]) =>
      a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  let end = 0;
  for (const [name, { data_offsets }] of entries) {
    if (data_offsets[0] !== end) {
      throw new SafetensorsError(`Tensor ${name} begins at ${data_offsets[0]}, not at ${end}`);
    }
    end = data_offsets[1];
  }
  if (start + end !== bytes.byteLength) {
    throw new SafetensorsError(`${bytes.byteLength} bytes; the header speaks of ${start + end}`);
  }
  const tensors = header.entries.map(([name, entry]): [string, NamedTensor] => [
    name,
    readTensor(view, start, name, entry),
  ]);
  return { tensors: new Map(tensors), metadata: header.metadata };
}

function headerLength(view: DataView): number {
  if (view.byteLength < PREFIX_BYTES) throw new SafetensorsError("No safetensors file: too short");
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || PREFIX_BYTES + length > view.byteLength) {
    throw new SafetensorsError(
      `No safetensors file: a header of ${length} bytes in a file of ${view.byteLength}`,
    );
  }
  return length;
}

function parseHeader(bytes: Uint8Array): {
  readonly entries: readonly (readonly [string, Entry])[];
  readonly metadata: Readonly<Record<string, string>>;
} {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new SafetensorsError("No safetensors file: its header is no JSON", { cause: error });
  }
  const header = Header.safeParse(value);
  if (!header.success) throw new SafetensorsError(z.prettifyError(header.error));
  // Of the value itself: zod's copy has no key "__proto__".
  const entries = Object.entries(value as object)
    .filter(([name]) => name !== METADATA)
    .map(([name, entry]): [string, Entry] => {
      const parsed = Entry.safeParse(entry);
      if (parsed.success) return [name, parsed.data];
      throw new SafetensorsError(`Tensor ${name}: ${z.prettifyError(parsed.error)}`);
    });
  return { entries, metadata: header.data[METADATA] };
}

function readTensor(view: DataView, start: number, name: string, entry: Entry): NamedTensor {
  const type = FLOAT_TYPES.get(entry.dtype);
  if (type === undefined) {
    const read = [...FLOAT_TYPES.keys()].join(", ");
    throw new SafetensorsError(`Tensor ${name} is ${entry.dtype}; what is read is ${read}`);
  }
  const [begin, end] = entry.data_offsets;
  const count = countOf(entry.shape);
  if (end - begin !== count * type.bytes) {
    throw new SafetensorsError(
      `Tensor ${name}: ${end - begin} bytes for the shape ${entry.shape} of ${entry.dtype}`,
    );
  }
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = type.read(view, start + begin + i * type.bytes);
  return { name, shape: entry.shape, values };
}

function writeValues(
  view: DataView,
  start: number,
  { name, values }: NamedTensor,
  precision: Precision,
): void {
  for (const [i, value] of values.entries()) {
    if (precision === "F32") {
      view.setFloat32(start + 4 * i, value, true);
      continue;
    }
    const half = halfFromFloat(value);
    if (Number.isFinite(value) && !Number.isFinite(floatFromHalf(half))) {
      throw new SafetensorsError(`Tensor ${name} holds ${value} at ${i}, which is no F16`);
    }
    view.setUint16(start + 2 * i, half, true);
  }
}

/** Key by key: an object would put names that are whole numbers first. */
function spellHeader(header: ReadonlyMap<string, unknown>): string {
  const fields = Array.from(
    header,
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return `{${fields.join(",")}}`;
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

const word = new DataView(new ArrayBuffer(4));

function floatFromBits(bits: number): number {
  word.setInt32(0, bits);
  return word.getFloat32(0);
}
