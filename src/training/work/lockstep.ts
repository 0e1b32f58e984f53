/**
 * Data-parallel training without a main loop: every thread holds a full copy of
 * the model, computes the gradients of its shards, adds up all shards in the
 * same order and takes the same optimizer step. The copies stay equal to the
 * bit, and the number of threads changes nothing but the speed.
 *
 * Shared memory: one gradient per shard, the loss sums, and a barrier.
 */
export interface Lockstep {
  readonly shards: number;
  readonly threads: number;
  readonly parameters: number;
  /** [shards][parameters] f32. */
  readonly gradients: SharedArrayBuffer;
  /** [shards][2] f64: Σ weighted loss, Σ weight. */
  readonly sums: SharedArrayBuffer;
  /** [arrived, generation] i32. */
  readonly barrier: SharedArrayBuffer;
}

export function createLockstep(shards: number, threads: number, parameters: number): Lockstep {
  return {
    shards,
    threads: Math.min(shards, threads),
    parameters,
    gradients: new SharedArrayBuffer(shards * parameters * 4),
    sums: new SharedArrayBuffer(shards * 2 * 8),
    barrier: new SharedArrayBuffer(8),
  };
}

/** Waits until all threads have come here; what they wrote before is visible after. */
export function meet({ barrier, threads }: Lockstep): void {
  const words = new Int32Array(barrier);
  const generation = Atomics.load(words, 1);
  if (Atomics.add(words, 0, 1) === threads - 1) {
    Atomics.store(words, 0, 0);
    Atomics.add(words, 1, 1);
    Atomics.notify(words, 1);
    return;
  }
  while (Atomics.load(words, 1) === generation) Atomics.wait(words, 1, generation);
}

/** Shards that a thread computes. */
export function shardsOf({ shards, threads }: Lockstep, thread: number): number[] {
  return Array.from({ length: shards }, (_, shard) => shard).filter(
    (shard) => shard % threads === thread,
  );
}

/** Hands in what one shard computed. `weight`: what its gradient is a sum over; `loss`: Σ weighted loss. */
export function giveGradient(
  { parameters, gradients, sums }: Lockstep,
  shard: number,
  gradient: Float32Array,
  weight: number,
  loss = 0,
): void {
  new Float32Array(gradients, shard * parameters * 4, parameters).set(gradient);
  new Float64Array(sums).set([loss, weight], shard * 2);
}

/** Of all shards. */
export function sumOfWeights({ sums, shards }: Lockstep): number {
  const values = new Float64Array(sums);
  let weight = 0;
  for (let shard = 0; shard < shards; shard++) weight += values[shard * 2 + 1]!;
  return weight;
}

/**
 * Adds up the gradients of all shards into `into`, in the order of the shards,
 * divided by the sum of weights. Returns the mean loss.
 */
export function reduce(lockstep: Lockstep, into: Float32Array): number {
  const { shards, parameters } = lockstep;
  const sums = new Float64Array(lockstep.sums);
  let loss = 0;
  let weight = 0;
  for (let shard = 0; shard < shards; shard++) {
    loss += sums[shard * 2]!;
    weight += sums[shard * 2 + 1]!;
  }
  const parts = Array.from(
    { length: shards },
    (_, shard) => new Float32Array(lockstep.gradients, shard * parameters * 4, parameters),
  );
  const scale = Math.fround(1 / weight);
  for (let i = 0; i < parameters; i++) {
    let sum = parts[0]![i]!;
    for (let shard = 1; shard < shards; shard++) sum += parts[shard]![i]!;
    into[i] = sum * scale;
  }
  return loss / weight;
}
