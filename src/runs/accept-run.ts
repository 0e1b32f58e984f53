import { inEnglish } from "../lib/said.ts";
import { ProblemError } from "../problems/family.ts";
import { MATH } from "../problems/math/grade.ts";
import type { ModelCard, ModelList, RunSpec } from "../protocol/runs.ts";
import { whyUnavailable } from "../protocol/strategy-facts/availability.ts";
import { factsOf, usesVerifier } from "../protocol/strategy-facts/table.ts";
import type { SearchProblem } from "../search/context.ts";
import { problemFact } from "../search/problem-fact.ts";
import { mostNodes } from "../search/strategies.ts";
import { fieldProblem } from "./http-problem.ts";
import type { AcceptedRun, RunLimits } from "./live-runs.ts";
import { isRemote } from "./model-list.ts";
import { readAnyProblem, readProblem, readRunProblem } from "./read-problem.ts";

/** Checks what a schema cannot. Throws an `HttpProblem` 422 that names the field. */
export function acceptRun(
  spec: RunSpec,
  { models, limits }: { models: ModelList; limits: Pick<RunLimits, "nodes"> },
): AcceptedRun {
  const problem = refusing("problem", spec.problem, () => readRunProblem(spec));
  const policy = modelFor(problem, { role: "policy", name: spec.policy, cards: models.policies });
  acceptStrategy(spec, policy);
  const verifier = acceptVerifier(spec, models, problem);
  acceptSecond(spec, models, problem);
  const nodes = mostNodes(spec.strategy);
  if (nodes > limits.nodes) {
    throw fieldProblem({
      field: "strategy",
      message: `it can make ${nodes} nodes, and here a run may have ${limits.nodes}`,
      value: spec.strategy,
    });
  }
  const stamp = ({ name, revision }: ModelCard) => ({ name, revision });
  return {
    spec: { ...spec, earlier: acceptEarlier(spec), verifier: verifier?.name ?? null },
    problem: problemFact(problem),
    policy: stamp(policy),
    verifier: verifier && stamp(verifier),
  };
}

/**
 * Reads a problem that was sent in `field`; `isAny`: whether it may be one that no
 * family knows. Throws an `HttpProblem` 422 with the offset at which it goes wrong.
 */
export function readTyped(field: string, text: string, isAny = false): SearchProblem {
  return refusing(field, text, () => (isAny ? readAnyProblem(text) : readProblem(text)));
}

/** Turns what is wrong with a problem into a refusal of its field. */
function refusing(field: string, text: string, read: () => SearchProblem): SearchProblem {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { message, at } = error;
    throw fieldProblem({ field, message, value: text, ...(at !== null && { at }) });
  }
}

/** Refuses a strategy that asks for more than the policy can do. */
function acceptStrategy({ strategy }: RunSpec, policy: ModelCard): void {
  const message = whyUnavailable(strategy, policy);
  if (message === null) return;
  throw fieldProblem({ field: "strategy", message: inEnglish(message), value: strategy });
}

/** The conversation so far, its problems in canonical spelling. */
function acceptEarlier({ earlier, policy }: RunSpec): RunSpec["earlier"] {
  return earlier.map((turn, i) => ({
    ...turn,
    problem: readTyped(`earlier.${i}.problem`, turn.problem, isRemote(policy)).text,
  }));
}

function acceptVerifier(
  { strategy, verifier }: RunSpec,
  { verifiers }: ModelList,
  problem: SearchProblem,
): ModelCard | null {
  if (!usesVerifier(strategy)) return null;
  if (verifier === null) {
    const message = `${strategy.name} decides by scores and needs one`;
    throw fieldProblem({ field: "verifier", message, value: null });
  }
  return modelFor(problem, { role: "verifier", name: verifier, cards: verifiers });
}

function acceptSecond(
  { strategy, second }: RunSpec,
  { verifiers }: ModelList,
  problem: SearchProblem,
): void {
  if (second === undefined) return;
  if (factsOf(strategy).unit === "token") {
    const message = "a search over tokens has no steps that it could score";
    throw fieldProblem({ field: "second", message, value: second });
  }
  modelFor(problem, { role: "verifier", field: "second", name: second, cards: verifiers });
}

interface Wanted {
  readonly role: ModelCard["role"];
  /** Where it was asked for; as the role is called if not told. */
  readonly field?: string;
  readonly name: string;
  readonly cards: readonly ModelCard[];
}

function modelFor(
  { family }: SearchProblem,
  { role, field = role, name, cards }: Wanted,
): ModelCard {
  const card = cards.find((candidate) => candidate.name === name);
  const refuse = (message: string) => fieldProblem({ field, message, value: name });
  if (card === undefined) {
    const names = cards.map((each) => each.name).join(", ");
    throw refuse(`no ${role} is called "${name}"; there are ${names}`);
  }
  if (family === null && card.remote === undefined && !card.families.includes(MATH)) {
    throw refuse(`${name} knows ${card.families.join(", ")}, and this problem is none of these`);
  }
  if (family !== null && !card.families.includes(family.name)) {
    throw refuse(`${name} knows ${card.families.join(", ")}, and this problem is ${family.name}`);
  }
  return card;
}
