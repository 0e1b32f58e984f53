import { NO_USE, type Use, type UseDelta } from "../protocol/budget.ts";
import { type NodeId, ROOT, type RunEvent } from "../protocol/events.ts";
import type { Policy, Proposed, Steps, Verdicts, Verifier } from "../search/ports.ts";

type Reply = Omit<Proposed, "ask">;
type Told = Extract<RunEvent, { type: "scored" | "judged" }>;

/** A child that was announced, and what the policy said in its place; `null` if it never did. */
interface Place {
  readonly node: NodeId;
  reply: (Reply & { readonly seq: number }) | null;
}

/** What a verifier said of the path to a node. */
interface Verdict {
  scores: readonly number[];
  /** What was spent with it; nothing once that was told again. */
  spent: UseDelta;
}

/**
 * What the models of a run said, as far as its log goes, to be said again: a
 * search that is given these replies asks for the same in the same order, so it
 * comes to where the log stops without anybody being asked twice, and goes on
 * from there with models that are really asked. What was spent is told again with
 * what it was spent on, so the totals are those of a run that never stopped.
 *
 * An ask is known by its prefix: of several with the same, the log has the
 * children in the order of the asks.
 */
export class RecordedReplies {
  readonly #steps = new Map<NodeId, Steps>([[ROOT, []]]);
  readonly #places = new Map<string, Place[]>();
  readonly #byNode = new Map<NodeId, Place>();
  readonly #verdicts = {
    scored: new Map<string, Verdict>(),
    judged: new Map<string, Verdict>(),
  };

  constructor(log: Iterable<RunEvent>) {
    // As an account begins: nothing was reasoned yet, which is known.
    let use: Use = { ...NO_USE, reasoningTokens: 0 };
    let second = { prmTokens: 0, prmCalls: 0 };
    for (const event of log) {
      if (event.type === "expanded") this.#announce(event);
      else if (event.type === "proposed") this.#propose(event, deltaOf(use, event.use));
      else if (event.type === "answered") this.#answer(event);
      else if (event.type === "scored") this.#judge(event, deltaOf(use, event.use));
      else if (event.type === "judged") {
        const { prmTokens, prmCalls } = event.spent;
        const spent = {
          ...NOTHING,
          prmTokens: prmTokens - second.prmTokens,
          prmCalls: prmCalls - second.prmCalls,
        };
        this.#judge(event, spent);
        second = event.spent;
      }
      if ("use" in event) use = event.use;
    }
  }

  /** What was said before comes first, in the order in which it was said. */
  policy(policy: Policy): Policy {
    const take = (prefix: Steps) => this.#places.get(keyOf(prefix))?.shift()?.reply ?? null;
    return {
      ...policy,
      async *propose(asks, signal) {
        const replies = asks.map(({ prefix }, ask) => ({ ask, reply: take(prefix) }));
        const said = replies.flatMap(({ ask, reply }) => (reply ? [{ ask, ...reply }] : []));
        for (const { seq: _, ...proposed } of said.toSorted((a, b) => a.seq - b.seq)) {
          signal.throwIfAborted();
          yield proposed;
        }
        const open = replies.filter(({ reply }) => reply === null).map(({ ask }) => ask);
        if (open.length === 0) return;
        const rest = open.map((ask) => asks[ask]!);
        for await (const proposed of policy.propose(rest, signal)) {
          yield { ...proposed, ask: open[proposed.ask]! };
        }
      },
      dispose: () => policy.dispose(),
    };
  }

  /** `which`: of the verifier that the search decided by, or of the second one. */
  verifier(verifier: Verifier, which: "scored" | "judged"): Verifier {
    const known = this.#verdicts[which];
    return {
      ...verifier,
      async score(asks, signal): Promise<Verdicts> {
        const said = asks.map(({ steps }) => known.get(keyOf(steps)));
        const rest = asks.filter((_, i) => said[i] === undefined);
        const fresh =
          rest.length === 0 ? { scores: [], spent: NOTHING } : await verifier.score(rest, signal);
        const spent = asks
          .filter((_, i) => said[i] !== undefined)
          .flatMap(({ steps }) => spentAlong(steps, known));
        let next = 0;
        return {
          scores: said.map((verdict) => verdict?.scores ?? fresh.scores[next++]!),
          spent: spent.reduce(sumOf, fresh.spent),
        };
      },
      dispose: () => verifier.dispose(),
    };
  }

  #announce({ node, first, kids }: Extract<RunEvent, { type: "expanded" }>): void {
    const key = keyOf(this.#steps.get(node) ?? []);
    const places = this.#places.get(key) ?? [];
    this.#places.set(key, places);
    for (let i = 0; i < kids; i++) {
      const place = { node: first + i, reply: null };
      places.push(place);
      this.#byNode.set(place.node, place);
      this.#steps.set(place.node, this.#steps.get(node) ?? []);
    }
  }

  #propose(event: Extract<RunEvent, { type: "proposed" }>, spent: UseDelta): void {
    const { node, step: text, tokens, reasoningTokens, logprob, ended, seq } = event;
    this.#steps.set(node, [...(this.#steps.get(node) ?? []), text]);
    const place = this.#byNode.get(node);
    if (place === undefined) return;
    place.reply = {
      ...{ text, tokens, logprob, ended, seq, spent, answer: null },
      ...(reasoningTokens !== undefined && { reasoningTokens }),
    };
  }

  #answer({ node, answer, stated = answer }: Extract<RunEvent, { type: "answered" }>): void {
    const place = this.#byNode.get(node);
    if (place?.reply) place.reply = { ...place.reply, answer: stated };
  }

  #judge({ type, node, steps: scores }: Told, spent: UseDelta): void {
    const known = this.#verdicts[type];
    const key = keyOf(this.#steps.get(node) ?? []);
    const before = known.get(key)?.spent ?? NOTHING;
    known.set(key, { scores, spent: sumOf(before, spent) });
  }
}

const { ms: _, ...NOTHING } = NO_USE;

/** What was spent on the path, told once: of a batch, the log has it with the first node that was told of. */
function spentAlong(steps: Steps, known: Map<string, Verdict>): UseDelta[] {
  return steps.flatMap((_, i) => {
    const verdict = known.get(keyOf(steps.slice(0, i + 1)));
    if (verdict === undefined) return [];
    const { spent } = verdict;
    verdict.spent = NOTHING;
    return [spent];
  });
}

function keyOf(steps: Steps): string {
  return JSON.stringify(steps);
}

const UNITS = ["policyTokens", "promptTokens", "policyCalls", "prmTokens", "prmCalls"] as const;

function combined(
  a: Partial<Use>,
  b: Partial<Use>,
  combine: (a: number, b: number) => number,
): UseDelta {
  const of = (unit: keyof Use) => combine(a[unit] ?? 0, b[unit] ?? 0);
  const known = (unit: "flops" | "reasoningTokens") =>
    a[unit] === undefined || b[unit] === undefined ? {} : { [unit]: of(unit) };
  const units = Object.fromEntries(UNITS.map((unit) => [unit, of(unit)]));
  return { ...NOTHING_KNOWN, ...units, ...known("flops"), ...known("reasoningTokens") };
}

const { flops: __, reasoningTokens: ___, ...NOTHING_KNOWN } = NOTHING;

function deltaOf(before: Use, after: Use): UseDelta {
  return combined(after, before, (a, b) => a - b);
}

function sumOf(a: UseDelta, b: UseDelta): UseDelta {
  return combined(a, b, (x, y) => x + y);
}
