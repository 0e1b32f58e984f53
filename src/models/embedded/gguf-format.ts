/**
 * GGUF version 3 as a container: metadata by key, tensors by name. Knows
 * nothing of models.
 *
 * Source: the specification in ggml-org/ggml, docs/gguf.md.
 */

export type MetadataValue = number | boolean | string | readonly MetadataValue[];

/** A value to write; reading gives plain values. */
export type GgufEntry =
  | { readonly type: "u32" | "f32"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "i32s" | "f32s"; readonly value: ArrayLike<number> };

export interface TensorToWrite {
  readonly name: string;
  /** Innermost first. */
  readonly sizes: readonly number[];
  /** ggml's type number. */
  readonly type: number;
  readonly bytes: Uint8Array;
}

export interface StoredTensor {
  /** Innermost first. */
  readonly sizes: readonly number[];
  readonly type: number;
  /** First byte, from the beginning of the file. */
  readonly start: number;
}

const MAGIC = 0x4655_4747;
const VERSION = 3;
const ALIGNMENT = 32;

/** ggml's numbers of the value types. */
const TYPE = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const;

/** Size in bytes and reader of every fixed-size type, by number. */
const SCALARS = new Map<
  number,
  [size: number, read: (view: DataView, at: number) => number | boolean]
>([
  [0, [1, (view, at) => view.getUint8(at)]],
  [1, [1, (view, at) => view.getInt8(at)]],
  [2, [2, (view, at) => view.getUint16(at, true)]],
  [3, [2, (view, at) => view.getInt16(at, true)]],
  [TYPE.u32, [4, (view, at) => view.getUint32(at, true)]],
  [TYPE.i32, [4, (view, at) => view.getInt32(at, true)]],
  [TYPE.f32, [4, (view, at) => view.getFloat32(at, true)]],
  [TYPE.bool, [1, (view, at) => view.getUint8(at) !== 0]],
  [10, [8, (view, at) => Number(view.getBigUint64(at, true))]],
  [11, [8, (view, at) => Number(view.getBigInt64(at, true))]],
  [12, [8, (view, at) => view.getFloat64(at, true)]],
]);

export class GgufReader {
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly view: DataView;
  #at = 0;

