import { FAMILIES } from "../problems/families.ts";
import { MATH } from "../problems/math/grade.ts";
import type { ModelCard, ModelList } from "../protocol/runs.ts";

const EVERY_FAMILY = FAMILIES.map(({ name }) => name);
/** What a script can write words about. */
const EVERY_PROBLEM = [...EVERY_FAMILY, MATH];

/** Policies without a model, and how many ms they take for a token. */
export const SCRIPTED_PACE = { scripted: 0, "scripted-slow": 20, "scripted-hostile": 0 } as const;
export type ScriptedName = keyof typeof SCRIPTED_PACE;

export function isScripted(name: string): name is ScriptedName {
  return Object.hasOwn(SCRIPTED_PACE, name);
}

/** Whether a name is that of a model on a server of the user's: the connection and its model, `my-server/qwen`. */
export function isRemote(name: string): boolean {
  return name.includes("/");
}

const CHECKER = withoutWeights("checker", "verifier", {
  about: "The exact checker: what a perfect verifier would say.",
});
const SCRIPTED = withoutWeights("scripted", "policy", {
  about: "No model: right and wrong steps by a script, at once. For trying things out.",
});
const SCRIPTED_SLOW = withoutWeights("scripted-slow", "policy", {
  about: `The script, at ${SCRIPTED_PACE["scripted-slow"]} ms a token, to be watched.`,
});
const SCRIPTED_HOSTILE = withoutWeights("scripted-hostile", "policy", {
  about: "The script, with texts in place of steps that try to break whatever shows them.",
});
const SCRIPTED_VERIFIER = withoutWeights("scripted", "verifier", {
  about: "No model: the exact checker's verdicts, blurred. For trying things out.",
});

/**
 * Everything that can be asked for by name: the embedded models of these cards,
 * what derives from them, and what needs no weights.
 */
export function modelList(cards: readonly ModelCard[]): ModelList {
  const policies = cards.filter(({ role }) => role === "policy");
  return {
    policies: [
      ...[...policies, SCRIPTED, SCRIPTED_SLOW].map((card) => ({ ...card, tellsTokens: true })),
      SCRIPTED_HOSTILE,
    ],
    verifiers: [
      ...cards.filter(({ role }) => role === "verifier"),
      CHECKER,
      ...policies.slice(0, 1).map(logprobCard),
      SCRIPTED_VERIFIER,
    ],
  };
}

/** The baseline verifier: it reads with the first of the embedded policies, and is listed only if there is one. */
function logprobCard({ name, revision, parameters, families }: ModelCard): ModelCard {
  return {
    name: "logprob",
    revision,
    role: "verifier",
    about: `How likely the policy ${name} itself finds the steps: the baseline that a verifier has to beat.`,
    parameters,
    families,
  };
}

function withoutWeights(
  name: string,
  role: ModelCard["role"],
  { about }: { about: string },
): ModelCard {
  const families = name === "checker" ? EVERY_FAMILY : EVERY_PROBLEM;
  return { name, revision: "1", role, about, parameters: 0, families };
}
