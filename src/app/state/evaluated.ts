import { create } from "zustand";
import type { CostUnit } from "../../evaluation/analysis/outcomes.ts";
import type { RowPlace } from "../../protocol/evaluations.ts";
import { parseId } from "./link-numbers.ts";

/** What a run costs, in the order in which it is offered. */
export const UNITS = [
  "policyTokens",
  "prmTokens",
  "prmCalls",
  "solutions",
  "flops",
  "ms",
] as const satisfies readonly CostUnit[];

type CellPlace = Pick<RowPlace, "arm" | "budget">;

/** One point of the chart: a cell, over the problems of a family and of a bin of difficulty; null: of all. */
export interface PointPlace extends CellPlace {
  readonly family: string | null;
  readonly bin: number | null;
}

/** All at once, each of them beside the others, or one. */
export type Part<T> = T | "each" | null;

/** What of an evaluation is looked at: all of it is in a link. */
export interface EvaluatedView {
  /** null: the list of all. */
  readonly id: string | null;
  readonly unit: CostUnit;
  readonly family: Part<string>;
  /** 0 is the hardest. */
  readonly bin: Part<number>;
  /** Whether difficulty is how many samples are right, and not what the verifier thinks of them. */
  readonly isOracle: boolean;
  /** The point whose problems are listed. */
  readonly point: PointPlace | null;
  /** Two cells between which answers flip; null: the usual two. */
  readonly flips: readonly [before: CellPlace, after: CellPlace] | null;
}

export const NO_EVALUATION: EvaluatedView = {
  ...{ id: null, unit: "policyTokens", family: null, bin: null },
  ...{ isOracle: false, point: null, flips: null },
};

export const useEvaluated = create<EvaluatedView>()(() => NO_EVALUATION);

const ID = /^\w{1,64}$/;
const FAMILY = /^[a-z][a-z-]{0,39}$/;
const EACH = "each";

/** Reads from a link what of an evaluation is looked at; what makes no sense is left out. */
export function parseEvaluated(search: URLSearchParams): EvaluatedView {
  const id = search.get("eval") ?? "";
  if (!ID.test(id)) return NO_EVALUATION;
  const bin = search.get("bin");
  return {
    id,
    unit: UNITS.find((unit) => unit === search.get("cost")) ?? NO_EVALUATION.unit,
    family: parseFamily(search.get("family")),
    bin: bin === EACH ? EACH : parseId(bin),
    isOracle: search.get("ease") === "oracle",
    point: parsePoint(search.get("point")),
    flips: parseFlips(search.get("flips")),
  };
}

/** Names and values for a link; what is as usual is left out. */
export function formatEvaluated(view: EvaluatedView): [name: string, value: string][] {
  const { id, unit, family, bin, isOracle, point, flips } = view;
  if (id === null) return [];
  const parts: [string, string | null][] = [
    ["eval", id],
    ["cost", unit === NO_EVALUATION.unit ? null : unit],
    ["family", family],
    ["bin", bin === null ? null : String(bin)],
    ["ease", isOracle ? "oracle" : null],
    ["point", point && `${formatCell(point)}.${point.bin ?? ""}.${point.family ?? ""}`],
    ["flips", flips?.map(formatCell).join("-") ?? null],
  ];
  return parts.filter((part): part is [string, string] => part[1] !== null);
}

function formatCell({ arm, budget }: CellPlace): string {
  return `${arm}.${budget}`;
}

function parseFamily(text: string | null): string | null {
  return text !== null && FAMILY.test(text) ? text : null;
}

function parsePoint(text: string | null): PointPlace | null {
  const [arm, budget, bin = "", family = "", ...rest] = (text ?? "").split(".");
  const cell = parseCell([arm, budget]);
  if (cell === null || rest.length > 0) return null;
  return { ...cell, bin: parseId(bin), family: parseFamily(family) };
}

function parseFlips(text: string | null): EvaluatedView["flips"] {
  const [before = null, after = null, ...rest] = (text ?? "")
    .split("-")
    .map((cell) => parseCell(cell.split(".")));
  return before === null || after === null || rest.length > 0 ? null : [before, after];
}

function parseCell([first, second, ...rest]: readonly (string | undefined)[]): CellPlace | null {
  const [arm, budget] = [parseId(first ?? null), parseId(second ?? null)];
  return arm === null || budget === null || rest.length > 0 ? null : { arm, budget };
}
