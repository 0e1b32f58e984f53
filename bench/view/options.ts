import { parseArgs } from "node:util";
import { SHAPES, type Shape } from "./pages/shapes.ts";

export const PEERS: readonly string[] = [
  "sentei",
  "d3-svg",
  "xyflow",
  "cytoscape",
  "echarts",
  "g6",
  "sigma",
  "floor",
];
const SIZES = [1000, 10_000, 100_000, 1_000_000];
/** The only size of the chain. */
const CHAIN = 50_000;

export interface Options {
  readonly peers: readonly string[];
  readonly sizes: readonly number[];
  readonly shapes: readonly Shape[];
  readonly repetitions: number;
  readonly giveUpMs: number;
  readonly fresh: boolean;
  readonly self: boolean;
  readonly json: boolean;
  /** Folder for screenshots. */
  readonly shots: string | null;
}

export const USAGE = `npm run bench -- view [options]
  --peers a,b         of ${PEERS.join(", ")}
  --shapes a,b        of ${SHAPES.join(", ")}
  --sizes 1000,10000  nodes; the chain has ${CHAIN.toLocaleString("en")} always
  --repetitions 5     browsers for each cell
  --give-up 60        seconds that a paint may take
  --fresh             measure cells again that were measured at this commit
  --shots FOLDER      keep a screenshot of each cell
  --self              only sentei, with figures for tuning it; results are printed, not kept
  --json              with --self: one line a cell`;

/** Throws with a sentence for people if an option is not understood. */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      peers: { type: "string", default: PEERS.join() },
      shapes: { type: "string", default: SHAPES.join() },
      sizes: { type: "string", default: SIZES.join() },
      repetitions: { type: "string" },
      "give-up": { type: "string", default: "60" },
      fresh: { type: "boolean", default: false },
      self: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      shots: { type: "string" },
    },
  });
  return {
    peers: values.self ? ["sentei"] : chosen("--peers", values.peers, PEERS),
    shapes: chosen("--shapes", values.shapes, SHAPES),
    sizes: values.sizes.split(",").map((size) => positive("--sizes", size)),
    repetitions: positive("--repetitions", values.repetitions ?? (values.self ? "3" : "5")),
    giveUpMs: 1000 * positive("--give-up", values["give-up"]),
    fresh: values.fresh,
    self: values.self,
    json: values.json,
    shots: values.shots ?? null,
  };
}

/** Sizes of a shape. */
export function sizesOf(shape: Shape, { sizes }: Options): readonly number[] {
  return shape === "chain" ? [CHAIN] : sizes;
}

function chosen<T extends string>(option: string, text: string, from: readonly T[]): T[] {
  const names = text.split(",");
  const unknown = names.find((name) => !(from as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`${option}: there is no ${unknown}`);
  return from.filter((name) => names.includes(name));
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${option}: ${text} is not a positive number`);
  return value;
}
