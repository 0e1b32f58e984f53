/** What is shown of something that changes, while somebody may be reading it. */
export interface Hold<T> {
  readonly shown: T;
  readonly newest: T;
  /** Changes that are not shown yet. */
  readonly waiting: number;
}

export function begin<T>(value: T): Hold<T> {
  return { shown: value, newest: value, waiting: 0 };
}

/**
 * Goes on to the next value. While it is held the one that is shown stays, and
 * changes are counted; `isSame` says what is none. The same object if nothing changed.
 */
export function follow<T>(
  hold: Hold<T>,
  next: T,
  isHeld: boolean,
  isSame: (a: T, b: T) => boolean,
): Hold<T> {
  if (!isHeld) return hold.shown === next ? hold : begin(next);
  if (hold.newest === next) return hold;
  const waiting = hold.waiting + (isSame(hold.newest, next) ? 0 : 1);
  return { shown: hold.shown, newest: next, waiting };
}
