/** Bytes are kept in chunks, so that there is next to no slack and nothing is ever copied. */
const CHUNK_BITS = 12;
const CHUNK = 1 << CHUNK_BITS;

/** One float's worth of bytes, to get at them one by one. */
const scratch = new DataView(new ArrayBuffer(8));

/** A stream of numbers that only gets longer; whole numbers take as few bytes as they need. */
export class ByteStream {
  length = 0;
  readonly #chunks: Uint8Array[] = [];

  writeByte(byte: number): void {
    const offset = this.length & (CHUNK - 1);
    if (offset === 0) this.#chunks.push(new Uint8Array(CHUNK));
    this.#chunks[this.length >> CHUNK_BITS]![offset] = byte;
    this.length++;
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

  byteAt(position: number): number {
    return this.#chunks[position >> CHUNK_BITS]![position & (CHUNK - 1)]!;
  }

  bytes(): number {
    return this.#chunks.length * CHUNK;
  }
}

/** Reads what was written to a stream, from `position` on. */
export class ByteReader {
  position: number;
  readonly #stream: ByteStream;

  constructor(stream: ByteStream, position: number) {
    this.#stream = stream;
    this.position = position;
  }

  readByte(): number {
    return this.#stream.byteAt(this.position++);
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
