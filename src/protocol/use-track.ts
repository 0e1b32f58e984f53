import { NO_USE, type Use } from "./budget.ts";
import { ByteReader, ByteStream } from "./byte-stream.ts";
import { lastUntil, NumberList } from "./columns.ts";

/** Fields of `Use` by their place in a row of totals. */
const FLOPS = 5;
const MS = 6;
const REASONING = 7;
/** As many as a byte has bits. */
const FIELDS = 8;

/** Units of each field in which its steps are whole numbers: ms are mostly given to the µs. */
const UNITS_PER_ONE = [1, 1, 1, 1, 1, 1, 1000, 1];

/** Every so many changes all totals are written in full: what a look-up has to read. */
const KEYFRAME_EVERY = 128;

/** Largest step written as a whole number; half of what `writeWhole` takes. */
const LARGEST_STEP = 2 ** 52 - 1;

/**
 * The running totals of a run at every moment, exactly as the events gave them.
 * Only changes take memory: a byte that says which fields changed, how many
 * seqs later, and by how much each; about ten bytes.
 *
 * A step is a whole number of units, written doubled; 1 announces a float in
 * full instead, for what is no such step (or goes down).
 */
export class UseTrack {
  readonly #changes = new ByteStream();
  readonly #keyframeSeqs = new NumberList(Int32Array);
  /** Where the changes after each keyframe begin. */
  readonly #keyframeStarts = new NumberList(Float64Array);
  /** `FIELDS` totals a keyframe. */
  readonly #keyframeTotals = new NumberList(Float64Array);
  #sinceKeyframe = KEYFRAME_EVERY;
  #lastSeq = -1;
  readonly #last = rowOf(NO_USE, new Float64Array(FIELDS));
  readonly #next = new Float64Array(FIELDS);

  /** Totals as of `seq`, later than all before. */
  push(seq: number, use: Use): void {
    const next = rowOf(use, this.#next);
    const changed = changedFields(this.#last, next);
    if (changed === 0) return;
    if (this.#sinceKeyframe === KEYFRAME_EVERY) this.#writeKeyframe(seq, next);
    else this.#writeChange(seq, next, changed);
    this.#lastSeq = seq;
    this.#last.set(next);
  }

  /** Totals at that moment; nothing spent before the first. */
  at(seq: number): Use {
    const keyframe = lastUntil(this.#keyframeSeqs.values, this.#keyframeSeqs.length, seq);
    if (keyframe < 0) return NO_USE;
    const first = keyframe * FIELDS;
    const totals = this.#keyframeTotals.values.slice(first, first + FIELDS);
    const end =
      keyframe + 1 < this.#keyframeStarts.length
        ? this.#keyframeStarts.values[keyframe + 1]!
        : this.#changes.length;
    const reader = new ByteReader(this.#changes, this.#keyframeStarts.values[keyframe]!);
    let at = this.#keyframeSeqs.values[keyframe]!;
    while (reader.position < end) {
      const changed = reader.readByte();
      at += reader.readWhole();
      if (at > seq) break;
      readChange(reader, totals, changed);
    }
    return toUse(totals);
  }

  bytes(): number {
    return (
      this.#changes.bytes() +
      this.#keyframeSeqs.bytes() +
      this.#keyframeStarts.bytes() +
      this.#keyframeTotals.bytes()
    );
  }

  #writeKeyframe(seq: number, totals: Float64Array): void {
    this.#keyframeSeqs.push(seq);
    this.#keyframeStarts.push(this.#changes.length);
    for (const total of totals) this.#keyframeTotals.push(total);
    this.#sinceKeyframe = 1;
  }

  #writeChange(seq: number, next: Float64Array, changed: number): void {
    const stream = this.#changes;
    stream.writeByte(changed);
    stream.writeWhole(seq - this.#lastSeq);
    for (let field = 0; field < FIELDS; field++) {
      if ((changed & (1 << field)) === 0) continue;
      const step = stepBetween(this.#last[field]!, next[field]!, UNITS_PER_ONE[field]!);
      if (step === null) {
        stream.writeWhole(1);
        stream.writeFloat(next[field]!);
      } else stream.writeWhole(step * 2);
    }
    this.#sinceKeyframe++;
  }
}

/** Whole units from `from` to `to`, `null` if adding them to `from` would not give exactly `to`. */
function stepBetween(from: number, to: number, unitsPerOne: number): number | null {
  const start = Math.round(from * unitsPerOne);
  const step = Math.round(to * unitsPerOne) - start;
  // Also false for the NaN of what is unknown.
  if (!(step >= 0 && step <= LARGEST_STEP)) return null;
  return Object.is((start + step) / unitsPerOne, to) ? step : null;
}

function readChange(reader: ByteReader, totals: Float64Array, changed: number): void {
  for (let field = 0; field < FIELDS; field++) {
    if ((changed & (1 << field)) === 0) continue;
    const unitsPerOne = UNITS_PER_ONE[field]!;
    const code = reader.readWhole();
    totals[field] =
      code === 1
        ? reader.readFloat()
        : (Math.round(totals[field]! * unitsPerOne) + code / 2) / unitsPerOne;
  }
}

/** A bit for every field that is not the same. */
function changedFields(last: Float64Array, next: Float64Array): number {
  let changed = 0;
  for (let field = 0; field < FIELDS; field++) {
    if (!Object.is(last[field], next[field])) changed |= 1 << field;
  }
  return changed;
}

function rowOf(use: Use, row: Float64Array): Float64Array {
  row[0] = use.policyTokens;
  row[1] = use.promptTokens;
  row[2] = use.policyCalls;
  row[3] = use.prmTokens;
  row[4] = use.prmCalls;
  row[FLOPS] = use.flops ?? Number.NaN;
  row[MS] = use.ms;
  row[REASONING] = use.reasoningTokens ?? Number.NaN;
  return row;
}

function toUse(row: Float64Array): Use {
  const flops = row[FLOPS]!;
  const reasoningTokens = row[REASONING]!;
  return {
    policyTokens: row[0]!,
    promptTokens: row[1]!,
    policyCalls: row[2]!,
    prmTokens: row[3]!,
    prmCalls: row[4]!,
    ...(!Number.isNaN(flops) && { flops }),
    ms: row[MS]!,
    ...(!Number.isNaN(reasoningTokens) && { reasoningTokens }),
  };
}
