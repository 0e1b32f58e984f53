import { deriveSeed } from "../../lib/random.ts";
import type { Batch } from "../../models/embedded/trainer-kernel.ts";
import { encodeSolution } from "../../models/embedded/vocabulary.ts";
import type { Labelled } from "../labels/labels.ts";
import { createJudgedLessons } from "../prm/generative-lessons.ts";
import type { Recipe } from "../recipe.ts";
import { createRevisionLessons, mixLessons, type Revising } from "../revisions/revision-lessons.ts";
import { createCorpus } from "./corpus.ts";

/** One sequence to learn from. */
export interface Lesson {
  readonly tokens: readonly number[];
  /** By token, as in `Batch`. */
  readonly weights: readonly number[];
}

/** What a tuning learns: to solve the problems of the corpus, to judge labelled attempts, or to revise them. */
export type Subject =
  | { readonly kind: "solving" }
  | {
      readonly kind: "judging";
      readonly attempts: readonly Labelled[];
      /** Of a token of a right solution, where a judgement weighs 1. */
      readonly languageWeight: number;
    }
  | ({
      readonly kind: "revising";
      /** Share of lessons that are of the corpus. */
      readonly solving: number;
    } & Revising);

/** An endless supply; a lesson is a pure function of its seed. */
export type Lessons = (seed: number) => Lesson;

export function createLessons(recipe: Recipe, subject: Subject): Lessons {
  if (subject.kind === "judging") return createJudgedLessons(subject);
  if (subject.kind === "solving") return createSolvedLessons(recipe);
  const revised = createRevisionLessons(subject, recipe.model.context);
  return mixLessons(createSolvedLessons(recipe), subject.solving, revised);
}

function createSolvedLessons(recipe: Recipe): Lessons {
  const exampleAt = createCorpus(recipe);
  return (seed) => {
    const { tokens, promptLength } = encodeSolution(exampleAt(seed));
    return { tokens, weights: tokens.map((_, t) => (t < promptLength ? 0 : 1)) };
  };
}

/** Draws lessons until the next one would not fit. */
export function drawBatch(lessonAt: Lessons, seed: number, maxTokens: number): Batch {
  const tokens: number[] = [];
  const weights: number[] = [];
  const lengths: number[] = [];
  for (let i = 0; ; i++) {
    const next = lessonAt(deriveSeed(seed, i));
    if (tokens.length + next.tokens.length > maxTokens) return { tokens, weights, lengths };
    tokens.push(...next.tokens);
    weights.push(...next.weights);
    lengths.push(next.tokens.length);
  }
}
