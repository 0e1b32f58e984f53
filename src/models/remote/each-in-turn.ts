/** What stops one ask: at any time, or only until it is sent. */
export interface AskSignals {
  readonly signal: AbortSignal;
  readonly beforeSending: AbortSignal;
}

/**
 * Answers all asks at once and yields the answers in their order, each as soon
 * as those before it are there. When one fails, what is not sent yet stays so;
 * what is in flight is paid for, so it is awaited and yielded before the first
 * error is thrown. On abort everything stops at once, with the signal's reason;
 * so it does when nobody listens any more.
 */
export async function* eachInTurn<A, R>(
  asks: readonly A[],
  signal: AbortSignal,
  answer: (ask: A, index: number, signals: AskSignals) => Promise<R>,
): AsyncGenerator<R, void, void> {
  signal.throwIfAborted();
  const left = new AbortController();
  const noMore = new AbortController();
  const signals = {
    signal: AbortSignal.any([signal, left.signal]),
    beforeSending: noMore.signal,
  };
  const errors: unknown[] = [];
  const answers = asks.map((ask, index) =>
    answer(ask, index, signals).then(
      (value) => ({ value }),
      (error: unknown) => {
        errors.push(error);
        noMore.abort(error);
        return null;
      },
    ),
  );
  try {
    for (const each of answers) {
      const answered = await each;
      signal.throwIfAborted();
      if (answered !== null) yield answered.value;
    }
  } finally {
    left.abort();
  }
  if (errors.length > 0) throw errors[0];
}
