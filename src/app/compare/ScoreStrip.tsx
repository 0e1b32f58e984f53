import type { StoreApi } from "zustand";
import { useStore } from "zustand";
import { formatCount, formatDuration } from "../format.ts";
import { Icon } from "../panels/Icon.tsx";
import type { Moment } from "../panels/moment.ts";
import { ShortText } from "../panels/ShortText.tsx";
import { inARow } from "../words/node-words.ts";
import { t, tCount } from "../words/t.ts";
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
            title={t("Its answer is right at this point, and not all others' are")}
          >
            {t("ahead")}
          </span>
        )}
        <span className="soft">
          {standing.voters > 0 &&
            tCount(standing.voters, "{votes} of {count} vote", "{votes} of {count} votes", {
              votes: standing.votes,
            })}
        </span>
        <span
          className="soft"
          title={
            accuracy === null
              ? t("None has ended yet, or nobody can check them")
              : t("{share} of the ended candidates are right; 95 % interval {low} to {high}", {
                  share: percent(accuracy.value),
                  ...{ low: percent(accuracy.low), high: percent(accuracy.high) },
                })
          }
        >
          {accuracy === null
            ? t("none ended")
            : t("{hits} of {count} right ({low}–{high})", {
                ...{ hits: accuracy.hits, count: accuracy.n },
                ...{ low: percent(accuracy.low), high: percent(accuracy.high) },
              })}
        </span>
      </p>
      <dl className="spent">
        <Spent name={t("solutions")} about={t("Solutions or their equivalent in steps")}>
          {formatCount(standing.solutions)}
        </Spent>
        <Spent name={t("policy tokens")} about={t("Tokens sampled from the policy")}>
          {formatCount(standing.policyTokens)}
        </Spent>
        <Spent
          name={t("PRM calls")}
          about={tCount(
            standing.prmTokens,
            "Calls of the verifier, which has read {count} token",
            "Calls of the verifier, which has read {count} tokens",
          )}
        >
          {formatCount(standing.prmCalls)}
        </Spent>
        <Spent name={t("time")} about={t("Time inside the search")}>
          {formatDuration(standing.ms)}
        </Spent>
      </dl>
    </div>
  );
}

function AnswerNow({ standing: { answer, correct, isFinal } }: { standing: Standing }) {
  if (answer === null) return <span className="soft">{t("no answer yet")}</span>;
  const words = [
    ...(correct === null ? [] : [t(correct ? "right" : "wrong")]),
    ...(isFinal ? [] : [t("so far")]),
  ];
  return (
    <span className="answer-now" data-final={isFinal}>
      {correct !== null && (
        <span className={correct ? "is-right" : "is-wrong"}>
          <Icon name={correct ? "check" : "cross"} />
        </span>
      )}
      <ShortText className="mono" text={answer} cap={40} />
      <span className={correct === null ? "soft" : correct ? "is-right" : "is-wrong"}>
        {inARow(words)}
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
