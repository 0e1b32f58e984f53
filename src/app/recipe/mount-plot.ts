import { type PlotOptions, plot } from "@observablehq/plot";

/** A chart as Plot draws it, with the scales that it was drawn by. */
export type Drawn = ReturnType<typeof plot>;

/**
 * Draws a chart that fills its box, and draws it anew when its room changes, until
 * the returned function is called. `onDrawn` may add to what was drawn.
 */
export function mountPlot(
  box: HTMLElement,
  optionsFor: (width: number) => PlotOptions,
  onDrawn: (chart: Drawn) => void = () => {},
): () => void {
  let width = 0;
  const draw = () => {
    const room = Math.floor(box.clientWidth);
    if (room === width || room === 0) return;
    width = room;
    const options = optionsFor(width);
    const chart = plot({ height: 190, marginRight: 16, marginBottom: 36, ...options, width });
    // Its inline style sheet is refused by the page's policy; plot.css says the same.
    for (const sheet of chart.querySelectorAll("style")) sheet.remove();
    onDrawn(chart);
    box.replaceChildren(chart);
  };
  draw();
  const observer = new ResizeObserver(draw);
  observer.observe(box);
  return () => observer.disconnect();
}
