import { msg, type Said } from "../../lib/said.ts";
import type { Selection, Strategy } from "../strategies.ts";

/** Kinds of strategies, in the order in which they are offered. */
export const STRATEGY_GROUPS = [
  msg("Sample"),
  msg("Search over steps"),
  msg("Tree search"),
  msg("Particles"),
  msg("Revise"),
  msg("Over tokens"),
] as const;
export type StrategyGroup = (typeof STRATEGY_GROUPS)[number];

/**
 * What is known of a strategy without running it; nothing else in the project knows it by name.
 * Its texts are English; who shows them says them in the language of the reader.
 */
export interface StrategyFacts<S extends Strategy = Strategy> {
  /** `Best of N`. */
  readonly label: string;
  readonly group: StrategyGroup;
  /** Its name on the command line. */
  readonly flag: string;
  /** What its nodes are; steps if not told. */
  readonly unit?: "token";
  /** Whether it decides by scores, and so cannot run without a verifier. */
  readonly usesVerifier: boolean;
  /** Whether it samples at the run's temperature; otherwise it takes what is likeliest. */
  readonly samples: boolean;
  /** Whether one round makes steps of several depths, so that a column of the tree has no round of its own. */
  readonly mixesDepths?: true;
  /** In the order in which forms show them. */
  readonly parameters: {
    readonly [K in Exclude<keyof S, "name">]-?: ParameterFacts<NonNullable<S[K]>>;
  };
  // Methods, for they are bivariant: facts of one strategy are facts of a strategy.
  /** With its size, as the name of a run: `Beam 16 × 4`. Numbers that are not typed yet are NaN. */
  title(strategy: S): Said;
  /** What it does, in one sentence. */
  story(strategy: S): Said;
  /** How it chooses the answer. */
  selection(strategy: S): Selection;
  /** What it does if nothing limits it, where solutions have so many steps. */
  expects(strategy: S, steps: number): Expected;
  /** Prefixes that it keeps in each round, if it cuts. */
  width?(strategy: S): number;
  /** Whether it shows a policy its own earlier attempts. */
  readonly revises?: true;
  /** What its `visited` facts tell of a node, in words; statistics of a tree search if not told. */
  readonly shares?: SharesWords;
}

/** Words for a part of what is done next: what it comes to, and its part of the whole. */
export interface SharesWords {
  readonly count: string;
  readonly share: string;
}

export interface ParameterFacts<V = unknown> {
  readonly label: string;
  /** What it does, in a few words that go on after the label or the flag. */
  readonly about: string;
  /** Among the fields that most runs leave alone. */
  readonly more?: boolean;
  /** Of a number that is not whole: how far an arrow moves it. */
  readonly step?: number;
  /** What the choices are called; as they are spelt if not told. */
  readonly words?: V extends string ? Readonly<Record<V, string>> : never;
  /** Of yes and no: the flag that says no. */
  readonly off?: string;
}

export interface Expected {
  /** Complete solutions or their equivalent in steps: the unit that `budget.solutions` limits. */
  readonly solutions: number;
  /** Steps that the policy writes. */
  readonly steps: number;
  readonly prmCalls: number;
  /** Mean number of steps that one such call is about. */
  readonly stepsPerCall: number;
}

/** A number of a parameter in words: `?` while it is not typed. */
export function count(value: number): string {
  return Number.isNaN(value) ? "?" : String(value);
}
