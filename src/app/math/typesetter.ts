import { type Said, say } from "../../lib/said.ts";
import { openWorker } from "../open-worker.ts";
import { refused, type Typeset } from "./drawing.ts";
import type { Formula } from "./typeset.ts";
import workerUrl from "./typeset-worker.ts?worker&url";

/** What sets formulas outside of the page: a worker, or what stands for one in tests. */
export type TypesetPort = Pick<
  Worker,
  "postMessage" | "terminate" | "onmessage" | "onerror" | "onmessageerror"
>;

/** Why a formula was given up. */
export const TOO_LONG = say("it takes too long");

interface Waiting {
  readonly formula: Formula;
  readonly answer: (answer: Typeset) => void;
}

interface TypesetterOptions {
  readonly open?: () => TypesetPort;
  /** Longest time that one formula may take, ms; the machine may be busy with other things. */
  readonly patienceMs?: number;
}

/**
 * Sets formulas in a worker that is started with the first of them, one at a
 * time. A formula that takes too long ends its worker, and the next one gets a
 * new one, so that no formula is waited for by another for long.
 */
export class Typesetter {
  readonly #open: () => TypesetPort;
  readonly #patienceMs: number;
  readonly #queue: Waiting[] = [];
  #port: TypesetPort | null = null;
  /** The worker has started and said so. */
  #ready = false;
  #current: Waiting | null = null;
  #alarm: ReturnType<typeof setTimeout> | undefined;

  constructor({ open = () => openWorker(workerUrl), patienceMs = 1_500 }: TypesetterOptions = {}) {
    this.#open = open;
    this.#patienceMs = patienceMs;
  }

  /** Never rejects: what cannot be set is told why. */
  set(formula: Formula): Promise<Typeset> {
    return new Promise((answer) => {
      this.#queue.push({ formula, answer });
      this.#goOn();
    });
  }

  #goOn(): void {
    if (this.#current !== null || this.#queue.length === 0) return;
    if (this.#port === null) this.#start();
    if (!this.#ready) return;
    this.#current = this.#queue.shift()!;
    this.#alarm = setTimeout(() => this.#giveUp(TOO_LONG), this.#patienceMs);
    this.#port?.postMessage(this.#current.formula);
  }

  #start(): void {
    const port = this.#open();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<Typeset | null>) => {
      if (data === null) this.#ready = true;
      else this.#finish(data);
      this.#goOn();
    };
    port.onerror = () => this.#fail();
    port.onmessageerror = () => this.#fail();
  }

  /** A worker that does not start leaves all that wait as they are written. */
  #fail(): void {
    const left = this.#ready ? [] : this.#queue.splice(0);
    this.#giveUp(say("KaTeX cannot set it"));
    for (const { answer } of left) answer(refused(say("KaTeX could not be loaded")));
  }

  #giveUp(why: Said): void {
    this.#port?.terminate();
    this.#port = null;
    this.#ready = false;
    this.#finish(refused(why));
    this.#goOn();
  }

  #finish(answer: Typeset): void {
    clearTimeout(this.#alarm);
    const done = this.#current;
    this.#current = null;
    done?.answer(answer);
  }
}
