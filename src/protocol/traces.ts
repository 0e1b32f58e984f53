import { z } from "zod";

/** Longest attempt, in steps, and most attempts of one trace. */
const MAX_STEPS = 64;
const MAX_ATTEMPTS = 64;

const RecordedAttempt = z
  .strictObject({
    steps: z.array(z.string().max(4_000)).min(1).max(MAX_STEPS),
    /** As it was stated after the steps; `null` if the attempt never ended. */
    answer: z.string().max(4_000).nullable(),
    /** What a verifier said after each step, in [0, 1]; `null` if none was asked. */
    scores: z.array(z.number().min(0).max(1)).nullable(),
  })
  .refine(({ steps, scores }) => scores === null || scores.length === steps.length, {
    path: ["scores"],
    message: "must be as many as there are steps",
  });
/** A solution that somebody wrote earlier, right or wrong. */
export type RecordedAttempt = z.infer<typeof RecordedAttempt>;

/** Attempts at one problem that were recorded elsewhere, to be looked at as a run. */
export const TraceSpec = z.strictObject({
  /** As a person would type it. */
  problem: z.string().min(1).max(2_000),
  /** The family that the problem is meant for; read from its text unless told. */
  family: z.string().max(40).optional(),
  attempts: z.array(RecordedAttempt).min(1).max(MAX_ATTEMPTS),
  /** Who wrote them and when, in a few words: `S/policy at 2M tokens`. */
  about: z.string().trim().min(1).max(120),
});
export type TraceSpec = z.infer<typeof TraceSpec>;
