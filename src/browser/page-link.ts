import type { ProblemDetails } from "../protocol/runs.ts";
import { HttpProblem } from "../runs/http-problem.ts";
import type { LocalRuns } from "./local-runs.ts";
import type { PageMessage, WorkerMessage } from "./messages.ts";

interface Followed {
  readonly pieces: AsyncGenerator<string, void, void>;
  readonly stop: AbortController;
}

/** Answers what one page asks. Knows no worker, so that tests need none. */
export class PageLink {
  readonly #runs: Promise<LocalRuns>;
  readonly #post: (message: WorkerMessage) => void;
  readonly #followed = new Map<number, Followed>();

  /** Where `runs` cannot be had, every question is answered with why. */
  constructor(runs: Promise<LocalRuns>, post: (message: WorkerMessage) => void) {
    this.#runs = runs;
    this.#post = post;
  }

  /** Obeys one message; ends when it is answered. */
  async receive(message: Exclude<PageMessage, { kind: "open" }>): Promise<void> {
    const { id } = message;
    try {
      switch (message.kind) {
        case "call":
          return this.#post({ kind: "answer", id, value: await this.#call(message) });
        case "follow":
          return await this.#follow(message);
        case "more":
          return await this.#sendPiece(id);
        case "leave":
          return this.#leave(id);
      }
    } catch (error) {
      this.#leave(id);
      this.#post({ kind: "refused", id, details: detailsOf(error) });
    }
  }

  async #call({ method, args }: Extract<PageMessage, { kind: "call" }>): Promise<unknown> {
    const runs = await this.#runs;
    // The page's half of this module checks names and numbers of arguments; the values are checked here.
    const act = runs[method] as (...args: unknown[]) => Promise<unknown>;
    return act.apply(runs, [...args]);
  }

  async #follow({ id, run, after }: Extract<PageMessage, { kind: "follow" }>): Promise<void> {
    const stop = new AbortController();
    const runs = await this.#runs;
    await runs.run(run);
    this.#followed.set(id, { pieces: runs.follow(run, { after, signal: stop.signal }), stop });
    this.#post({ kind: "answer", id, value: null });
  }

  async #sendPiece(id: number): Promise<void> {
    const followed = this.#followed.get(id);
    if (followed === undefined) return;
    const { done, value } = await followed.pieces.next();
    if (followed.stop.signal.aborted) return;
    if (done) this.#leave(id);
    this.#post({ kind: "piece", id, data: done ? null : value });
  }

  #leave(id: number): void {
    this.#followed.get(id)?.stop.abort();
    this.#followed.delete(id);
  }
}

function detailsOf(error: unknown): ProblemDetails {
  const type = "about:blank";
  if (error instanceof HttpProblem) {
    const { status, message, errors } = error;
    const title = "Refused";
    return {
      type,
      title,
      status,
      detail: message,
      ...(errors.length > 0 && { errors: [...errors] }),
    };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { type, title: "Failed", status: 500, detail: `The search worker failed: ${detail}` };
}
