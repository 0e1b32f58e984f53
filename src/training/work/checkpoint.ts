import { type ModelConfig, parameterLayout } from "../../models/embedded/model-config.ts";
import type { TrainerKernel } from "../../models/embedded/trainer-kernel.ts";

/**
 * All that a training run needs to go on to the same bits: steps taken, and
 * parameters with both optimizer moments, f32 little-endian, one after another
 * behind a header of 16 bytes.
 */
const MAGIC = 0x53454e54;
const HEADER_BYTES = 16;

/** The parts of a kernel that a checkpoint holds. */
type Trained = Pick<TrainerKernel, "parameters" | "mean" | "square">;

export function writeCheckpoint(step: number, kernel: Trained): Uint8Array<ArrayBuffer> {
  const size = kernel.parameters.length;
  const bytes = new Uint8Array(HEADER_BYTES + size * 12);
  new Int32Array(bytes.buffer, 0, 4).set([MAGIC, 1, step, size]);
  for (const [i, part] of [kernel.parameters, kernel.mean, kernel.square].entries()) {
    new Float32Array(bytes.buffer, HEADER_BYTES + i * size * 4, size).set(part);
  }
  return bytes;
}

/** Fills `kernel` and returns the steps taken. Throws if the bytes are of another model. */
export function readCheckpoint(bytes: Uint8Array<ArrayBuffer>, kernel: Trained): number {
  const size = kernel.parameters.length;
  const [magic, version, step = 0, stored] = new Int32Array(bytes.buffer, bytes.byteOffset, 4);
  if (magic !== MAGIC || version !== 1) throw new Error("not a checkpoint of version 1");
  if (stored !== size || bytes.length !== HEADER_BYTES + size * 12) {
    throw new Error(`checkpoint of ${stored} parameters, model of ${size}`);
  }
  for (const [i, part] of [kernel.parameters, kernel.mean, kernel.square].entries()) {
    part.set(new Float32Array(bytes.buffer, bytes.byteOffset + HEADER_BYTES + i * size * 4, size));
  }
  return step;
}

/** The parameters alone, of a model of this shape. */
export function readParameters(
  bytes: Uint8Array<ArrayBuffer>,
  config: ModelConfig,
): Float32Array<ArrayBuffer> {
  const { size } = parameterLayout(config);
  const parameters = new Float32Array(size);
  const mean = new Float32Array(size);
  const square = new Float32Array(size);
  readCheckpoint(bytes, { parameters, mean, square });
  return parameters;
}
