import { inEnglish, type Said } from "../lib/said.ts";
/**
 * A family of problems that a program can generate, render and check. One
 * folder per family; `families.ts` lists them, and nothing else has to change
 * when one is added.
 *
 * A problem is its text: `P` is what the family parses that text into, and
 * `render(parse(text))` is the canonical spelling, the one a policy reads.
 */
export interface Family<P = unknown> {
  /** Stable id, also the folder's name: `expressions`, `countdown`. */
  readonly name: string;
  /** For the interface: one sentence that says what is asked. */
  readonly about: string;
  /** Difficulty levels, easiest first. */
  readonly levels: readonly number[];
  /** A problem that a newcomer can follow, in canonical spelling. */
  readonly example: string;

  /**
   * The problem of this level and seed. The same arguments give the same
   * problem for ever. `held-out` and `train` problems are disjoint whatever the
   * seed: a problem belongs to one split by a hash of its text.
   */
  generate(options: { level: number; seed: number; split: Split }): P;
  /** The split that a problem belongs to, whoever wrote it. */
  splitOf(problem: P): Split;
  levelOf(problem: P): number;
  render(problem: P): string;
  /**
   * Reads a problem that a person typed. Throws a `ProblemError` whose message
   * says what is wrong and where; for a well-formed problem without a solution
   * it says so too.
   */
  parse(text: string): P;

  /**
   * Whether a text that a person typed is meant for this family: cheap, and true
   * for at most one family for any text that some family can parse. `parse` may
   * still refuse it.
   */
  owns(text: string): boolean;

  /** A judge of one solution, from its first line on; linear in the number of lines it is given. */
  judge(problem: P): StepJudge;
  /** Judges `step` as the next line after `before` (lines that may be wrong themselves). */
  checkStep(problem: P, before: readonly string[], step: string): StepVerdict;
  /**
   * Judges a finished solution: its lines, and what it stated as its answer
   * (`null` when it stated none).
   */
  grade(problem: P, steps: readonly string[], stated: string | null): Grade;
  /**
   * A light title of a step in a few words of the imperative, "multiply 9 by 14",
   * at most 40 characters in English; `null` when the line says nothing that has a name. A
   * wrong line is named by what it tries.
   */
  titleOf(problem: P, before: readonly string[], step: string): Said | null;
  /**
   * A solution to learn from, drawn with `random`: lines without the delimiter
   * and the answer as stated. `ending` is "dead-end" for an honest line of
   * reasoning that does not reach the goal and says so; families in which every
   * right line leads on ignore it.
   */
  writeSolution(
    problem: P,
    random: () => number,
    ending: "solved" | "dead-end",
  ): { steps: string[]; answer: string };
}

export type Split = "train" | "held-out";

/** What the checker knows of one line. */
export type StepVerdict =
  | {
      /** Nothing in the line itself is wrong. */
      readonly right: true;
      /** The goal can still be reached from here; always true where every right line leads on. */
      readonly reachable: boolean;
      /** The line is the last that a complete solution needs. */
      readonly complete: boolean;
    }
  | {
      readonly right: false;
      /** Closed set, for colours and counts. */
      readonly fault: "malformed" | "arithmetic" | "operand" | "remainder" | "after-error";
      /** One sentence for people, with the values: "14-9 is 5, not 6". */
      readonly because: Said;
    };

/** Judges the lines of one solution: each call is about the line after those of the calls before. */
export type StepJudge = (step: string) => StepVerdict;

/** `canonical` is equal for answers that mean the same, `null` if none could be read; votes are counted by it. */
export interface Grade {
  readonly answer: string | null;
  readonly canonical: string | null;
  readonly correct: boolean;
}

/** A problem that cannot be used, in words meant for the person who typed it; its `message` is in English. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly said: Said;
  /** Offset into the text at which it goes wrong, where there is one. */
  readonly at: number | null;

  constructor(said: Said, at: number | null = null) {
    super(inEnglish(said));
    this.said = said;
    this.at = at;
  }
}
