import "./plot.css";
import type { ChartSpec } from "./charts.ts";
import { mountPlot } from "./mount-plot.ts";

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
        ref={(box) => (box === null ? undefined : mountPlot(box, () => options))}
      />
    </figure>
  );
}
