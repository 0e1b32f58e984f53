import { type Context, ofSize } from "./context.ts";
import { evaluate } from "./evaluation/stage.ts";
import { labelNoise } from "./labels/noise-stage.ts";
import { labels } from "./labels/stage.ts";
import { fromStepLabels, GENERATIVE_NAME, generative } from "./prm/generative-stage.ts";
import { prmReport } from "./prm/report-stage.ts";
import { prm } from "./prm/stage.ts";
import { publishPolicy, publishPrm } from "./publish.ts";
import { revisions } from "./revisions/stage.ts";
import { reinforced } from "./rl/stage.ts";
import { body, policy, trunk } from "./tuning/stages.ts";
import type { Stage } from "./work/stage.ts";

/** Something that `npm run train -- NAME` makes; what it builds on is made first. */
export interface Target {
  readonly name: string;
  readonly about: string;
  /** Whether the size has it at all; every size unless told otherwise. */
  readonly isFor?: (context: Context) => boolean;
  /** Whether `all` makes it; it does unless told otherwise. */
  readonly inAll?: false;
  readonly make: (context: Context) => Promise<unknown>;
}

const hasBody = ({ recipe }: Context) => recipe.body !== undefined;
const hasRevisions = ({ recipe }: Context) => recipe.revisions !== undefined;
const hasGenerative = ({ recipe }: Context) => recipe.generative !== undefined;

/** In the order in which `all` makes them. */
export const TARGETS: readonly Target[] = [
  {
    name: "policy",
    about: "an LM that writes reasoning, leaving its training early",
    make: policy,
  },
  {
    name: "body",
    about: "the same LM trained on, to become the PRM",
    isFor: hasBody,
    make: body,
  },
  {
    name: "labels",
    about: "the policy's own attempts, labelled step by step",
    isFor: hasBody,
    make: madeLabels,
  },
  {
    name: "label-noise",
    about: "what labels by rollouts get wrong, and what they cost",
    make: madeNoiseReport,
  },
  {
    name: "prm",
    about: "a head on the body that scores steps",
    isFor: hasBody,
    make: madePrm,
  },
  {
    name: "generative",
    about: "the PRM in another form: the body tuned to write + or - after each step",
    isFor: hasGenerative,
    make: madeGenerative,
  },
  {
    name: "prm-report",
    about: "how well the PRM judges held-out steps, and what other labels would have given",
    isFor: hasBody,
    make: madePrmReport,
  },
  {
    name: "evaluate",
    about: "searches of held-out problems",
    make: madeEvaluation,
  },
  {
    name: "publish",
    about: "weights and cards where the product finds them",
    make: publish,
  },
  {
    name: "publish-generative",
    about: "the generative PRM searched with, and published beside the other",
    isFor: hasGenerative,
    inAll: false,
    make: publishGenerative,
  },
  {
    name: "revisions",
    about: "the policy tuned on its own wrong attempts to revise them, and published",
    isFor: hasRevisions,
    inAll: false,
    make: publishRevisions,
  },
  {
    name: "rl",
    about: "the policy trained by reinforcement with the PRM's rewards, and published",
    isFor: () => true,
    make: publishReinforced,
  },
  {
    name: "rl-arms",
    about: "reinforcement with every kind of reward and every seed, to compare them",
    isFor: () => true,
    inAll: false,
    make: everyArm,
  },
];

async function madeLabels(context: Context): Promise<Stage> {
  return labels(context, await policy(context));
}

async function madeNoiseReport(context: Context): Promise<Stage> {
  return labelNoise(context, await policy(context));
}

async function madePrm(context: Context): Promise<Stage> {
  return prm(context, await body(context), await madeLabels(context));
}

async function madeGenerative(context: Context): Promise<Stage> {
  return generative(context, await body(context), await madeLabels(context));
}

async function madePrmReport(context: Context): Promise<Stage> {
  return prmReport(context, {
    policy: await policy(context),
    body: await body(context),
    labels: await madeLabels(context),
    prm: await madePrm(context),
    generative: hasGenerative(context) ? await madeGenerative(context) : null,
    stepLabels: await fromStepLabels(context, await policy(context)),
  });
}

/** The PRM that searches with this size's policy: its own, or that of another size. */
function verifierOf(context: Context): Promise<Stage> {
  return madePrm(judgeOf(context));
}

/** The size whose body is the PRM's. */
function judgeOf(context: Context): Context {
  return hasBody(context) ? context : ofSize(context, context.recipe.verifier!);
}

async function madeEvaluation(context: Context): Promise<Stage> {
  return evaluate(context, await policy(context), await verifierOf(context));
}

