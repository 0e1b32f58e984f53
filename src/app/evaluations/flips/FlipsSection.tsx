import { useMemo } from "react";
import { type Flip, flips } from "../../../evaluation/analysis/flips.ts";
import type { CellPlace } from "../../../evaluation/analysis/outcomes.ts";
import { differenceOf } from "../../../protocol/evaluation-figures.ts";
import type { EvaluationSpec } from "../../../protocol/evaluations.ts";
import { revealControls } from "../../plain-text.ts";
import { useEvaluated } from "../../state/evaluated.ts";
import { inARow } from "../../words/node-words.ts";
import { t, tCount } from "../../words/t.ts";
import { armTitles, budgetTitle, cellTitle, type Evaluated } from "../evaluated.ts";
import { compareTrees } from "../problems/open-rows.ts";
import type { ProblemPart } from "../problems/parts.ts";
import { RowList } from "../problems/RowList.tsx";
import { usualFlips } from "./usual-flips.ts";

/** The problems that one way of searching wins and loses against another. */
export function FlipsSection({ evaluated, part }: { evaluated: Evaluated; part: ProblemPart }) {
  const { spec } = evaluated.state;
  const chosen = useEvaluated((view) => view.flips);
  const isThere = ({ arm, budget }: CellPlace) =>
    arm < spec.arms.length && budget < spec.budgets.length;
  const [before, after] = chosen?.every(isThere) ? chosen : usualFlips(spec);
  const found = useMemo(() => flips(part.rows, { before, after }), [part, before, after]);
  return (
    <section aria-labelledby="flips-title">
      <header className="section-head">
        <h3 id="flips-title">{t("Where answers flip")}</h3>
        <CellSelect
          label={t("From")}
          {...{ spec, cell: before }}
          onChange={(cell) => useEvaluated.setState({ flips: [cell, after] })}
        />
        <CellSelect
          label={t("to")}
          {...{ spec, cell: after }}
          onChange={(cell) => useEvaluated.setState({ flips: [before, cell] })}
        />
      </header>
      <DifferenceWords {...{ part, spec, before, after }} />
      <div className="flips">
        <FlipList evaluated={evaluated} title={t("Won")} flips={found.filter(isWon)} />
        <FlipList
          evaluated={evaluated}
          title={t("Lost")}
          flips={found.filter((flip) => !isWon(flip))}
        />
      </div>
    </section>
  );
}

function isWon({ change }: Flip): boolean {
  return change === "won";
}

interface CellSelectProps {
  readonly label: string;
  readonly spec: EvaluationSpec;
  readonly cell: CellPlace;
  readonly onChange: (cell: CellPlace) => void;
}

function CellSelect({ label, spec, cell, onChange }: CellSelectProps) {
  const titles = armTitles(spec);
  return (
    <label className="inline-field">
      <span>{label}</span>
      <select
        value={`${cell.arm} ${cell.budget}`}
        onChange={({ currentTarget }) => {
          const [arm, budget] = currentTarget.value.split(" ").map(Number);
          onChange({ arm: arm!, budget: budget! });
        }}
      >
        {spec.arms.map((_, arm) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an arm is its index
          <optgroup key={arm} label={titles[arm]!}>
            {spec.budgets.map((_, budget) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a budget is its index
              <option key={budget} value={`${arm} ${budget}`}>
                {inARow([titles[arm]!, budgetTitle(spec, budget)])}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

interface DifferenceWordsProps {
  readonly part: ProblemPart;
  readonly spec: EvaluationSpec;
  readonly before: CellPlace;
  readonly after: CellPlace;
}

function DifferenceWords({ part, spec, before, after }: DifferenceWordsProps) {
  const words = useMemo(() => {
    const { arm, budget } = after;
    const isGraded = (cell: CellPlace) =>
      part.rows.some(
        (row) => row.arm === cell.arm && row.budget === cell.budget && row.correct !== null,
      );
    if (!isGraded(before) || !isGraded(after)) return null;
    const { n, difference } = differenceOf(part.rows, { cell: { arm, budget }, against: before });
    const points = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;
    const { value, low, high } = difference;
    const [name, other] = [after, before].map((cell) => cellTitle(spec, cell.arm, cell.budget));
    return tCount(
      n,
      "{name} against {other}: {points} points (95 % interval {low} to {high}), on the same {count} problem.",
      "{name} against {other}: {points} points (95 % interval {low} to {high}), on the same {count} problems.",
      {
        ...{ name: name!, other: other! },
        ...{ points: points(value), low: points(low), high: points(high) },
      },
    );
  }, [part, spec, before, after]);
  return <p className="lead">{words ?? t("Nothing to compare yet.")}</p>;
}

interface FlipListProps {
  readonly evaluated: Evaluated;
  readonly title: string;
  readonly flips: readonly Flip[];
}

function FlipList({ evaluated, title, flips: of }: FlipListProps) {
  const before = new Map(of.map((flip) => [flip.after, flip.before]));
  return (
    <section aria-label={title}>
      <h4>
        {title} <span className="soft">{of.length}</span>
      </h4>
      {of.length === 0 && <p className="soft">{t("None.")}</p>}
      <RowList
        evaluated={evaluated}
        rows={of.map(({ after }) => after)}
        about={(row) =>
          t("before: {answer}", {
            answer: revealControls(before.get(row)!.answer ?? t("no answer")),
          })
        }
        onOpen={(row) => compareTrees(evaluated, [before.get(row)!, row])}
      />
    </section>
  );
}
