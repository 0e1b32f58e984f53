import { rounded } from "./percentile.ts";
import type { Row } from "./summary.ts";

const OURS = "sentei";
const FIGURES = ["firstPaintMs", "frameMs", "addMs"] as const;
type Figure = (typeof FIGURES)[number];

/** Prints all rows by shape and size, and how many times faster ours is than the best peer with an equal picture. */
export function printComparison(rows: readonly Row[]): void {
  const groups = Map.groupBy(rows, ({ shape, nodes }) => `${shape} ${nodes}`);
  const ratios: Record<string, unknown>[] = [];
  for (const [name, group] of groups) {
    console.log(`\n${name.replace(" ", ", ")} nodes; ms of the busiest thread (wall)`);
    console.table(group.map(lineOf));
    const ours = group.find(({ peer }) => peer === OURS);
    if (ours !== undefined) ratios.push(ratiosOf(name, ours, group));
  }
  console.log("\nHow many times the best peer takes what sentei takes, by thread time:");
  console.table(ratios);
}

function lineOf(row: Row): Record<string, unknown> {
  return {
    peer: row.peer,
    paint: pair(row.firstPaintMs, row.firstPaintWallMs),
    pan: pair(row.panMs, row.panP95Ms),
    zoom: pair(row.zoomMs, row.zoomP95Ms),
    add: pair(row.addMs, row.addWallMs),
    ink: row.inkRatio,
    n: row.n,
    note: row.failed ?? (row.unequal ? "unequal picture" : ""),
  };
}

function pair(thread: number | null | undefined, wall: number | undefined): string {
  return thread === null || thread === undefined ? "" : `${thread} (${wall})`;
}

function ratiosOf(name: string, ours: Row, group: readonly Row[]): Record<string, unknown> {
  const [shape, nodes] = name.split(" ");
  const ratios = FIGURES.map((figure) => [
    figure.replace("Ms", ""),
    bestRatio(figure, ours, group),
  ]);
  return { shape, nodes, ...Object.fromEntries(ratios) };
}

function bestRatio(figure: Figure, ours: Row, group: readonly Row[]): string {
  const peers = group.filter((row) => row.peer !== OURS && !row.unequal && row[figure] !== null);
  const best = peers.toSorted((a, b) => a[figure]! - b[figure]!)[0];
  const own = ours[figure];
  if (best === undefined || own === null) return "no peer";
  return `${rounded(best[figure]! / own)} (${best.peer})`;
}
