import "./round.css";
import { useMemo, useState } from "react";
import type { Tree } from "../../../protocol/tree.ts";
import { peek, seek } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t, tParts } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { NodeLink } from "../NodeLink.tsx";
import { measured, useSlowMoment } from "../side/slow-moment.ts";
import { CandidateRow } from "./CandidateRow.tsx";
import { DotPlot } from "./DotPlot.tsx";
import {
  isDecided,
  type Losers,
  type Round,
  readRound,
  roundEnd,
  type ShownRound,
  shownRound,
} from "./read-round.ts";
import { readSimulation } from "./read-simulation.ts";
import {
  cutWords,
  easeWords,
  effectiveWords,
  LOST,
  noRoundWords,
  roundWords,
  undecidedWords,
} from "./round-words.ts";
import { SimulationSteps } from "./SimulationSteps.tsx";

/** The round at the moment that is shown, as a decision: what was kept, what was not, and where the cut was. */
export function RoundPanel() {
  const { tree, version, at } = useSlowMoment();
  const { shown, simulation } = useMemo(
    () =>
      measured(() => {
        const simulation = readSimulation(tree, at);
        return {
          version,
          simulation,
          shown: simulation ? roundOf(tree, at) : shownRound(tree, at),
        };
      }),
    [tree, version, at],
  );
  return (
    <section className="panel round" aria-labelledby="round-title" ref={stopPeeking}>
      <header>
        <h2 id="round-title">
          {shown === null ? t("Round") : t("Round {number}", { number: shown.round.round })}
        </h2>
        {shown !== null && <span className="soft">{roundWords(shown.round)}</span>}
        {tree.rounds.length > 0 && <RoundButtons tree={tree} at={shown?.at ?? at} />}
      </header>
      {shown === null ? (
        <p className="soft">{noRoundWords(tree.started?.strategy)}</p>
      ) : (
        <>
          {shown.begun && (
            <p className="soft">
              {t("Round {number} has begun: {state}.", {
                ...{ number: shown.begun.round, state: roundWords(shown.begun) },
              })}
            </p>
          )}
          {simulation && <SimulationSteps {...{ tree, simulation }} />}
          {(simulation === null || isDecided(shown.round)) && (
            <>
              {shown.round.ease !== null && <p className="soft">{easeWords(shown.round.ease)}</p>}
              {shown.round.effective !== null && (
                <p className="soft">{effectiveWords(shown.round.effective)}</p>
              )}
              <DotPlot round={shown.round} />
              <Ranking key={shown.round.from} tree={tree} shown={shown} />
            </>
          )}
        </>
      )}
    </section>
  );
}

/** A simulation is told at every moment of it: nothing is cut in it that had to be waited for. */
function roundOf(tree: Tree, at: number): ShownRound | null {
  const round = readRound(tree, at);
  return round && { round, at, begun: null };
}

/** To the moment at which a neighbouring round was decided. */
function RoundButtons({ tree, at }: { tree: Tree; at: number }) {
  const previous = roundEnd(tree, at, -1);
  const next = roundEnd(tree, at, 1);
  return (
    <span className="end round-buttons">
      <button
        type="button"
        className="icon"
        aria-label={t("Decision of the round before")}
        disabled={previous === null}
        onClick={() => previous !== null && seek(previous)}
      >
        <Icon name="prevEvent" />
      </button>
      <button
        type="button"
        className="icon"
        aria-label={t("Decision of the next round")}
        disabled={next === null}
        onClick={() => next !== null && seek(next)}
      >
        <Icon name="nextEvent" />
      </button>
    </span>
  );
}

/** Candidates in the page before anyone asks for more, and how many more each time. */
const PAGE = 100;

/** Those that go on, the cut line, and below it the rest by what they were pruned for. */
function Ranking({ tree, shown: { round, at } }: { tree: Tree; shown: ShownRound }) {
  const selected = useView((view) => view.selected);
  const [most, setMost] = useState(PAGE);
  const decided = isDecided(round);
  const first = firstOf(round, most);
  return (
    <>
      <ol className="ranking">
        {round.kept.slice(0, first.kept).map((candidate, i) => (
          <CandidateRow
            key={candidate.node}
            {...{ tree, at, candidate }}
            isKept
            isSelected={candidate.node === selected}
            place={decided ? placeOf(round, i) : null}
            tellsRival={false}
          />
        ))}
        {decided && (
          <li className="cut-line">
            <span>{cutWords(round)}</span>
          </li>
        )}
        {first.losers.map((losers) => (
          <LosersRows key={losers.reason} {...{ tree, at, losers }} />
        ))}
      </ol>
      {!decided && (
        <p className="soft">
          {undecidedWords(round, at, tree.seq > round.to || tree.ending !== null)}
        </p>
      )}
      {round.total > most && (
        <p className="soft">
          {t("Showing {shown} of {count}.", { shown: most, count: round.total })}{" "}
          <button type="button" className="link" onClick={() => setMost(most + PAGE)}>
            {t("show more")}
          </button>
        </p>
      )}
    </>
  );
}

/** Candidates rank for themselves; in a vote their answers do, and those that are kept say the first. */
function placeOf({ losers }: Round, index: number): number {
  return losers.some(({ reason }) => reason === "superseded") ? 1 : index + 1;
}

interface LosersRowsProps {
  tree: Tree;
  at: number;
  losers: Losers;
}

function LosersRows({ tree, at, losers: { reason, candidates } }: LosersRowsProps) {
  const selected = useView((view) => view.selected);
  const rival = candidates[0]?.beatenBy ?? null;
  const isCommon = candidates.every(({ beatenBy }) => beatenBy === rival);
  return (
    <>
      <li className="lost">
        {isCommon && rival !== null
          ? tParts(reason === "duplicate" ? "{why}: {node}" : "{why}: beaten by {node}", {
              why: t(LOST[reason]),
              node: <NodeLink node={rival} />,
            })
          : t(LOST[reason])}
      </li>
      {candidates.map((candidate) => (
        <CandidateRow
          key={candidate.node}
          {...{ tree, at, candidate }}
          isKept={false}
          isSelected={candidate.node === selected}
          place={null}
          tellsRival={!isCommon}
        />
      ))}
    </>
  );
}

/** The first so many candidates of a round. */
function firstOf({ kept, losers }: Round, most: number): { kept: number; losers: Losers[] } {
  let left = most - kept.length;
  const shown: Losers[] = [];
  for (const { reason, candidates } of losers) {
    if (left <= 0) break;
    shown.push({ reason, candidates: candidates.slice(0, left) });
    left -= candidates.length;
  }
  return { kept: most, losers: shown };
}

/** A list that goes away while the pointer is on it never sees the pointer leave. */
function stopPeeking(): () => void {
  return () => peek(null);
}
