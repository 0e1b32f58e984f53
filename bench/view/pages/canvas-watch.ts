let lastDrawn = 0;

/** Notes from now on when something is drawn on a canvas of this page. Few calls a frame pass by here. */
export function watchCanvases(): void {
  const { prototype } = CanvasRenderingContext2D;
  const { clearRect, drawImage } = prototype;
  prototype.clearRect = function (this: CanvasRenderingContext2D, ...rect) {
    lastDrawn = performance.now();
    clearRect.apply(this, rect);
  };
  prototype.drawImage = function (this: CanvasRenderingContext2D, ...image: unknown[]) {
    lastDrawn = performance.now();
    Reflect.apply(drawImage, this, image);
  };
}

/** When something was drawn last (`performance.now()`), 0 if never. */
export function lastDrawnAt(): number {
  return lastDrawn;
}
