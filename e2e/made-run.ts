import type { Page } from "@playwright/test";
import { NO_USE } from "../src/protocol/budget.ts";
import { EVENT_VERSION, type Fact, type PruneReason } from "../src/protocol/events.ts";
import type { RunSummary } from "../src/protocol/runs.ts";
import type { Strategy } from "../src/protocol/strategies.ts";

/** One step of a run that nobody started. Its id is its place among all steps, from 1. */
export interface MadeStep {
  /** 0 is the problem. */
  readonly parent: number;
  readonly step: string;
  readonly score?: number;
  readonly pruned?: PruneReason;
  readonly answer?: { readonly text: string; readonly correct: boolean | null };
}

export interface MadeRun {
  readonly problem: string;
  /** In the order of proposal: siblings beside each other. */
  readonly rounds: readonly (readonly MadeStep[])[];
  /** From the first step to the chosen one. */
  readonly selected?: readonly number[];
  /** Why it failed in the end. */
  readonly failed?: string;
}

/** Shows a run whose log is made up here, as if a server had it. */
export async function openMadeRun(page: Page, run: MadeRun, query = ""): Promise<void> {
  const lines = logOf(run).map((event) => JSON.stringify(event));
  const body = `id: ${lines.length - 1}\ndata: [${lines.join(",")}]\n\nevent: end\ndata: \n\n`;
  await page.route("**/api/runs/made/events", (route) =>
    route.fulfill({ contentType: "text/event-stream", body }),
  );
  await page.route("**/api/runs/made", (route) => route.fulfill({ json: summaryOf(run) }));
  await page.goto(`/?run=made${query}`);
}

function summaryOf({ problem, rounds, failed }: MadeRun): RunSummary {
  const nodes = rounds.flat().length;
  return {
    ...{ id: "made", createdAt: "2026-01-01T00:00:00.000Z" },
    status: failed === undefined ? "finished" : "failed",
    problem: { family: null, text: problem, level: null },
    strategy: strategyOf(nodes),
    ...{ policy: MADE, verifier: MADE, seed: 1, lastSeq: 0, nodes: nodes + 1 },
    ...{ answer: null, correct: null, use: NO_USE, error: failed ?? null },
  };
}

/** Such as could have made so many steps. */
function strategyOf(steps: number): Strategy {
  return { name: "majority", n: Math.min(steps, 1024) };
}

const MADE = { name: "made", revision: "1" };

function logOf({ problem, rounds, selected, failed }: MadeRun): object[] {
  const count = rounds.flat().length;
  const facts: Fact[] = [
    {
      type: "started",
      problem: { family: null, text: problem, level: null },
      strategy: strategyOf(count),
      ...{ policy: MADE, verifier: MADE },
      sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
      seed: 1,
      budget: {},
      producer: "made@1",
    },
  ];
  let first = 1;
  for (const [i, steps] of rounds.entries()) {
    facts.push({ type: "round", round: i + 1, phase: "expand" }, ...factsOf(steps, first));
    first += steps.length;
  }
  const use = { ...NO_USE, policyTokens: 12 * count };
  if (failed !== undefined) facts.push({ type: "failed", error: failed, use });
  else {
    if (selected) facts.push(selection(rounds.flat(), selected));
    facts.push({ type: "finished", why: "complete", use });
  }
  return facts.map((fact, seq) => ({ v: EVENT_VERSION, run: "made", seq, t: seq, ...fact }));
}

