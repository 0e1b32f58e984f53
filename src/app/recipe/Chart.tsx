import "./plot.css";
import { t } from "../words/t.ts";
import type { ChartSpec } from "./charts.ts";
import { mountPlot } from "./mount-plot.ts";

/** A chart that fills its figure, drawn anew when its data or its room change. */
export function Chart({ id, title, note, words, options }: ChartSpec) {
  return (
    <figure
      className="chart"
      data-chart={id}
      aria-label={t("{title}: {part}", { title, part: words })}
    >
      <figcaption>
        {title}
        {note !== "" && <span className="soft"> {t("{sentence}.", { sentence: note })}</span>}
      </figcaption>
      <div
        className="plot"
        aria-hidden="true"
        ref={(box) => (box === null ? undefined : mountPlot(box, () => options))}
      />
    </figure>
  );
}
