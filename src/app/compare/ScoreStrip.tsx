import type { StoreApi } from "zustand";
import { useStore } from "zustand";
import { formatCount, formatDuration, formatPlural } from "../format.ts";
import { Icon } from "../panels/Icon.tsx";
import type { Moment } from "../panels/moment.ts";
import { ShortText } from "../panels/ShortText.tsx";
import { type Standing, standingAt } from "./strip.ts";

interface ScoreStripProps {
  moment: StoreApi<Moment>;
  isAhead: boolean;
}

/** How a run stands at the moment that is shown: what it answers, and what that has cost. */
export function ScoreStrip({ moment, isAhead }: ScoreStripProps) {
  const { tree, at } = useStore(moment);
  const standing = standingAt(tree, at);
  const { accuracy } = standing;
  return (
    <div className="score-strip">
      <p className="standing">
        <AnswerNow standing={standing} />
        {isAhead && (
          <span
            className="badge ahead"
            title="Its answer is right at this point, and not all others' are"
          >
            ahead
          </span>
        )}
        <span className="soft">
          {standing.voters > 0 && `${standing.votes} of ${formatPlural(standing.voters, "vote")}`}
        </span>
        <span
          className="soft"
          title={
            accuracy === null
              ? "None has ended yet, or nobody can check them"
              : `${percent(accuracy.value)} of the ended candidates are right; 95 % interval ${percent(accuracy.low)} to ${percent(accuracy.high)}`
          }
        >
          {accuracy === null
            ? "none ended"
            : `${accuracy.hits} of ${accuracy.n} right (${percent(accuracy.low)}–${percent(accuracy.high)})`}
        </span>
      </p>
      <dl className="spent">
        <Spent name="solutions" about="Solutions or their equivalent in steps">
          {formatCount(standing.solutions)}
        </Spent>
        <Spent name="policy tokens" about="Tokens sampled from the policy">
          {formatCount(standing.policyTokens)}
        </Spent>
        <Spent
          name="PRM calls"
          about={`Calls of the verifier, which has read ${formatPlural(standing.prmTokens, "token")}`}
        >
          {formatCount(standing.prmCalls)}
        </Spent>
        <Spent name="time" about="Time inside the search">
          {formatDuration(standing.ms)}
        </Spent>
      </dl>
    </div>
  );
}

function AnswerNow({ standing: { answer, correct, isFinal } }: { standing: Standing }) {
  if (answer === null) return <span className="soft">no answer yet</span>;
  const verdict = correct === null ? "" : correct ? "right" : "wrong";
  return (
    <span className="answer-now" data-final={isFinal}>
      {correct !== null && (
        <span className={correct ? "is-right" : "is-wrong"}>
          <Icon name={correct ? "check" : "cross"} />
        </span>
      )}
      <ShortText className="mono" text={answer} cap={40} />
      <span className={correct === null ? "soft" : correct ? "is-right" : "is-wrong"}>
        {[verdict, isFinal ? "" : "so far"].filter((word) => word !== "").join(", ")}
      </span>
    </span>
  );
}

function Spent({ name, about, children }: { name: string; about: string; children: string }) {
  return (
    <div title={about}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
