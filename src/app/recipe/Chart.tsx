import { plot } from "@observablehq/plot";
import type { ChartSpec } from "./charts.ts";

/** A chart that fills its figure, drawn anew when its data or its room change. */
export function Chart({ id, title, note, words, options }: ChartSpec) {
  return (
    <figure className="chart" data-chart={id} aria-label={`${title}: ${words}`}>
      <figcaption>
        {title}
        {note !== "" && <span className="soft"> {note}.</span>}
      </figcaption>
      <div
        className="plot"
        aria-hidden="true"
        ref={(box) => (box === null ? undefined : drawIn(box, options))}
      />
    </figure>
  );
}

function drawIn(box: HTMLElement, options: ChartSpec["options"]): () => void {
  let width = 0;
  const draw = () => {
    const room = Math.floor(box.clientWidth);
    if (room === width || room === 0) return;
    width = room;
    const chart = plot({ height: 190, marginRight: 16, marginBottom: 36, ...options, width });
    // Its inline style sheet is refused by the page's policy; recipe.css says the same.
    for (const sheet of chart.querySelectorAll("style")) sheet.remove();
    box.replaceChildren(chart);
  };
  draw();
  const observer = new ResizeObserver(draw);
  observer.observe(box);
  return () => observer.disconnect();
}
