import type { Drawn } from "../../recipe/mount-plot.ts";
import { type PointPlace, useEvaluated } from "../../state/evaluated.ts";
import { inARow } from "../../words/node-words.ts";
import type { CostChart, CostPoint } from "./cost-chart.ts";
import { nextPoint } from "./next-point.ts";

/** Radius of what is pressed, px: room for a finger. */
const REACH = 12;

const SVG = "http://www.w3.org/2000/svg";

type Buttons = ReadonlyMap<CostPoint, SVGGElement>;

/**
 * Makes every point of a chart a button, with one tab stop for all of them: arrows
 * walk along a line and from line to line. `hadFocus` is the key of the point that
 * keeps the tab stop when the chart is drawn anew. Marks the chosen point until
 * the returned function is called.
 */
export function addPointButtons(
  drawn: Drawn,
  { part, points }: CostChart,
  { title, hadFocus }: { readonly title: string; readonly hadFocus: string | null },
): () => void {
  for (const child of drawn.children) child.setAttribute("aria-hidden", "true");
  drawn.setAttribute("role", "group");
  drawn.setAttribute("aria-label", title);
  const buttons: Buttons = new Map(points.map((point) => [point, buttonOf(drawn, point)]));
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", "point-buttons");
  group.append(...buttons.values());
  drawn.append(group);
  const stop = points.find((point) => keyOf(point) === hadFocus) ?? points[0];
  if (stop) buttons.get(stop)!.setAttribute("tabindex", "0");

  const choose = ({ arm, budget }: CostPoint) => {
    const { family, bin } = part;
    useEvaluated.setState({ point: { arm, budget, family, bin } });
  };
  const isChosen = (point: CostPoint) => {
    const { point: chosen } = useEvaluated.getState();
    const isHere = chosen?.family === part.family && chosen.bin === part.bin;
    return isHere && keyOf(chosen) === keyOf(point);
  };
  for (const [point, button] of buttons) {
    button.addEventListener("keydown", (event) => {
      const isPress = event.key === "Enter" || event.key === " ";
      if (isPress) choose(point);
      if (isPress || walk(buttons, point, event.key)) event.preventDefault();
    });
    button.addEventListener("click", (event) => {
      const near = nearest(buttons, event);
      // Points that lie on each other take turns. What is pressed without a pointer is meant itself.
      const next = near[(near.findIndex(isChosen) + 1) % near.length];
      choose(event.detail === 0 || next === undefined ? point : next);
    });
  }
  const mark = () => {
    for (const [point, button] of buttons) {
      button.setAttribute("aria-pressed", String(isChosen(point)));
    }
  };
  mark();
  return useEvaluated.subscribe(mark);
}

/** Gives tab stop and focus to the next point in the direction of an arrow key; whether there is one. */
function walk(buttons: Buttons, from: CostPoint, key: string): boolean {
  const next = nextPoint([...buttons.keys()], from, key);
  if (next === null) return false;
  buttons.get(from)!.setAttribute("tabindex", "-1");
  buttons.get(next)!.setAttribute("tabindex", "0");
  buttons.get(next)!.focus();
  return true;
}

/** The points within reach of a pointer, the nearest first. */
function nearest(buttons: Buttons, { clientX, clientY }: MouseEvent): CostPoint[] {
  const distanceTo = (button: Element) => {
    const { x, y, width, height } = button.getBoundingClientRect();
    return Math.hypot(x + width / 2 - clientX, y + height / 2 - clientY);
  };
  return [...buttons]
    .map(([point, button]) => ({ point, distance: distanceTo(button) }))
    .filter(({ distance }) => distance <= REACH)
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ point }) => point);
}

/** Names a point within its chart. */
function keyOf({ arm, budget }: Pick<PointPlace, "arm" | "budget">): string {
  return `${arm}.${budget}`;
}

function buttonOf(drawn: Drawn, point: CostPoint): SVGGElement {
  const button = document.createElementNS(SVG, "g");
  button.setAttribute("role", "button");
  button.setAttribute("tabindex", "-1");
  button.setAttribute("aria-label", inARow(point.words.split("\n")));
  button.dataset["point"] = keyOf(point);
  const circle = document.createElementNS(SVG, "circle");
  const [x, y] = [drawn.scale("x")!.apply(point.cost), drawn.scale("y")!.apply(point.height)];
  for (const [name, value] of Object.entries({ cx: x, cy: y, r: REACH })) {
    circle.setAttribute(name, String(value));
  }
  button.append(circle);
  return button;
}
