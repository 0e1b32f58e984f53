import { inEnglish } from "../lib/said.ts";
import type { StepVerdict } from "./family.ts";

/** A verdict with its reason in English, for tests to look at. */
export function toldVerdict(verdict: StepVerdict) {
  return verdict.right ? verdict : { ...verdict, because: inEnglish(verdict.because) };
}
