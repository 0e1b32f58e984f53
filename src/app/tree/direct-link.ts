import { ViewHost } from "./view-host.ts";
import type { ViewAnswer, ViewLink, ViewRequest } from "./view-messages.ts";

/** Answers at once, without a worker and without pictures; for tests and benchmarks. */
export class DirectLink implements ViewLink {
  onAnswer: ((answer: ViewAnswer) => void) | null = null;
  readonly #host = new ViewHost(null);

  ask(request: ViewRequest): void {
    this.onAnswer?.(this.#host.answer(request));
  }
}
