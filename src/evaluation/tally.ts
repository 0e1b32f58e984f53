import { NO_USE, type Use } from "../protocol/budget.ts";
import type { EvaluationRow, RowPlace } from "../protocol/evaluations.ts";
import { type Fact, type NodeId, ROOT } from "../protocol/events.ts";
import { revisionOutcomes } from "../protocol/revision-outcomes.ts";
import { factsOf } from "../protocol/strategy-facts/table.ts";

type Selected = Extract<Fact, { type: "selected" }>;

/** Reads the facts of one search into what a row says of it. */
export class Tally {
  readonly #depths = new Map<NodeId, number>([[ROOT, 0]]);
  readonly #steps: number[] = [];
  readonly #scores = new Map<NodeId, number>();
  #use: Use = NO_USE;
  #selected: Selected | null = null;
  #why: EvaluationRow["why"] = null;
  /** What chains of attempts are read from; `null` where nothing revises. */
  #attempts: Fact[] | null = null;

  add(fact: Fact): void {
    if ("use" in fact) this.#use = fact.use;
    if (fact.type === "started" && factsOf(fact.strategy).revises) this.#attempts = [];
    this.#attempts?.push(fact);
    if (fact.type === "expanded") this.#grow(fact);
    else if (fact.type === "scored") this.#scores.set(fact.node, fact.score);
    else if (fact.type === "selected") this.#selected = fact;
    else if (fact.type === "finished") this.#why = fact.why;
  }

  /** `error`: why the search failed; `null` if it did not. */
  row(place: RowPlace, computed: number, error: string | null): EvaluationRow {
    return {
      ...place,
      status: error === null ? "finished" : "failed",
      why: this.#why,
      error,
      ...{ nodes: this.#depths.size, solutions: Math.max(0, ...this.#steps.filter(Boolean)) },
      use: this.#use,
      computed,
      ...(this.#selected ? this.#votes(this.#selected) : NOTHING_SELECTED),
      ...this.#revised(),
    };
  }

  #grow({ node, first, kids }: Extract<Fact, { type: "expanded" }>): void {
    const depth = this.#depths.get(node)! + 1;
    this.#steps[depth] = (this.#steps[depth] ?? 0) + kids;
    for (let i = 0; i < kids; i++) this.#depths.set(first + i, depth);
  }

  #revised(): Pick<EvaluationRow, "revisions"> {
    if (this.#attempts === null || this.#selected === null) return {};
    const { answer, correct } = this.#selected;
    if (answer !== null && correct === null) return {};
    return { revisions: revisionOutcomes(this.#attempts) };
  }

  #votes({ votes, unreadable, path, answer, correct }: Selected): typeof NOTHING_SELECTED {
    const voters = votes.flatMap(({ nodes, correct }) => nodes.map((node) => ({ node, correct })));
    const right = voters.filter((voter) => voter.correct === true);
    const wrong = voters.filter((voter) => voter.correct === false);
    const scores = this.#scoresOf(voters);
    const weight = votes.reduce((sum, vote) => sum + vote.weight, 0);
    return {
      ...{ answer, correct: answer === null ? false : correct },
      finished: voters.length + unreadable,
      right: right.length,
      answers: votes.length,
      agreement: votes[0] && weight > 0 ? votes[0].weight / weight : null,
      score: this.#scores.get(path.at(-1) ?? ROOT) ?? null,
      meanScore:
        scores.length > 0 ? scores.reduce((sum, score) => sum + score) / scores.length : null,
      bestRight: bestOf(this.#scoresOf(right)),
      bestWrong: bestOf(this.#scoresOf(wrong)),
    };
  }

  #scoresOf(voters: readonly { readonly node: NodeId }[]): number[] {
    return voters.flatMap(({ node }) => this.#scores.get(node) ?? []);
  }
}

type Choice = Pick<
  EvaluationRow,
  | "answer"
  | "correct"
  | "finished"
  | "right"
  | "answers"
  | "agreement"
  | "score"
  | "meanScore"
  | "bestRight"
  | "bestWrong"
>;

const NOTHING_SELECTED: Choice = {
  ...{ answer: null, correct: false, finished: 0, right: 0, answers: 0 },
  ...{ agreement: null, score: null, meanScore: null, bestRight: null, bestWrong: null },
};

function bestOf(scores: readonly number[]): number | null {
  return scores.length > 0 ? Math.max(...scores) : null;
}
