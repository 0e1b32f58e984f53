import type { Drawn } from "../../recipe/mount-plot.ts";
import { type PointPlace, useEvaluated } from "../../state/evaluated.ts";
import type { CostChart, CostPoint } from "./cost-chart.ts";
import { nextPoint } from "./next-point.ts";

/** Radius of what is pressed, px: room for a finger. */
const REACH = 12;

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes every point of a chart a button, with one tab stop for all of them: arrows
 * walk along a line and from line to line. What is focused stays so when the chart
 * is drawn anew. Marks the chosen point until the returned function is called.
 */
export function addPointButtons(
  drawn: Drawn,
  { part, points }: CostChart,
  { title, hadFocus }: { readonly title: string; readonly hadFocus: string | null },
): () => void {
  for (const child of drawn.children) child.setAttribute("aria-hidden", "true");
  drawn.setAttribute("role", "group");
  drawn.setAttribute("aria-label", title);
  const buttons = new Map(points.map((point) => [point, buttonOf(drawn, point)]));
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", "point-buttons");
  group.append(...buttons.values());
  drawn.append(group);

  const stop = points.find((point) => keyOf(point) === hadFocus) ?? points[0];
  if (stop) buttons.get(stop)!.setAttribute("tabindex", "0");
  const walk = (from: CostPoint, key: string): boolean => {
    const next = nextPoint(points, from, key);
    if (next === null) return false;
    buttons.get(from)!.setAttribute("tabindex", "-1");
    buttons.get(next)!.setAttribute("tabindex", "0");
    buttons.get(next)!.focus();
    return true;
  };
  for (const [point, button] of buttons) {
    button.addEventListener("click", () => choose({ ...point, ...part }));
    button.addEventListener("keydown", (event) => {
      const isPress = event.key === "Enter" || event.key === " ";
      if (isPress) choose({ ...point, ...part });
      if (isPress || walk(point, event.key)) event.preventDefault();
    });
  }
  const mark = () => {
    const { point: chosen } = useEvaluated.getState();
    for (const [point, button] of buttons) {
      const isChosen =
        chosen?.family === part.family && chosen.bin === part.bin && keyOf(chosen) === keyOf(point);
      button.setAttribute("aria-pressed", String(isChosen));
    }
  };
  mark();
  return useEvaluated.subscribe(mark);
}

/** Names a point within its chart. */
function keyOf({ arm, budget }: Pick<PointPlace, "arm" | "budget">): string {
  return `${arm}.${budget}`;
}

function choose({ arm, budget, family, bin }: PointPlace): void {
  useEvaluated.setState({ point: { arm, budget, family, bin } });
}

function buttonOf(drawn: Drawn, point: CostPoint): SVGGElement {
  const button = document.createElementNS(SVG, "g");
  button.setAttribute("role", "button");
  button.setAttribute("tabindex", "-1");
  button.setAttribute("aria-label", point.words.replaceAll("\n", ", "));
  button.dataset["point"] = keyOf(point);
  const circle = document.createElementNS(SVG, "circle");
  const [x, y] = [drawn.scale("x")!.apply(point.cost), drawn.scale("y")!.apply(point.height)];
  for (const [name, value] of Object.entries({ cx: x, cy: y, r: REACH })) {
    circle.setAttribute(name, String(value));
  }
  button.append(circle);
  return button;
}
