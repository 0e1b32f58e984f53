import { cutToCells } from "../../../lib/text-cells.ts";
import type { Drawn } from "../../recipe/mount-plot.ts";
import { armColor } from "./arm-looks.ts";
import type { CostChart } from "./cost-chart.ts";
import { CHARACTER, LEADER, labelRoom } from "./label-room.ts";
import { spreadLabels } from "./spread-labels.ts";

/** Between two names below each other, px. */
const LINE_HEIGHT = 15;

interface Name {
  readonly text: string;
  readonly color: string;
  /** Where its line ends, px. */
  readonly x: number;
  readonly y: number;
}

/** Writes the name of every line beside its end, so that nobody has to look up a colour. */
export function labelLines(drawn: Drawn, { points, curve }: CostChart, width: number): void {
  const [x, y] = [drawn.scale("x")!, drawn.scale("y")!];
  const ends = [...Map.groupBy(points, ({ arm }) => arm)].map(([arm, of]) => {
    const last = of.at(-1)!;
    return { text: last.label, color: armColor(arm), cost: last.cost, height: last.height };
  });
  const lastOfCurve = curve?.points.at(-1);
  if (curve && lastOfCurve) {
    const { cost, accuracy } = lastOfCurve;
    ends.push({ text: curve.label, color: "var(--ink)", cost, height: accuracy.value });
  }
  const names = ends.map(
    ({ text, color, cost, height }): Name => ({
      ...{ text, color, x: Number(x.apply(cost)), y: Number(y.apply(height)) },
    }),
  );
  const [bottom, top] = y.range as [number, number];
  const places = spreadLabels(
    names.map((name) => name.y),
    { gap: LINE_HEIGHT, top, bottom },
  );
  const room = labelRoom(names, width);
  const edge = width - room;
  const group = svg("g", { class: "line-names", "aria-hidden": "true" });
  const most = Math.floor((room - LEADER) / CHARACTER);
  for (const [i, name] of names.entries()) group.append(...labelOf(name, places[i]!, edge, most));
  drawn.append(group);
}

function labelOf(
  { text, color, x, y }: Name,
  place: number,
  edge: number,
  most: number,
): Element[] {
  const leader = svg("path", {
    d: `M${x + 7},${y}H${Math.max(edge + 4, x + 9)}L${edge + LEADER - 6},${place}`,
    ...{ fill: "none", stroke: color, "stroke-opacity": "0.45" },
  });
  const name = svg("text", {
    ...{ x: edge + LEADER - 3, y: place, dy: "0.32em", fill: color, "text-anchor": "start" },
  });
  name.textContent = cutToCells(text, most);
  return [leader, name];
}

function svg(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
