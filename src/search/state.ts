import { type Fact, type NodeId, ROOT } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import { factsOf } from "../protocol/strategy-facts/table.ts";
import type { Answer } from "./answer.ts";
import type { SearchContext } from "./context.ts";
import type { Proposed, Sampling, Steps } from "./ports.ts";
import { problemFact } from "./problem-fact.ts";
import { Spend } from "./spend.ts";

/** A node as the search sees it. */
export interface Candidate {
  readonly id: NodeId;
  /** `null` for the root. */
  readonly parent: Candidate | null;
  readonly steps: Steps;
  readonly ended: Proposed["ended"];
  /** What the model stated after the reasoning. */
  readonly stated: string | null;
  /** `null` as long as it is not finished. */
  readonly answer: Answer | null;
  /** The first node that says the same after the same prefix; mostly its own id. */
  readonly original: NodeId;
  /** What the seeds of its children are derived from; see `sampleSteps`. */
  readonly stream: number;
  /** Answers of earlier attempts that the policy sees, oldest first. */
  readonly attempts?: readonly string[];
  /** Of the problem before another attempt at it: the node at which the one before it ended. */
  readonly revises?: NodeId;
  /** Geometric mean of the probabilities of its tokens at temperature 1, in [0, 1]; `null` if the policy does not tell. */
  readonly likelihood: number | null;
}

/** What the pieces of one search share. */
export interface SearchState {
  /** Without a verifier if the strategy asks none. */
  readonly context: SearchContext;
  readonly spend: Spend;
  readonly root: Candidate;
  /** The id of the next node that is announced. */
  nextId: NodeId;
  /** The first node that says something, by what it says and where. */
  readonly originals: Map<string, NodeId>;
  /** How many children, and how many rollouts, were announced of a node that has any. */
  readonly kids: Map<NodeId, { steps: number; rollouts: number }>;
  /** Nodes whose score is in the log. */
  readonly scored: Set<NodeId>;
}

/** `stepTokens`: most tokens that one node can have; those of a step if not told. */
export function startSearch(
  context: SearchContext,
  stepTokens: number = mostTokens(context.sampling),
): SearchState {
  const { budget, elapsedMs, verifier } = context;
  return {
    context,
    spend: new Spend({
      budget,
      elapsedMs,
      scores: verifier !== null,
      stepTokens,
    }),
    root: {
      id: ROOT,
      parent: null,
      steps: [],
      ended: "step",
      stated: null,
      answer: null,
      original: ROOT,
      stream: context.seed,
      likelihood: null,
    },
    nextId: ROOT + 1,
    originals: new Map(),
    kids: new Map(),
    scored: new Set(),
  };
}

/** Most tokens of one step: the step and the answer after the last one, each with the token that ends it. */
function mostTokens({ maxStepTokens }: Sampling): number {
  return 2 * (maxStepTokens + 1);
}

/** The first fact of every log. */
export function started({ context }: SearchState, strategy: Strategy): Fact {
  const { problem, earlier = [], policy, verifier, sampling, seed, budget, producer } = context;
  const { unit } = factsOf(strategy);
  return {
    type: "started",
    problem: problemFact(problem),
    ...(unit !== undefined && { unit }),
    ...(earlier.length > 0 && { earlier: [...earlier] }),
    strategy,
    policy: { name: policy.name, revision: policy.revision },
    verifier: verifier && { name: verifier.name, revision: verifier.revision },
    sampling,
    seed,
    budget,
    producer,
  };
}

/** The nodes from the first step to this one. */
export function pathOf(candidate: Candidate): Candidate[] {
  const path: Candidate[] = [];
  for (let node = candidate; node.parent !== null; node = node.parent) path.push(node);
  return path.reverse();
}
