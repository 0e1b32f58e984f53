/** Where a drag begins: left of the tree, where no mark is. CSS px. */
const GRIP = { x: 10, y: 690 } as const;
const CENTER = { x: 640, y: 360 } as const;
/** A drag goes so far each step, px, and back again in the second half. */
const DRAG_PX = 6;
/** A wheel turns so far each step: with d3-zoom a factor of 1.057. */
const WHEEL = 40;

/** One gesture as a sequence of events, one a frame, that ends where it began. */
export interface Gesture {
  begin(): void;
  /** `half`: 1 on the way there, −1 on the way back. */
  step(half: 1 | -1): void;
  end(): void;
}

/** Drags the picture to the right and back. */
export function dragGesture(): Gesture {
  const point = { ...GRIP } as { x: number; y: number };
  const target = document.elementFromPoint(point.x, point.y)!;
  return {
    begin: () => firePointer(target, "down", point, 1),
    step(half) {
      point.x += half * DRAG_PX;
      firePointer(target, "move", point, 1);
    },
    end: () => firePointer(target, "up", point, 0),
  };
}

/** Turns the wheel over the middle: in and out again. */
export function wheelGesture(): Gesture {
  const target = document.elementFromPoint(CENTER.x, CENTER.y)!;
  const step = (half: number) =>
    target.dispatchEvent(
      new WheelEvent("wheel", { ...common(CENTER), deltaY: -half * WHEEL, deltaMode: 0 }),
    );
  return { begin: () => {}, step, end: () => {} };
}

/** Both kinds of events, as a browser sends them: libraries listen to one of them. */
function firePointer(
  target: Element,
  what: "down" | "move" | "up",
  point: { x: number; y: number },
  buttons: number,
): void {
  const init = { ...common(point), button: what === "move" ? -1 : 0, buttons };
  target.dispatchEvent(
    new PointerEvent(`pointer${what}`, {
      ...init,
      ...{ pointerId: 1, pointerType: "mouse", isPrimary: true },
    }),
  );
  target.dispatchEvent(new MouseEvent(`mouse${what}`, { ...init, button: 0 }));
}

function common({ x, y }: { x: number; y: number }): MouseEventInit {
  return {
    ...{ bubbles: true, cancelable: true, composed: true, view: window },
    ...{ clientX: x, clientY: y, screenX: x, screenY: y },
  };
}
