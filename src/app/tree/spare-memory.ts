/** Room that new memory has to grow into, as a share. */
const SPARE_SHARE = 1 / 8;

interface NumbersKind<A> {
  new (buffer: ArrayBuffer, offset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** What the typed arrays that are copied have in common. */
interface Copyable<A> {
  set(source: A): void;
  subarray(start: number, end: number): A;
}

/** Memory that is used again, so that what is sent sixty times a second does not pile up. */
export class SpareMemory {
  #buffers: ArrayBuffer[] = [];

  /** Only what was given last is kept. */
  give(buffers: readonly ArrayBuffer[]): void {
    if (buffers.length > 0) this.#buffers = [...buffers];
  }

  /** Nothing is kept. */
  forget(): void {
    this.#buffers = [];
  }

  /** A copy of the first `length` numbers. */
  copy<A extends Copyable<A>>(source: A, length: number): A {
    const Kind = source.constructor as NumbersKind<A>;
    const bytes = length * Kind.BYTES_PER_ELEMENT;
    const fitting = this.#buffers.findIndex(
      ({ byteLength }) => byteLength >= bytes && byteLength <= 2 * bytes + 1024,
    );
    const [buffer] = fitting < 0 ? [] : this.#buffers.splice(fitting, 1);
    const room = bytes + Math.ceil((bytes * SPARE_SHARE) / 8) * 8;
    const copy = new Kind(buffer ?? new ArrayBuffer(room), 0, length);
    copy.set(source.subarray(0, length));
    return copy;
  }
}
