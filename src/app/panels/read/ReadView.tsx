import "./read.css";
import { useMemo, useState } from "react";
import { useView } from "../../state/view.ts";
import { t, tCount } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { MathText } from "../node/MathText.tsx";
import { ReadActions } from "./ReadActions.tsx";
import { readSolution } from "./read-solution.ts";
import { SolutionEnd } from "./SolutionEnd.tsx";
import { SolutionStep } from "./SolutionStep.tsx";

/** Steps that are in the page before anyone asks for more. */
const FIRST_STEPS = 200;

/** One line of the tree as a solution to be read: the selected one, else the chosen one. */
export function ReadView() {
  const { tree, version, at } = useMoment();
  const selected = useView((view) => view.selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tree is mutable, its version says that it changed
  const solution = useMemo(() => readSolution(tree, selected, at), [tree, version, selected, at]);
  const [whole, setWhole] = useState(false);
  const { steps } = solution;
  const shown = whole ? steps : steps.slice(0, FIRST_STEPS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach it
    <section className="read" aria-label={t("Solution")} tabIndex={0} ref={takeFocus}>
      <article className="solution">
        <header>
          <h2>{t(solution.isChosen ? "The chosen solution" : "A line of the search")}</h2>
          <ReadActions solution={solution} />
        </header>
        <div className="solution-problem">
          <MathText key={solution.problem} text={solution.problem} eager />
        </div>
        {steps.length === 0 && <p className="soft">{t("No step was proposed by this moment.")}</p>}
        <ol className="solution-steps">
          {shown.map((step) => (
            <SolutionStep key={step.node} step={step} isCurrent={step.node === selected} />
          ))}
        </ol>
        {shown.length < steps.length && (
          <button type="button" className="link" onClick={() => setWhole(true)}>
            {tCount(
              steps.length - shown.length,
              "show {count} more step",
              "show {count} more steps",
            )}
          </button>
        )}
        <SolutionEnd solution={solution} />
      </article>
    </section>
  );
}

/** The tree that had the focus cannot be reached any more. */
function takeFocus(section: HTMLElement | null): void {
  if (document.activeElement?.closest("[inert]")) section?.focus({ preventScroll: true });
}
