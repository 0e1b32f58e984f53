import "../../recipe/plot.css";
import { useCallback } from "react";
import { formatCount } from "../../format.ts";
import { mountPlot } from "../../recipe/mount-plot.ts";
import { t } from "../../words/t.ts";
import { type CostChart, costPlot, type Frame } from "./cost-chart.ts";
import { labelLines } from "./label-lines.ts";
import { addPointButtons } from "./point-buttons.ts";

interface CostFigureProps {
  readonly chart: CostChart;
  readonly frame: Frame;
  /** Whether it stands alone. */
  readonly isLarge: boolean;
}

/** Heights by room, px. */
const HEIGHTS = { large: 420, small: 260 };

/** Accuracy against cost, over a part of the problems. Every point is a button. */
export function CostFigure({ chart, frame, isLarge }: CostFigureProps) {
  const { title, problems } = chart.part;
  // Anew only for another chart: who has the focus keeps it.
  const mount = useCallback(
    (box: HTMLElement | null) => {
      return box === null ? undefined : mountChart(box, { chart, frame, isLarge });
    },
    [chart, frame, isLarge],
  );
  return (
    <figure className="cost-figure" data-large={isLarge}>
      <figcaption>
        {title === "" ? t("All problems") : title}{" "}
        <span className="soft">n = {formatCount(problems)}</span>
      </figcaption>
      <div className="plot" ref={mount} />
    </figure>
  );
}

function mountChart(box: HTMLElement, { chart, frame, isLarge }: CostFigureProps): () => void {
  const title = t("Accuracy against cost: {problems}", {
    problems: chart.part.title || t("all problems"),
  });
  let width = 0;
  let forget = () => {};
  const unmount = mountPlot(
    box,
    (room) => {
      width = room;
      return costPlot(chart, frame, { width, height: isLarge ? HEIGHTS.large : HEIGHTS.small });
    },
    (drawn) => {
      const focused = document.activeElement;
      const hadFocus = focused instanceof SVGElement && box.contains(focused);
      const key = hadFocus ? (focused.dataset["point"] ?? null) : null;
      forget();
      forget = addPointButtons(drawn, chart, { title, hadFocus: key });
      labelLines(drawn, chart, width);
      if (hadFocus) {
        queueMicrotask(() => drawn.querySelector<SVGElement>('[tabindex="0"]')?.focus());
      }
    },
  );
  return () => {
    unmount();
    forget();
  };
}
