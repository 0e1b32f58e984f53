import { deriveSeed } from "../../lib/random.ts";

/** Problems in two halves that have nothing to do with their order, which is mostly by level. What is learnt on one is tried on the other. */
export function foldsOf(problems: readonly number[]): [readonly number[], readonly number[]] {
  const isSecond = (problem: number) => (deriveSeed(2, problem) & 1) === 1;
  return [problems.filter((each) => !isSecond(each)), problems.filter(isSecond)];
}
