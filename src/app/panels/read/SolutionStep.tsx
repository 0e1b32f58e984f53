import { select } from "../../state/actions.ts";
import { t } from "../../words/t.ts";
import { MathText } from "../node/MathText.tsx";
import { StepTitle } from "../node/StepTitle.tsx";
import { ScoreBar } from "../ScoreBar.tsx";
import { Alternatives } from "./Alternatives.tsx";
import type { SolutionStep as Step } from "./read-solution.ts";

/** A step of a solution, its score in the margin, and what else there was in its place. */
export function SolutionStep({ step, isCurrent }: { step: Step; isCurrent: boolean }) {
  const { node, number, text, mark } = step;
  return (
    <li
      className="solution-step"
      aria-current={isCurrent ? "step" : undefined}
      data-pruned={step.isPruned}
      ref={isCurrent ? bringIntoView : undefined}
    >
      <button
        type="button"
        className="line-number"
        aria-label={t("Select step {number}, node {node}", { number, node: String(node) })}
        onClick={() => select(node)}
      >
        {number}
      </button>
      <div className="solution-text">
        {step.isSampling ? (
          <span className="soft">{t("being sampled …")}</span>
        ) : (
          <>
            <StepTitle node={node} />
            <MathText key={text} text={text} eager />
          </>
        )}
        {step.alternatives > 0 && <Alternatives node={node} count={step.alternatives} />}
      </div>
      <div className="solution-margin">
        <ScoreBar score={step.score} />
        {mark !== "" && (
          <abbr className="drop-mark" data-mark={mark} title={step.markWords}>
            {mark}
          </abbr>
        )}
      </div>
    </li>
  );
}

function bringIntoView(item: HTMLElement | null): void {
  item?.scrollIntoView({ block: "nearest" });
}
