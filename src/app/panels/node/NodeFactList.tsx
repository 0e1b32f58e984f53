import type { SharesWords } from "../../../protocol/strategy-facts/facts.ts";
import type { Visits } from "../../../protocol/visits.ts";
import { formatCount, formatDuration, formatScore } from "../../format.ts";
import { NodeLink } from "../NodeLink.tsx";
import { MathText } from "./MathText.tsx";
import type { Moment, NodeFacts } from "./read-node.ts";

/** The numbers of a node, and when each came about. */
export function NodeFactList({ facts }: { facts: NodeFacts }) {
  const { unit, origin, duplicateOf, answer } = facts;
  return (
    <dl className="facts">
      {answer && (
        <Fact name="Answer">
          {answer.answer === null ? (
            "none that can be read"
          ) : (
            <MathText text={answer.answer} cap={200} />
          )}
        </Fact>
      )}
      <Fact name={unit === "token" ? "Likelihood of the path" : "Score"}>
        {Number.isNaN(facts.score) ? "not scored" : formatScore(facts.score)}
        {facts.rollout && (
          <span className="soft">
            {" · at the end of its rollout, "}
            <NodeLink node={facts.rollout.end} />
            {facts.rollout.own !== null && `; its own step ${formatScore(facts.rollout.own)}`}
          </span>
        )}
      </Fact>
      {facts.second && (
        <Fact name="Second score">
          {formatScore(facts.second.score)}
          <span className="soft"> · by {facts.second.name}, which decides nothing</span>
        </Fact>
      )}
      {facts.visits && <VisitFacts visits={facts.visits} words={facts.shares ?? TREE_WORDS} />}
      <WrittenFacts facts={facts} />
      {origin !== null && <Fact name="Origin">{origin}</Fact>}
      {duplicateOf !== null && (
        <Fact name="Duplicate of">
          <NodeLink node={duplicateOf} />
        </Fact>
      )}
      {facts.revises !== null && (
        <Fact name="Tries again after">
          <NodeLink node={facts.revises} />
        </Fact>
      )}
      {facts.proposed && <Fact name="Proposed">{momentText(facts.proposed)}</Fact>}
      {facts.scored && <Fact name="Scored">{momentText(facts.scored)}</Fact>}
      {facts.pruned && <Fact name="Pruned">{momentText(facts.pruned.when)}</Fact>}
    </dl>
  );
}

/** What the policy told of what it wrote. One token needs fewer words than a step. */
function WrittenFacts({ facts: { unit, tokens, logprob, ended } }: { facts: NodeFacts }) {
  if (unit === "token") {
    return logprob !== null && <Fact name="Log-probability">{logprob.toFixed(4)}</Fact>;
  }
  return (
    <>
      {logprob !== null && (
        <Fact name="Log-probability">
          {logprob.toFixed(2)}
          {tokens !== null && tokens > 0 && (
            <span className="soft">{` · ${(logprob / tokens).toFixed(2)} a token`}</span>
          )}
        </Fact>
      )}
      {tokens !== null && <Fact name="Tokens">{tokens}</Fact>}
      {ended !== null && <Fact name="Ended by">{ENDED[ended]}</Fact>}
    </>
  );
}

/** What the statistics of a tree search are called. */
const TREE_WORDS: SharesWords = { count: "Visits", share: "Value" };

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
      <Fact name={words.count}>{formatCount(count)}</Fact>
      <Fact name={words.share}>{isUnknown ? "not visited" : formatScore(value)}</Fact>
      {prior !== undefined && <Fact name="Prior">{formatScore(prior)}</Fact>}
      {exploit !== undefined && explore !== undefined && (
        <Fact name="Rule">
          {(exploit + explore).toFixed(2)}
          <span className="soft">
            {` · ${formatScore(exploit)} exploit + ${explore.toFixed(2)} explore`}
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

const ENDED = {
  step: "the end of the line",
  stop: "the end of the solution",
  length: "the greatest length of a step",
} as const;

function momentText({ seq, round, ms }: Moment): string {
  const inRound = round === null ? "" : `round ${round} · `;
  return `${inRound}event ${formatCount(seq)} · ${formatDuration(ms)}`;
}
