import type { UseDelta } from "../../../protocol/budget.ts";
import type { EarlierTurn } from "../../../protocol/events.ts";
import type { Scoring } from "../../../protocol/scoring.ts";
import type { ScoreAsk, Steps, Verifier } from "../../../search/ports.ts";
import { type AskSignals, eachInTurn } from "../each-in-turn.ts";
import type { ModelServer } from "../model-server.ts";
import { remoteName } from "../remote-policy.ts";
import { type Spending, sumSpending } from "../spending.ts";
import { contextLogitsScorer } from "./context-logits-scorer.ts";
import { judgeScorer } from "./judge-scorer.ts";
import { poolingScorer } from "./pooling-scorer.ts";
import { signsScorer } from "./signs-scorer.ts";
import type { StepScorer } from "./step-scorer.ts";

export interface OpenRemoteVerifier {
  readonly server: ModelServer;
  readonly connection: { readonly id: string; readonly model: string; readonly scoring: Scoring };
  /** Fields that the server refuses. */
  readonly refuses: readonly string[];
  readonly problem: string;
  readonly earlier: readonly EarlierTurn[];
}

/**
 * A verifier on a server, for one run of one problem. Solutions are requests of
 * their own, all of them in flight at once as far as the server's window lets
 * them. What is scored already is not asked for again: a model that reads from
 * left to right says of a step what it said before anything came after it; a
 * judge may not, so of him only whole solutions are remembered.
 */
export function openRemoteVerifier(options: OpenRemoteVerifier): Verifier {
  const paths = new ScoredPaths(scorerOf(options), {
    remembersPrefixes: options.connection.scoring.kind !== "judge",
  });
  return {
    name: remoteName(options.connection),
    revision: "remote",
    async score(asks, signal) {
      const scores: (readonly number[])[] = [];
      let spending = NOTHING;
      const answers = eachInTurn(asks, signal, (ask, _, signals) => paths.score(ask, signals));
      for await (const answer of answers) {
        scores.push(answer.scores);
        spending = sumSpending(spending, answer.spending);
      }
      return { scores, spent: useDelta(spending) };
    },
    dispose: () => paths.forget(),
  };
}

const NOTHING: Spending = { written: 0, lost: 0, read: 0, calls: 0 };

function scorerOf({
  connection: { model, scoring },
  server,
  refuses,
  ...asked
}: OpenRemoteVerifier): StepScorer {
  const options = { server, model, question: questionOf(asked) };
  switch (scoring.kind) {
    case "pooling":
      return poolingScorer({ ...options, scoring });
    case "context logits":
      return contextLogitsScorer({ ...options, scoring });
    case "signs":
      return signsScorer({ ...options, scoring });
    case "judge":
      return judgeScorer({ ...options, scoring, refuses });
  }
}

/** Verifiers read one question; what was asked before it stands above it. */
function questionOf({ problem, earlier }: Pick<OpenRemoteVerifier, "problem" | "earlier">): string {
  return [...earlier.flatMap((turn) => [turn.problem, turn.answer]), problem].join("\n\n");
}

class ScoredPaths {
  readonly #scorer: StepScorer;
  readonly #remembersPrefixes: boolean;
  /** Scores of all steps of a path. */
  readonly #known = new Map<string, readonly number[]>();

  constructor(scorer: StepScorer, { remembersPrefixes }: { remembersPrefixes: boolean }) {
    this.#scorer = scorer;
    this.#remembersPrefixes = remembersPrefixes;
  }

  async score(
    ask: ScoreAsk,
    signals: AskSignals,
  ): Promise<{ readonly scores: readonly number[]; readonly spending: Spending }> {
    const steps = readableSteps(ask);
    const before = this.#longestKnown(steps);
    if (before.length === steps.length) return { scores: before, spending: NOTHING };
    const more = await this.#scorer({ steps, from: before.length }, signals);
    const scores = [...before, ...more.scores];
    const least = this.#remembersPrefixes ? 1 : steps.length;
    for (let length = least; length <= steps.length; length++) {
      this.#known.set(JSON.stringify(steps.slice(0, length)), scores.slice(0, length));
    }
    return { scores, spending: more.spending };
  }

  forget(): void {
    this.#known.clear();
  }

  #longestKnown(steps: Steps): readonly number[] {
    const least = this.#remembersPrefixes ? 1 : steps.length;
    for (let length = steps.length; length >= least; length--) {
      const known = this.#known.get(JSON.stringify(steps.slice(0, length)));
      if (known !== undefined) return known;
    }
    return [];
  }
}

/** The steps as a verifier reads them: an answer that was stated apart from them ends the last one. */
function readableSteps({ steps, answer }: ScoreAsk): Steps {
  const last = steps.at(-1);
  if (last === undefined || answer === null || last.includes(answer)) return steps;
  return [...steps.slice(0, -1), `${last}\nThe answer is ${answer}.`];
}

/** As a run counts it. How many operations that took is not known. */
function useDelta({ written, lost, read, calls }: Spending): UseDelta {
  return {
    ...{ policyTokens: 0, promptTokens: 0, policyCalls: 0 },
    ...{ prmTokens: read + written + lost, prmCalls: calls },
  };
}
