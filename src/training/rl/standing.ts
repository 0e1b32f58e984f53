import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { TrainerKernel } from "../../models/embedded/trainer-kernel.ts";
import { readCheckpoint, writeCheckpoint } from "../work/checkpoint.ts";
import type { RlTask } from "./rl-worker.ts";

/** Where a run stands: kept in a checkpoint, and beside it how much was written by each iteration. */
export class Standing {
  iteration = 0;
  /** Tokens that the policy has written, in all; [iteration]. */
  readonly #generated: number[] = [0];
  readonly #file: string;

  /** Fills `kernel` from the checkpoint, or with the policy where there is none. */
  constructor(
    { checkpoint, policy }: Pick<RlTask, "checkpoint" | "policy">,
    kernel: TrainerKernel,
  ) {
    this.#file = checkpoint;
    if (!existsSync(checkpoint)) {
      kernel.parameters.set(policy);
      return;
    }
    this.iteration = readCheckpoint(new Uint8Array(readFileSync(checkpoint)), kernel);
    this.#generated = JSON.parse(readFileSync(`${checkpoint}.tokens`, "utf8")) as number[];
  }

  get generated(): number {
    return this.#generated[this.iteration]!;
  }

  next(): void {
    this.iteration++;
  }

  count(tokens: number): void {
    this.#generated[this.iteration] = this.#generated[this.iteration - 1]! + tokens;
  }

  save(kernel: TrainerKernel): void {
    const bytes = writeCheckpoint(this.iteration, kernel);
    // The counts first: a checkpoint without its count could not be read.
    for (const [name, content] of [
      [`${this.#file}.tokens`, JSON.stringify(this.#generated)],
      [this.#file, bytes],
    ] as const) {
      writeFileSync(`${name}.next`, content);
      renameSync(`${name}.next`, name);
    }
  }
}
