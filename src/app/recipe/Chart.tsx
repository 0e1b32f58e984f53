import type { PlotOptions } from "@observablehq/plot";
import { plot } from "@observablehq/plot";

interface ChartProps {
  readonly id: string;
  readonly title: string;
  /** What is to be seen, for those who cannot see it. */
  readonly words: string;
  readonly options: PlotOptions;
}

/** A chart that fills its figure, drawn anew when its data or its room change. */
export function Chart({ id, title, words, options }: ChartProps) {
  return (
    <figure className="chart" data-chart={id} aria-label={`${title}: ${words}`}>
      <figcaption>{title}</figcaption>
      <div className="plot" ref={(box) => (box === null ? undefined : drawIn(box, options))} />
    </figure>
  );
}

function drawIn(box: HTMLElement, options: PlotOptions): () => void {
  let width = 0;
  const draw = () => {
    const room = Math.floor(box.clientWidth);
    if (room === width || room === 0) return;
    width = room;
    const chart = plot({ height: 190, marginRight: 16, ...options, width });
    // Its inline style sheet is refused by the page's policy; recipe.css says the same.
    for (const sheet of chart.querySelectorAll("style")) sheet.remove();
    chart.setAttribute("aria-hidden", "true");
    box.replaceChildren(chart);
  };
  draw();
  const observer = new ResizeObserver(draw);
  observer.observe(box);
  return () => observer.disconnect();
}
