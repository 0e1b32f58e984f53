import { openWorker } from "../open-worker.ts";
import { t } from "../words/t.ts";
import type { ViewAnswer, ViewLink, ViewPost, ViewRequest } from "./view-messages.ts";
import workerUrl from "./view-worker.ts?worker&url";

/** A worker that runs already and that no view uses yet, so that the first run does not wait for it. */
let ready: Worker | null = null;

/** Starts a worker for the next view. */
export function warmUp(): void {
  ready ??= openWorker(workerUrl);
}

/** A worker of its own for one view. */
export class WorkerLink implements ViewLink {
  onAnswer: ((answer: ViewAnswer) => void) | null = null;
  readonly #worker: Worker;
  #seen: ArrayBuffer[] = [];

  /** `onFailure` is told, once at most, why no more answers come. */
  constructor(onFailure: (message: string) => void) {
    this.#worker = ready ?? openWorker(workerUrl);
    ready = null;
    this.#worker.onmessage = ({ data }: MessageEvent<ViewAnswer>) => this.onAnswer?.(data);
    this.#worker.onerror = (event) => {
      this.end();
      onFailure(event.message || t("the worker did not start"));
    };
    this.#worker.onmessageerror = () => {
      this.end();
      onFailure(t("an answer could not be read"));
    };
  }

  ask(request: ViewRequest): void {
    const { parents, columns, newest, moment, spare } = request;
    const sent = [parents, columns?.score, columns?.sameStep, newest?.nodes, newest?.looks];
    const arrays = [...sent, moment?.nodes, moment?.looks].flatMap((array) => array ?? []);
    const buffers = arrays.map(({ buffer }) => buffer as ArrayBuffer);
    const seen = this.#seen;
    this.#seen = [];
    const post: ViewPost = { request, seen };
    this.#worker.postMessage(post, [...new Set([...buffers, ...spare, ...seen])]);
  }

  /** Memory of pictures that are no longer needed goes back with the next question. */
  giveBack(seen: readonly ArrayBuffer[]): void {
    this.#seen.push(...seen);
  }

  end(): void {
    this.#worker.onmessage = null;
    this.#worker.terminate();
  }
}
