import type { Family } from "../problems/family.ts";
import type { Budget } from "../protocol/budget.ts";
import type { EarlierTurn, Sampling } from "../protocol/events.ts";
import type { Policy, Verifier } from "./ports.ts";

/** What a search works on, already read and checked. */
export interface SearchProblem {
  /** `null` if nobody here can grade answers: then equal texts are equal answers. */
  readonly family: Family | null;
  /** What `family.parse(text)` gave; not looked at without a family. */
  readonly parsed: unknown;
  /** Canonical spelling, the one the policy reads. */
  readonly text: string;
  readonly level: number | null;
  /** The right answer where somebody knows it: answers are graded by it, and not by the family. */
  readonly reference?: string;
}

/** Everything that a search depends on. The same context gives the same facts, `use.ms` apart. */
export interface SearchContext {
  readonly problem: SearchProblem;
  /** Questions before it in the same conversation; the models know of them already. */
  readonly earlier?: readonly EarlierTurn[];
  /** Belongs to the caller, who disposes of it. */
  readonly policy: Policy;
  /** Strategies that score throw without it; the others do not touch it. */
  readonly verifier: Verifier | null;
  readonly sampling: Sampling;
  /** Unsigned 32-bit integer. The seeds of all nodes are derived from it; see `sampleSteps`. */
  readonly seed: number;
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /** Who makes the log, `name@version`. */
  readonly producer: string;
  /** Wall time inside the search so far, ms; never falls. For `budget.ms` and `use.ms`. */
  readonly elapsedMs: () => number;
}