async function publish(context: Context): Promise<void> {
  const { recipe } = context;
  const heldOut = await madeEvaluation(context);
  const policyStage = await policy(context);
  publishPolicy(context, {
    name: nameOf(context),
    about: ABOUT[recipe.size],
    weights: policyStage,
    tokens: recipe.policy.branchTokens + recipe.policy.decayTokens,
    madeBy: [await trunk(context, recipe.policy.branchTokens), policyStage],
    heldOut,
  });
  if (recipe.body === undefined) return;
  const labelStage = await madeLabels(context);
  const prmStage = await madePrm(context);
  publishPrm(context, {
    name: "sentei-prm",
    about: "A process reward model: the same LM trained longer, with a head on its own surprisal.",
    prm: prmStage,
    labels: labelStage,
    reports: { prm: await madePrmReport(context), noise: await madeNoiseReport(context) },
    tokens: recipe.body.branchTokens + recipe.body.decayTokens,
    madeBy: [
      await trunk(context, recipe.body.branchTokens),
      await body(context),
      labelStage,
      prmStage,
    ],
    heldOut,
  });
}

async function publishGenerative(context: Context): Promise<void> {
  const { recipe } = context;
  const bodyStage = await body(context);
  const labelStage = await madeLabels(context);
  const prmStage = await madeGenerative(context);
  const of = { name: "held-out-generative", step: "prm", label: "generative" } as const;
  publishPrm(context, {
    name: GENERATIVE_NAME,
    about:
      "A process reward model that writes + or - after each step: the same LM, tuned to judge.",
    prm: prmStage,
    labels: labelStage,
    reports: null,
    tokens: recipe.body!.branchTokens + recipe.body!.decayTokens + recipe.generative!.tokens,
    madeBy: [await trunk(context, recipe.body!.branchTokens), bodyStage, labelStage, prmStage],
    heldOut: await evaluate(context, await policy(context), prmStage, { ...of, body: bodyStage }),
  });
}

/** The policy that revises, and what it is worth where it attempts once. */
async function publishRevisions(context: Context): Promise<void> {
  const { recipe } = context;
  const before = await policy(context);
  const after = await revisions(context, before);
  const of = { name: "held-out-revisions", step: "policy" } as const;
  publishPolicy(context, {
    name: `${nameOf(context)}-revise`,
    about: "The same LM tuned on its own wrong attempts, to revise them.",
    weights: after,
    tokens: recipe.policy.branchTokens + recipe.policy.decayTokens + recipe.revisions!.tokens,
    madeBy: [await trunk(context, recipe.policy.branchTokens), before, after],
    heldOut: await evaluate(context, after, await verifierOf(context), of),
  });
}

/** The published arm of reinforcement, with its first seed. */
async function madeReinforced(context: Context): Promise<Stage> {
  const { published, seeds } = context.recipe.rl;
  const models = { policy: await policy(context), prm: await verifierOf(context) };
  return reinforced(context, { arm: published, seed: seeds[0]! }, models);
}

/** Reinforcement with each arm and seed: what the rewards differ in. */
async function everyArm(context: Context): Promise<void> {
  const { arms, seeds } = context.recipe.rl;
  const models = { policy: await policy(context), prm: await verifierOf(context) };
  for (const seed of seeds) {
    for (const arm of Object.keys(arms)) await reinforced(context, { arm, seed }, models);
  }
}

/** The reinforced policy, and a PRM that has seen what it writes. */
async function publishReinforced(context: Context): Promise<void> {
  const { recipe } = context;
  const policyStage = await madeReinforced(context);
  const labelStage = await labels(context, policyStage, "labels-rl");
  const judge = judgeOf(context);
  const prmName = judge === context ? "prm-rl" : `prm-rl-${recipe.size.toLowerCase()}`;
  const prmStage = await prm(judge, await body(judge), labelStage, prmName);
  const of = { name: "held-out-rl", step: "reinforcement" } as const;
  const heldOut = await evaluate(context, policyStage, prmStage, of);
  const tuned = [await trunk(context, recipe.policy.branchTokens), await policy(context)];
  publishPolicy(context, {
    name: `${nameOf(context)}-rl`,
    about: "The same LM after reinforcement with the PRM's rewards.",
    weights: policyStage,
    tokens: recipe.policy.branchTokens + recipe.policy.decayTokens,
    madeBy: [...tuned, policyStage],
    heldOut,
  });
  publishPrm(judge, {
    name: `sentei-${prmName}`,
    about: "The process reward model, its head fitted to what the reinforced policy writes.",
    prm: prmStage,
    labels: labelStage,
    reports: null,
    tokens: judge.recipe.body!.branchTokens + judge.recipe.body!.decayTokens,
    madeBy: [labelStage, prmStage],
    heldOut,
  });
}

function nameOf({ recipe }: Context): string {
  return `sentei-${recipe.size.toLowerCase()}`;
}

const ABOUT: Readonly<Record<Context["recipe"]["size"], string>> = {
  XS: "A very small LM: what search can make of it is the question.",
  S: "A small LM that left its training early: right often enough to be worth searching.",
  L: "A larger LM, more than 14 times XS: what a small one with search is held against.",
};