/** What happens in one round. */
function factsOf(steps: readonly MadeStep[], first: number): Fact[] {
  const facts: Fact[] = [];
  for (const [i, { parent }] of steps.entries()) {
    if (steps[i - 1]?.parent === parent) continue;
    const kids = steps.filter((step) => step.parent === parent).length;
    facts.push({ type: "expanded", node: parent, first: first + i, kids });
  }
  for (const [i, { step, score, pruned, answer }] of steps.entries()) {
    const node = first + i;
    const use = { ...NO_USE, policyTokens: 12 * node };
    const ended = answer ? "stop" : "step";
    facts.push({
      ...{ type: "proposed", node, step, tokens: 12, logprob: -1, ended, origin: "policy", use },
    });
    if (answer) {
      const { text, correct } = answer;
      facts.push({ type: "answered", node, answer: text, canonical: text, correct });
    }
    if (score !== undefined) {
      facts.push({ type: "scored", node, score, scorer: "made", steps: [score], use });
    }
    if (pruned) {
      const nodes = [{ node, reason: pruned, rank: i + 1, cut: null, beatenBy: null }];
      facts.push({ type: "pruned", nodes });
    } else facts.push({ type: "kept", nodes: [node] });
  }
  return facts;
}

function selection(steps: readonly MadeStep[], path: readonly number[]): Fact {
  const last = path.at(-1)!;
  const { answer, score = 0 } = steps[last - 1]!;
  const { text = null, correct = null } = answer ?? {};
  return {
    ...{ type: "selected", path: [0, ...path], method: "argmax", answer: text, correct },
    votes:
      text === null
        ? []
        : [{ canonical: text, answer: text, weight: score, nodes: [last], correct }],
    unreadable: 0,
  };
}

/** A problem in words with a solution in formulas, good and bad steps beside it. */
export const TRIANGLE: MadeRun = {
  problem:
    "A rope of length $12$ is bent into a right triangle whose legs differ by $1$. It cost $5 a metre. What is the area of the triangle?",
  rounds: [
    [
      {
        parent: 0,
        step: "Let the legs be $a$ and $a+1$; then the hypotenuse is $c=\\sqrt{a^2+(a+1)^2}$.",
        score: 0.93,
      },
      {
        parent: 0,
        step: "Let the legs be $a$ and $a-1$, so $c = 2a-1$.",
        score: 0.22,
        pruned: "not_top_k",
      },
      {
        parent: 0,
        step: "The price is $12 \\cdot 5 = 60$ dollars.",
        score: 0.31,
        pruned: "not_top_k",
      },
    ],
    [
      {
        parent: 1,
        step: "The rope gives \\[a + (a+1) + \\sqrt{a^2+(a+1)^2} = 12,\\] so \\(\\sqrt{2a^2+2a+1} = 11-2a\\).",
        score: 0.9,
      },
      {
        parent: 1,
        step: "Then $a+a+1=12$ and $a=\\frac{11}{2}$.",
        score: 0.12,
        pruned: "not_top_k",
      },
    ],
    [
      {
        parent: 4,
        step: "Squaring, $2a^2+2a+1 = 121-44a+4a^2$, that is $a^2-23a+60=0$.",
        score: 0.78,
      },
      { parent: 4, step: "Squaring, $2a^2+2a+1 = 121-4a^2$.", score: 0.34, pruned: "not_top_k" },
      {
        parent: 4,
        step: "Squaring, $2a^2+2a+1 = 121-44a+4a^2$, that is $a^2-23a+60=0$.",
        score: 0.78,
        pruned: "duplicate",
      },
    ],
    [
      {
        parent: 6,
        step: "$$a = \\frac{23 \\pm \\sqrt{529-240}}{2} = \\frac{23\\pm 17}{2}$$ and only $a=3$ is short enough.",
        score: 0.46,
      },
    ],
    [
      {
        parent: 9,
        step: "The legs are $3$ and $4$, the area is $\\frac{1}{2}\\cdot 3\\cdot 4$, so \\boxed{6}.",
        score: 0.97,
        answer: { text: "6", correct: true },
      },
      {
        parent: 9,
        step: "The legs are $3$ and $4$, the area is $3\\cdot 4 = \\boxed{12}$.",
        score: 0.28,
        pruned: "superseded",
        answer: { text: "12", correct: false },
      },
    ],
  ],
  selected: [1, 4, 6, 9, 10],
};
