type Point = readonly [x: number, y: number];

/** How long a finger rests before it asks what is under it, ms. */
const PRESS_MS = 450;
/** How far a resting finger may move, CSS px. */
const REST = 8;

/**
 * Tells where a single finger rests on an element, in its CSS px, and then `null`
 * when it is lifted or moves on. Returns what ends that.
 */
export function onLongPress(
  element: HTMLElement,
  listener: (point: Point | null) => void,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: Point | null = null;
  let isPressed = false;
  const end = () => {
    clearTimeout(timer);
    start = null;
    if (!isPressed) return;
    isPressed = false;
    listener(null);
  };
  const begin = (event: PointerEvent) => {
    const isSecond = start !== null;
    end();
    if (event.pointerType !== "touch" || isSecond) return;
    const point: Point = [event.offsetX, event.offsetY];
    start = point;
    timer = setTimeout(() => {
      isPressed = true;
      listener(point);
    }, PRESS_MS);
  };
  const move = ({ offsetX, offsetY }: PointerEvent) => {
    if (start !== null && Math.hypot(offsetX - start[0], offsetY - start[1]) > REST) end();
  };
  element.addEventListener("pointerdown", begin, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", end, { signal });
  element.addEventListener("pointercancel", end, { signal });
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
