import {
  binName,
  binOf,
  type DifficultyKind,
  difficulties,
  limitsOf,
} from "../../../evaluation/analysis/difficulty.ts";
import type { CellPlace } from "../../../evaluation/analysis/outcomes.ts";
import type { EvaluationRow, EvaluationSpec } from "../../../protocol/evaluations.ts";
import type { EvaluatedView, PointPlace } from "../../state/evaluated.ts";
import { inARow } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";
import { type Evaluated, familiesOf, familyOf } from "../evaluated.ts";

/** Some of the problems of an evaluation, and all rows about them. */
export interface ProblemPart extends Pick<PointPlace, "family" | "bin"> {
  /** What they have in common; empty: nothing. */
  readonly title: string;
  readonly problems: number;
  readonly rows: readonly EvaluationRow[];
}

/** Bins of difficulty where there are problems enough, and where there are fewer. */
const BINS = { many: 5, few: 3, enough: 200 };

/** Solutions of the pilot that a verifier tells difficulty by: what somebody would pay for. */
const PILOT_SOLUTIONS = 4;

/** Strategies whose runs sample solutions on their own, so that a share of them says how hard a problem is. */
const SAMPLERS: readonly string[] = ["bestOfN", "majority"];

export function kindOf({ isOracle }: Pick<EvaluatedView, "isOracle">): DifficultyKind {
  return isOracle ? "oracle" : "predicted";
}

/** The cell whose runs tell how hard each problem is; `null` if no arm can. */
export function pilotOf({ arms, budgets }: EvaluationSpec, kind: DifficultyKind): CellPlace | null {
  const names = kind === "oracle" ? SAMPLERS : ["bestOfN"];
  const arm = arms.findIndex(({ strategy }) => names.includes(strategy.name));
  if (arm < 0) return null;
  const sizes = budgets
    .map(({ solutions = Number.POSITIVE_INFINITY }, budget) => ({ solutions, budget }))
    .toSorted((a, b) => a.solutions - b.solutions);
  const enough = sizes.find(({ solutions }) => solutions >= PILOT_SOLUTIONS);
  const chosen = kind === "oracle" ? sizes.at(-1) : (enough ?? sizes.at(-1));
  return { arm, budget: chosen!.budget };
}

/** So many bins that each has some problems to speak of. */
export function binCount(problems: number): number {
  return problems >= BINS.enough ? BINS.many : BINS.few;
}

/** The parts that a view shows side by side: of families, of bins within each family, or the one that is looked at. */
export function partsOf(
  evaluated: Evaluated,
  view: Pick<EvaluatedView, "family" | "bin" | "isOracle">,
): ProblemPart[] {
  const families = view.family === "each" ? familiesOf(evaluated.problems) : [view.family];
  return families
    .map((family) => ofFamily(evaluated, family))
    .flatMap((part) => {
      if (view.bin === null) return [part];
      const bins = binsOf(evaluated, part, view);
      return view.bin === "each" ? bins : bins.filter(({ bin }) => bin === view.bin);
    })
    .filter(({ problems }) => problems > 0);
}

/** The rows of a point: those of its cell, about the problems of its part. */
export function rowsAt(
  evaluated: Evaluated,
  point: PointPlace,
  { isOracle }: Pick<EvaluatedView, "isOracle">,
): EvaluationRow[] {
  return partsOf(evaluated, { ...point, isOracle }).flatMap(({ rows }) =>
    rows.filter(({ arm, budget }) => arm === point.arm && budget === point.budget),
  );
}

export function ofFamily({ problems, rows }: Evaluated, family: string | null): ProblemPart {
  const of =
    family === null ? rows : rows.filter(({ problem }) => familyOf(problems[problem]!) === family);
  return { family, bin: null, title: family ?? "", problems: countProblems(of), rows: of };
}

/** From the hardest to the easiest; none where no arm tells how hard a problem is. Empty bins are left out. */
function binsOf(
  { state }: Evaluated,
  part: ProblemPart,
  view: Pick<EvaluatedView, "isOracle">,
): ProblemPart[] {
  const pilot = pilotOf(state.spec, kindOf(view));
  if (pilot === null) return [];
  const eases = difficulties(part.rows, pilot, kindOf(view));
  const bins = binCount(eases.size);
  const limits = limitsOf([...eases.values()], { kind: "quantiles", bins });
  const known = part.rows.filter(({ problem }) => eases.has(problem));
  return [...Map.groupBy(known, ({ problem }) => binOf(eases.get(problem)!, limits))]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, rows]) => ({
      ...{ family: part.family, bin, rows, problems: countProblems(rows) },
      title: inARow([...(part.title === "" ? [] : [part.title]), t(binName(bin, bins))]),
    }));
}

function countProblems(rows: readonly EvaluationRow[]): number {
  return new Set(rows.map(({ problem }) => problem)).size;
}
