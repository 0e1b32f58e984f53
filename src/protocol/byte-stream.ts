import { grown, roomFor } from "./columns.ts";

/** One number's worth of bytes, to get at those of a float. */
const scratch = new DataView(new ArrayBuffer(8));

/** Bytes that only grow in number. Whole numbers take as few as they need. */
export class ByteWriter {
  /** Room for more than `length` bytes; replaced when it grows. */
  bytes = new Uint8Array(0);
  length = 0;

  writeByte(byte: number): void {
    if (this.length === this.bytes.length) {
      this.bytes = grown(Uint8Array, this.bytes, roomFor(this.length + 1, this.length));
    }
    this.bytes[this.length++] = byte;
  }

  /** A whole number in [0, 2^53), 7 bits a byte, low bits first (LEB128). */
  writeWhole(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.writeByte((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.writeByte(rest);
  }

  writeFloat(value: number): void {
    scratch.setFloat64(0, value);
    for (let i = 0; i < 8; i++) this.writeByte(scratch.getUint8(i));
  }
}

/** Reads what a `ByteWriter` wrote, from `position` on. */
export class ByteReader {
  position: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.position = position;
  }

  readByte(): number {
    return this.#bytes[this.position++]!;
  }

  readWhole(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.readByte();
      if (byte < 0x80) return value + byte * scale;
      value += (byte - 0x80) * scale;
      scale *= 0x80;
    }
  }

  readFloat(): number {
    for (let i = 0; i < 8; i++) scratch.setUint8(i, this.readByte());
    return scratch.getFloat64(0);
  }
}