  /** Throws a `RangeError` that says what the bytes lack. */
  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < 24 || this.view.getUint32(0, true) !== MAGIC) {
      throw new RangeError("This is no GGUF file: it does not begin with the letters GGUF");
    }
    const version = this.view.getUint32(4, true);
    if (version !== VERSION) throw new RangeError(`GGUF version ${version}; only 3 is read`);
    this.#at = 8;
    const tensorCount = this.#count("the number of tensors", 24);
    const keyCount = this.#count("the number of keys", 13);

    const metadata = new Map<string, MetadataValue>();
    for (let i = 0; i < keyCount; i++) {
      const key = this.#string(`the name of key ${i}`);
      metadata.set(key, this.#value(key, this.#u32(key)));
    }
    this.metadata = metadata;
    this.tensors = this.#readTensors(tensorCount, metadata.get("general.alignment"));
  }

  #readTensors(count: number, alignment: MetadataValue = ALIGNMENT): Map<string, StoredTensor> {
    if (typeof alignment !== "number" || !(alignment > 0)) {
      throw new RangeError(`general.alignment is ${alignment}`);
    }
    const relative = new Map<string, StoredTensor>();
    for (let i = 0; i < count; i++) {
      const name = this.#string(`the name of tensor ${i}`);
      const dimensions = this.#u32(name);
      if (dimensions > 4) throw new RangeError(`Tensor ${name} has ${dimensions} dimensions`);
      const sizes = Array.from({ length: dimensions }, () => this.#u64(name));
      const type = this.#u32(name);
      relative.set(name, { sizes, type, start: this.#u64(name) });
    }
    const base = Math.ceil(this.#at / alignment) * alignment;
    return new Map(
      Array.from(relative, ([name, tensor]) => [name, { ...tensor, start: base + tensor.start }]),
    );
  }

  #value(key: string, type: number): MetadataValue {
    if (type === TYPE.string) return this.#string(key);
    if (type === TYPE.array) {
      const element = this.#u32(key);
      if (element === TYPE.array) throw new RangeError(`${key} is an array of arrays`);
      const count = this.#count(key, SCALARS.get(element)?.[0] ?? 8);
      return Array.from({ length: count }, () => this.#value(key, element));
    }
    const scalar = SCALARS.get(type);
    if (scalar === undefined) throw new RangeError(`${key} has the unknown type ${type}`);
    const [size, read] = scalar;
    return read(this.view, this.#take(size, key));
  }

  #string(what: string): string {
    const length = this.#count(what, 1);
    const start = this.#take(length, what);
    return new TextDecoder().decode(
      new Uint8Array(this.view.buffer, this.view.byteOffset + start, length),
    );
  }

  /** A number of things of at least `size` bytes each, which must fit into the rest of the file. */
  #count(what: string, size: number): number {
    const count = this.#u64(what);
    if (count * size > this.view.byteLength - this.#at) {
      throw new RangeError(`The file ends inside ${what} (${count} announced)`);
    }
    return count;
  }

  #u32(what: string): number {
    return this.view.getUint32(this.#take(4, what), true);
  }

  #u64(what: string): number {
    return Number(this.view.getBigUint64(this.#take(8, what), true));
  }

  /** Offset of the next `size` bytes. */
  #take(size: number, what: string): number {
    const start = this.#at;
    if (start + size > this.view.byteLength) throw new RangeError(`The file ends inside ${what}`);
    this.#at = start + size;
    return start;
  }
}

/** Bytes of a file of these entries and tensors. */
export function writeGgufFile(
  entries: readonly (readonly [string, GgufEntry])[],
  tensors: readonly TensorToWrite[],
): Uint8Array<ArrayBuffer> {
  const head = new ByteWriter();
  head.u32(MAGIC);
  head.u32(VERSION);
  head.u64(tensors.length);
  head.u64(entries.length);
  for (const [key, entry] of entries) {
    head.string(key);
    writeEntry(head, entry);
  }
  let offset = 0;
  for (const { name, sizes, type, bytes } of tensors) {
    head.string(name);
    head.u32(sizes.length);
    for (const size of sizes) head.u64(size);
    head.u32(type);
    head.u64(offset);
    offset += aligned(bytes.byteLength);
  }
  const base = aligned(head.length);
  const file = new Uint8Array(base + offset);
  head.copyTo(file);
  let at = base;
  for (const { bytes } of tensors) {
    file.set(bytes, at);
    at += aligned(bytes.byteLength);
  }
  return file;
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function writeEntry(out: ByteWriter, entry: GgufEntry): void {
  switch (entry.type) {
    case "u32":
      out.u32(TYPE.u32);
      out.u32(entry.value);
      break;
    case "f32":
      out.u32(TYPE.f32);
      out.f32(entry.value);
      break;
    case "bool":
      out.u32(TYPE.bool);
      out.u8(entry.value ? 1 : 0);
      break;
    case "string":
      out.u32(TYPE.string);
      out.string(entry.value);
      break;
    case "strings":
      out.array(TYPE.string, entry.value.length);
      for (const text of entry.value) out.string(text);
      break;
    case "i32s":
      out.array(TYPE.i32, entry.value.length);
      for (const value of Array.from(entry.value)) out.u32(value >>> 0);
      break;
    case "f32s":
      out.array(TYPE.f32, entry.value.length);
      for (const value of Array.from(entry.value)) out.f32(value);
      break;
  }
}

/** Little-endian bytes that grow. */
class ByteWriter {
  length = 0;
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);

  u8(value: number): void {
    this.#room(1).setUint8(this.length - 1, value);
  }

  u32(value: number): void {
    this.#room(4).setUint32(this.length - 4, value, true);
  }

  u64(value: number): void {
    this.#room(8).setBigUint64(this.length - 8, BigInt(value), true);
  }

  f32(value: number): void {
    this.#room(4).setFloat32(this.length - 4, value, true);
  }

  string(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.u64(bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.length - bytes.length);
  }

  array(type: number, length: number): void {
    this.u32(TYPE.array);
    this.u32(type);
    this.u64(length);
  }

  copyTo(target: Uint8Array): void {
    target.set(this.#bytes.subarray(0, this.length));
  }

  /** Makes `length` longer by `size`; the view is of all bytes. */
  #room(size: number): DataView {
    this.length += size;
    if (this.length > this.#bytes.length) {
      const grown = new Uint8Array(2 * this.length);
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return this.#view;
  }
}
