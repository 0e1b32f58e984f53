import { z } from "zod";
import { Budget } from "./budget.ts";
import { EarlierTurn, type Sampling, type StartedEvent } from "./events.ts";
import { RUN_LINK } from "./run-link-id.ts";
import { RunSpec } from "./runs.ts";

/*
 * Runs as links have them: an id that holds all that a run is made of, so that
 * whoever opens it grows the same tree, wherever that is. It reads
 * `go1-` and the base64url of a JSON object, the version being in the prefix. A
 * version, once released, keeps its meaning: nothing in it depends on defaults,
 * and `run-link.test.ts` has a link of every version.
 */

/** What of a run its link holds, and nothing else. */
export type LinkedRun = Pick<
  StartedEvent,
  "earlier" | "strategy" | "sampling" | "seed" | "budget" | "policy" | "verifier"
> & { readonly problem: { readonly text: string; readonly reference?: string | undefined } };

/** A run that a link asks for. `policy` and `verifier` are named in the spec. */
export interface AskedRun {
  readonly spec: RunSpec;
  /** What the revisions of the models began with where the link was made. */
  readonly revisions: { readonly policy: string; readonly verifier: string | null };
}

/** A link that cannot be read; `message` is a sentence for people. */
export class RunLinkError extends Error {
  override readonly name = "RunLinkError";
}

/** So much of a revision as tells two of them apart. */
const REVISION = 4;

const Model = z.tuple([z.string(), z.string()]);

/** Version 1. Short names, because they are in every link. */
const Version1 = z.strictObject({
  /** Problem. */
  p: z.string(),
  /** Its right answer. */
  a: z.string().optional(),
  /** Earlier turns: problem, answer, reasoning tokens. */
  e: z.array(z.tuple([z.string(), z.string(), z.number().nullable()])).optional(),
  /** Strategy: its name and its parameters. */
  s: z.tuple([z.string(), z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))]),
  /** Policy and verifier: name and beginning of the revision. */
  m: Model,
  v: Model.nullable(),
  /** Temperature, top k, top p, longest step. */
  t: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Seed. */
  n: z.number(),
  /** Limits. */
  b: z.record(z.string(), z.number()).optional(),
});

/** The id that holds a run. Characters of base64url only, and none of any secret: every field is named here. */
export function writeRunLink(run: LinkedRun): string {
  const { temperature, topK, topP, maxStepTokens } = run.sampling;
  const { name, ...parameters } = RunSpec.shape.strategy.parse(run.strategy);
  const earlier = z.array(EarlierTurn).parse(run.earlier ?? []);
  const budget = given<number>(Budget.parse(run.budget));
  const stamp = (model: { name: string; revision: string }): z.infer<typeof Model> => [
    model.name,
    model.revision.slice(0, REVISION),
  ];
  const held: z.infer<typeof Version1> = {
    p: run.problem.text,
    ...(run.problem.reference !== undefined && { a: run.problem.reference }),
    ...(earlier.length > 0 && {
      e: earlier.map(({ problem, answer, reasoningTokens }) => [problem, answer, reasoningTokens]),
    }),
    s: [name, given<number | string | boolean>(parameters)],
    m: stamp(run.policy),
    v: run.verifier === null ? null : stamp(run.verifier),
    t: [temperature, topK, topP, maxStepTokens],
    n: run.seed,
    ...(Object.keys(budget).length > 0 && { b: budget }),
  };
  return `go1-${toBase64Url(JSON.stringify(held))}`;
}

/** The run that an id holds. Throws a `RunLinkError` that says what is wrong with it. */
export function readRunLink(id: string): AskedRun {
  const [prefix, version] = RUN_LINK.exec(id) ?? [];
  if (prefix === undefined) throw new RunLinkError("This link holds no run.");
  if (version !== "1") {
    throw new RunLinkError("This link was made by a later version of Sentei than this one.");
  }
  const held = Version1.safeParse(jsonOf(id.slice(prefix.length)));
  if (!held.success) throw new RunLinkError("This link is broken: a part of it is missing.");
  const { p, a, e = [], s, m, v, t, n, b = {} } = held.data;
  const [temperature, topK, topP, maxStepTokens] = t;
  const spec = RunSpec.safeParse({
    problem: p,
    ...(a !== undefined && { reference: a }),
    earlier: e.map(([problem, answer, reasoningTokens]) => ({ problem, answer, reasoningTokens })),
    strategy: { ...s[1], name: s[0] },
    policy: m[0],
    verifier: v?.[0] ?? null,
    sampling: { temperature, topK, topP, maxStepTokens } satisfies Sampling,
    seed: n,
    budget: b,
  });
  if (spec.success) {
    return { spec: spec.data, revisions: { policy: m[1], verifier: v?.[1] ?? null } };
  }
  const [issue] = spec.error.issues;
  throw new RunLinkError(
    `This link asks for a run that there cannot be: ${issue!.path.join(".")}: ${issue!.message}.`,
  );
}

/** What has a value. */
function given<T>(fields: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function toBase64Url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function jsonOf(code: string): unknown {
  try {
    const bytes = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(
        Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
      ),
    );
  } catch {
    return null;
  }
}
