import { msg } from "../../../lib/said.ts";
import type { Origin } from "../../../protocol/proposals.ts";
import type { SharesWords } from "../../../protocol/strategy-facts/facts.ts";
import type { Visits } from "../../../protocol/visits.ts";
import { formatCount, formatDuration, formatScore } from "../../format.ts";
import { t, tParts } from "../../words/t.ts";
import { NodeLink } from "../NodeLink.tsx";
import { MathText } from "./MathText.tsx";
import type { Moment, NodeFacts } from "./read-node.ts";

/** The numbers of a node, and when each came about. */
export function NodeFactList({ facts }: { facts: NodeFacts }) {
  const { unit, origin, duplicateOf, answer } = facts;
  return (
    <dl className="facts">
      {answer && (
        <Fact name={t("Answer")}>
          {answer.answer === null ? (
            t("none that can be read")
          ) : (
            <MathText text={answer.answer} cap={200} />
          )}
        </Fact>
      )}
      <Fact name={t(unit === "token" ? "Likelihood of the path" : "Score")}>
        {Number.isNaN(facts.score) ? t("not scored") : formatScore(facts.score)}
        {facts.rollout && <RolloutFact rollout={facts.rollout} />}
      </Fact>
      {facts.second && (
        <Fact name={t("Second score")}>
          {formatScore(facts.second.score)}
          <span className="soft">
            {" · "}
            {t("by {model}, which decides nothing", { model: facts.second.name })}
          </span>
        </Fact>
      )}
      {facts.visits && <VisitFacts visits={facts.visits} words={facts.shares ?? TREE_WORDS} />}
      <WrittenFacts facts={facts} />
      {origin !== null && <Fact name={t("Origin")}>{t(ORIGINS[origin])}</Fact>}
      {duplicateOf !== null && (
        <Fact name={t("Duplicate of")}>
          <NodeLink node={duplicateOf} />
        </Fact>
      )}
      {facts.revises !== null && (
        <Fact name={t("Tries again after")}>
          <NodeLink node={facts.revises} />
        </Fact>
      )}
      {facts.proposed && <Fact name={t("Proposed")}>{momentText(facts.proposed)}</Fact>}
      {facts.scored && <Fact name={t("Scored")}>{momentText(facts.scored)}</Fact>}
      {facts.pruned && <Fact name={t("Pruned")}>{momentText(facts.pruned.when)}</Fact>}
    </dl>
  );
}

/** Whose score a node has that was looked ahead from. */
function RolloutFact({ rollout: { end, own } }: { rollout: NonNullable<NodeFacts["rollout"]> }) {
  const node = <NodeLink node={end} />;
  return (
    <span className="soft">
      {" · "}
      {own === null
        ? tParts("at the end of its rollout, {node}", { node })
        : tParts("at the end of its rollout, {node}; its own step {score}", {
            ...{ node, score: formatScore(own) },
          })}
    </span>
  );
}

/** What the policy told of what it wrote. One token needs fewer words than a step. */
function WrittenFacts({ facts: { unit, tokens, logprob, ended } }: { facts: NodeFacts }) {
  if (unit === "token") {
    return logprob !== null && <Fact name={t("Log-probability")}>{logprob.toFixed(4)}</Fact>;
  }
  return (
    <>
      {logprob !== null && (
        <Fact name={t("Log-probability")}>
          {logprob.toFixed(2)}
          {tokens !== null && tokens > 0 && (
            <span className="soft">
              {" · "}
              {t("{number} a token", { number: (logprob / tokens).toFixed(2) })}
            </span>
          )}
        </Fact>
      )}
      {tokens !== null && <Fact name={t("Tokens")}>{tokens}</Fact>}
      {ended !== null && <Fact name={t("Ended by")}>{t(ENDED[ended])}</Fact>}
    </>
  );
}

/** What the statistics of a tree search are called. */
const TREE_WORDS: SharesWords = { count: msg("Visits"), share: msg("Value") };

interface VisitFactsProps {
  visits: Visits;
  words: SharesWords;
}

/** What a search counts of a node; in a tree search two terms are added to choose among siblings. */
function VisitFacts({ visits, words }: VisitFactsProps) {
  const { visits: count, value, prior, exploit, explore } = visits;
  const isUnknown = words === TREE_WORDS && count === 0;
  return (
    <>
      <Fact name={t(words.count)}>{formatCount(count)}</Fact>
      <Fact name={t(words.share)}>{isUnknown ? t("not visited") : formatScore(value)}</Fact>
      {prior !== undefined && <Fact name={t("Prior")}>{formatScore(prior)}</Fact>}
      {exploit !== undefined && explore !== undefined && (
        <Fact name={t("Rule")}>
          {(exploit + explore).toFixed(2)}
          <span className="soft">
            {" · "}
            {t("{exploit} exploit + {explore} explore", {
              ...{ exploit: formatScore(exploit), explore: explore.toFixed(2) },
            })}
          </span>
        </Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who wrote a step. */
const ORIGINS = {
  policy: msg("policy"),
  human: msg("a person"),
  replay: msg("replay"),
  copy: msg("copy"),
  rollout: msg("rollout"),
} as const satisfies Record<Origin, string>;

const ENDED = {
  step: msg("the end of the line"),
  stop: msg("the end of the solution"),
  length: msg("the greatest length of a step"),
} as const;

function momentText({ seq, round, ms }: Moment): string {
  return [
    ...(round === null ? [] : [t("round {number}", { number: round })]),
    t("event {event}", { event: seq }),
    formatDuration(ms),
  ].join(" · ");
}
