import type { StepVerdict } from "../../../problems/family.ts";
import { select } from "../../state/actions.ts";
import { t } from "../../words/t.ts";
import { ScoreBar } from "../ScoreBar.tsx";
import { MathText } from "./MathText.tsx";
import type { PrefixLine as Line } from "./read-node.ts";
import { StepTitle } from "./StepTitle.tsx";
import { Verdict } from "./Verdict.tsx";

interface PrefixLineProps {
  line: Line;
  /** From 1. */
  number: number;
  /** It is the selected node itself. */
  isLast: boolean;
  /** `null`: nobody has checked it. */
  verdict: StepVerdict | null;
  /** Of the line before. */
  before: StepVerdict | null;
}

/** One step of a prefix. Its number selects it in the tree. */
export function PrefixLine({ line, number, isLast, verdict, before }: PrefixLineProps) {
  return (
    <li className="prefix-line" aria-current={isLast ? "step" : undefined}>
      <button
        type="button"
        className="line-number"
        aria-label={t("Select step {number}, node {node}", { number, node: String(line.node) })}
        disabled={isLast}
        onClick={() => select(line.node)}
      >
        {number}
      </button>
      <div className="line-text">
        {line.isSampling ? (
          <span className="soft">{t("being sampled …")}</span>
        ) : (
          <>
            <StepTitle node={line.node} />
            <MathText key={line.text} text={line.text} />
          </>
        )}
      </div>
      <ScoreBar score={line.score} />
      {verdict && <Verdict verdict={verdict} before={before} />}
    </li>
  );
}
