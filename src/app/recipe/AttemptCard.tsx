import { msg } from "../../lib/said.ts";
import { OutcomeMark } from "../panels/runs/OutcomeMark.tsx";
import { ScoreBar } from "../panels/ScoreBar.tsx";
import { revealControls } from "../plain-text.ts";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";

interface ShownStep {
  readonly text: string;
  /** What a PRM said after it, in [0, 1]; NaN if none was asked. */
  readonly score: number;
}

export interface ShownAttempt {
  /** How it was written. */
  readonly how: keyof typeof HOW;
  readonly steps: readonly ShownStep[];
  /** `null`: it never ended, or nobody can read what it ended with. */
  readonly answer: string | null;
  /** `null`: nobody here can tell. */
  readonly correct: boolean | null;
}

const HOW = { greedy: msg("greedy"), sampled: msg("sampled") } as const;

/** One solution as a model wrote it: its steps with their scores, its answer, and whether that is right. */
export function AttemptCard({ how, steps, answer, correct }: ShownAttempt) {
  const verdict = verdictOf(answer, correct);
  const isScored = steps.some(({ score }) => !Number.isNaN(score));
  return (
    <li className="attempt">
      <p className="outcome-line">
        <OutcomeMark mark={verdict.mark} />
        {inARow([t(HOW[how]), t(verdict.word)])}
      </p>
      <ol className="mono" aria-label={t("Steps")}>
        {steps.map(({ text, score }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name, and never move
          <li key={i}>
            <span>{revealControls(text)}</span>
            {isScored && <ScoreBar score={score} />}
          </li>
        ))}
      </ol>
      <p className="mono soft">{answer === null ? t("no answer") : revealControls(answer)}</p>
    </li>
  );
}

function verdictOf(answer: string | null, correct: boolean | null) {
  if (answer === null) return { mark: "stopped", word: msg("no answer") } as const;
  if (correct === null) return { mark: "answered", word: msg("answered") } as const;
  return correct
    ? ({ mark: "right", word: msg("right") } as const)
    : ({ mark: "wrong", word: msg("wrong") } as const);
}
