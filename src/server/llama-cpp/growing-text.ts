import type { LlamaModel } from "./library.ts";

type Detokenizer = Pick<LlamaModel, "detokenize">;

/** What a piece of text ends with whose character is not whole yet. */
const HALF = "\ufffd";

/** The text of tokens that come one by one, up to where a stop begins. */
export class GrowingText {
  readonly #model: Detokenizer;
  readonly #stops: readonly string[];
  /** Tokens of whole characters. */
  #before: readonly number[];
  #open: number[] = [];
  #text = "";
  #stopAt = -1;

  constructor(model: Detokenizer, prompt: readonly number[], stops: readonly string[]) {
    this.#model = model;
    this.#before = prompt;
    this.#stops = stops.filter((stop) => stop !== "");
  }

  /** Whether a stop is in the text now. */
  add(token: number): boolean {
    this.#open.push(token);
    const piece = this.#piece();
    if (piece.endsWith(HALF)) return false;
    this.#take(piece);
    return this.#stopAt >= 0;
  }

  /** Without the stop. */
  end(): string {
    if (this.#open.length > 0) this.#take(this.#piece());
    return this.#stopAt < 0 ? this.#text : this.#text.slice(0, this.#stopAt);
  }

  #piece(): string {
    return this.#model.detokenize(this.#open, true, this.#before.slice(-4));
  }

  #take(piece: string): void {
    const longest = Math.max(0, ...this.#stops.map(({ length }) => length));
    const from = Math.max(0, this.#text.length - longest);
    this.#text += piece;
    this.#before = [...this.#before.slice(-4), ...this.#open];
    this.#open = [];
    const found = this.#stops.map((stop) => this.#text.indexOf(stop, from)).filter((at) => at >= 0);
    if (found.length > 0) this.#stopAt = Math.min(...found);
  }
}
