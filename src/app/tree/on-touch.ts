/** Tells of all that a hand does to an element or to something in it, before it is done; returns how to stop. */
export function onTouch(element: HTMLElement, listener: (target: Node) => void): () => void {
  const stop = new AbortController();
  for (const type of ["pointerenter", "pointerdown", "wheel", "focusin"] as const) {
    element.addEventListener(type, ({ target }) => listener(target as Node), {
      ...{ capture: true, passive: true },
      signal: stop.signal,
    });
  }
  return () => stop.abort();
}
