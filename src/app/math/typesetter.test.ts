import { expect, test, vi } from "vitest";
import { refused, type Typeset } from "./drawing.ts";
import type { Formula } from "./typeset.ts";
import { TOO_LONG, type TypesetPort, Typesetter } from "./typesetter.ts";

const SET: Typeset = { drawing: [], why: null };

/** A worker that sets everything at once but `\slow`, which it never ends, and `\crash`. */
class FakeWorker implements TypesetPort {
  onmessage: TypesetPort["onmessage"] = null;
  onerror: TypesetPort["onerror"] = null;
  onmessageerror: TypesetPort["onmessageerror"] = null;
  isTerminated = false;
  asked: string[] = [];

  say(data: Typeset | null): void {
    this.#call(this.onmessage, { data });
  }

  fail(): void {
    this.#call(this.onerror, {});
  }

  #call(listener: unknown, event: object): void {
    if (typeof listener === "function") Reflect.apply(listener, this, [event]);
  }

  postMessage({ tex }: Formula): void {
    this.asked.push(tex);
    if (tex === "slow") return;
    queueMicrotask(() => (tex === "crash" ? this.fail() : this.say(SET)));
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

function workshop(starts = true) {
  const workers: FakeWorker[] = [];
  const open = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    queueMicrotask(() => (starts ? worker.say(null) : worker.fail()));
    return worker;
  };
  const typesetter = new Typesetter({ open, patienceMs: 1_000 });
  return { workers, set: (tex: string) => typesetter.set({ tex, display: false }) };
}

test("no worker is started before the first formula, and one sets them all", async () => {
  const { workers, set } = workshop();
  expect(workers).toHaveLength(0);
  expect(await Promise.all(["a", "b", "c"].map(set))).toEqual([SET, SET, SET]);
  expect(workers.map(({ asked }) => asked)).toEqual([["a", "b", "c"]]);
});

test("a formula that takes too long ends its worker, and the others are set by the next one", async () => {
  vi.useFakeTimers();
  try {
    const { workers, set } = workshop();
    const answers = Promise.all(["a", "slow", "b"].map(set));
    await vi.advanceTimersByTimeAsync(999);
    expect(workers[0]!.isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answers).toEqual([SET, refused(TOO_LONG), SET]);
    expect(workers.map(({ asked, isTerminated }) => [asked, isTerminated])).toEqual([
      [["a", "slow"], true],
      [["b"], false],
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test("a worker that breaks costs the formula that broke it, and no other", async () => {
  const { workers, set } = workshop();
  const answers = await Promise.all(["a", "crash", "b"].map(set));
  expect(answers.map(({ why }) => why === null)).toEqual([true, false, true]);
  expect(workers).toHaveLength(2);
});

test("where no worker starts, all that wait are told so, and the next formula tries again", async () => {
  const { workers, set } = workshop(false);
  const answers = await Promise.all(["a", "b"].map(set));
  expect(answers.every(({ why }) => why?.message === "KaTeX could not be loaded")).toBe(true);
  const tries = workers.length;
  await set("c");
  expect(workers).toHaveLength(tries + 1);
});
