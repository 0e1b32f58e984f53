import type { Use } from "./budget.ts";
import { EVENT_VERSION, PRUNE_REASONS, type RunEvent } from "./events.ts";
import type { RawEvent } from "./upgrade.ts";

type EventOf<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;
type Base = Pick<RunEvent, "v" | "run" | "seq" | "t">;

/** What the types of a raw field may turn out to be. */
type Raw = Readonly<Record<string, unknown>>;

const MAX_INT = 2_147_483_647;
const ENDS: ReadonlySet<unknown> = new Set(["step", "stop", "length"]);
const ORIGINS: ReadonlySet<unknown> = new Set(["policy", "human", "replay", "copy", "rollout"]);
const REASONS: ReadonlySet<unknown> = new Set(PRUNE_REASONS);

/**
 * The event that the schema would make of `raw`, for the types that nodes are made
 * of, several times faster; `null`: ask the schema. It never takes what the schema
 * would refuse, and does not say what is wrong. A page without eval needs it: there
 * the schema takes longer than all the rest together.
 */
export function quickEvent(raw: RawEvent): RunEvent | null {
  const { v, run, seq, t } = raw;
  if (v !== EVENT_VERSION || typeof run !== "string" || !isCount(seq) || !isAmount(t)) return null;
  const base: Base = { v, run, seq, t };
  switch (raw["type"]) {
    case "expanded":
      return expanded(base, raw);
    case "proposed":
      return proposed(base, raw);
    case "scored":
      return scored(base, raw);
    case "kept":
      return kept(base, raw);
    case "pruned":
      return pruned(base, raw);
    case "answered":
      return answered(base, raw);
    default:
      return null;
  }
}

function expanded({ v, run, seq, t }: Base, raw: Raw): EventOf<"expanded"> | null {
  const { node, first, kids } = raw;
  if (!isInt(node) || !isInt(first) || !isInt(kids) || kids < 1 || kids > 65_536) return null;
  return { v, run, seq, t, type: "expanded", node, first, kids };
}

function proposed({ v, run, seq, t }: Base, raw: Raw): EventOf<"proposed"> | null {
  const { node, step, tokens, reasoningTokens, logprob, ended, origin, duplicateOf } = raw;
  const use = quickUse(raw["use"]);
  if (!isInt(node) || typeof step !== "string" || !isInt(tokens) || use === null) return null;
  if (logprob !== null && !Number.isFinite(logprob)) return null;
  if (!ENDS.has(ended) || !ORIGINS.has(origin)) return null;
  const event = {
    v,
    run,
    seq,
    t,
    type: "proposed",
    node,
    step,
    tokens,
    logprob,
    ended,
    origin,
    use,
  };
  if ("reasoningTokens" in raw) {
    if (!isInt(reasoningTokens)) return null;
    Object.assign(event, { reasoningTokens });
  }
  if ("duplicateOf" in raw) {
    if (!isInt(duplicateOf)) return null;
    Object.assign(event, { duplicateOf });
  }
  // Of tokens and of new attempts only, and the schema knows them.
  if ("control" in raw || "others" in raw || "revises" in raw) return null;
  return event as EventOf<"proposed">;
}

function scored({ v, run, seq, t }: Base, raw: Raw): EventOf<"scored"> | null {
  const { node, score, scorer, steps, rolledOutTo } = raw;
  const use = quickUse(raw["use"]);
  if (!isInt(node) || !isScore(score) || typeof scorer !== "string" || use === null) return null;
  if (!isListOf(steps, isScore)) return null;
  const event = { v, run, seq, t, type: "scored", node, score, scorer, steps, use } as const;
  if (!("rolledOutTo" in raw)) return event;
  return isInt(rolledOutTo) ? { ...event, rolledOutTo } : null;
}

function kept({ v, run, seq, t }: Base, { nodes }: Raw): EventOf<"kept"> | null {
  return isListOf(nodes, isInt) ? { v, run, seq, t, type: "kept", nodes } : null;
}

function pruned({ v, run, seq, t }: Base, raw: Raw): EventOf<"pruned"> | null {
  if (!Array.isArray(raw["nodes"])) return null;
  const nodes: EventOf<"pruned">["nodes"] = [];
  for (const row of raw["nodes"] as unknown[]) {
    const node = prunedNode(row);
    if (node === null) return null;
    nodes.push(node);
  }
  return { v, run, seq, t, type: "pruned", nodes };
}

function prunedNode(row: unknown): EventOf<"pruned">["nodes"][number] | null {
  if (!isObject(row)) return null;
  const { node, reason, rank, cut, beatenBy } = row;
  if (!isInt(node) || !REASONS.has(reason)) return null;
  if (rank !== null && !(isInt(rank) && rank > 0)) return null;
  if ((cut !== null && !isScore(cut)) || (beatenBy !== null && !isInt(beatenBy))) return null;
  return { node, reason: reason as (typeof PRUNE_REASONS)[number], rank, cut, beatenBy };
}

function answered({ v, run, seq, t }: Base, raw: Raw): EventOf<"answered"> | null {
  const { node, answer, stated, canonical, correct } = raw;
  if (!isInt(node) || (correct !== null && typeof correct !== "boolean")) return null;
  if (answer !== null && typeof answer !== "string") return null;
  if (canonical !== null && typeof canonical !== "string") return null;
  const event = { v, run, seq, t, type: "answered", node, answer, canonical, correct } as const;
  if (!("stated" in raw)) return event;
  return stated === null || typeof stated === "string" ? { ...event, stated } : null;
}

function quickUse(use: unknown): Use | null {
  if (!isObject(use)) return null;
  const { policyTokens, promptTokens, policyCalls, prmTokens, prmCalls, ms } = use;
  const { flops, reasoningTokens } = use;
  if (!isCount(policyTokens) || !isCount(promptTokens) || !isCount(policyCalls)) return null;
  if (!isCount(prmTokens) || !isCount(prmCalls) || !isAmount(ms)) return null;
  const known: Use = { policyTokens, promptTokens, policyCalls, prmTokens, prmCalls, ms };
  if ("flops" in use) {
    if (!isAmount(flops)) return null;
    known.flops = flops;
  }
  if ("reasoningTokens" in use) {
    if (!isCount(reasoningTokens)) return null;
    known.reasoningTokens = reasoningTokens;
  }
  return known;
}

function isObject(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A whole number from 0 to 2³¹ − 1. */
function isInt(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_INT;
}

function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

function isScore(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T): value is T[] {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (!is(item)) return false;
  return true;
}
