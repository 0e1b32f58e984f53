import { z } from "zod";
import { LONGEST_PATTERN, Pattern, PatternError } from "../lib/pattern.ts";
import { FAULTS } from "./faults.ts";
import { Scoring } from "./scoring.ts";

/** How to speak to a server: OpenAI's two ways, and that of llama.cpp. */
const APIS = ["chat", "completions", "llama.cpp"] as const;

/** How a conversation becomes one text. `server`: by the server, which knows its model. */
export const TEMPLATES = ["server", "chatml", "llama-3", "deepseek", "sentei", "plain"] as const;
export const Template = z.enum(TEMPLATES);
export type Template = z.infer<typeof Template>;

const SafePattern = z
  .string()
  .min(1)
  .max(LONGEST_PATTERN)
  .superRefine((source, context) => {
    try {
      new Pattern(source);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
    }
  });

/** What stands between two steps. Only a text can be a stop of the server: with a pattern what it writes after a step is cut off, and paid for. */
export const Delimiter = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1).max(40) }),
  z.strictObject({ kind: z.literal("pattern"), pattern: SafePattern }),
]);
export type Delimiter = z.infer<typeof Delimiter>;

/** Where a solution states its answer: in its last `\boxed{}`, as its last line, or in what the first group of a pattern holds, or all of it, where it matches last. */
export const AnswerPlace = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("boxed") }),
  z.strictObject({ kind: z.literal("last line") }),
  z.strictObject({ kind: z.literal("pattern"), pattern: SafePattern }),
]);
export type AnswerPlace = z.infer<typeof AnswerPlace>;

/** How one model is asked, and how what it writes is read. */
export const ModelFormat = z.strictObject({
  template: Template,
  /** Empty: none. */
  system: z.string().max(4000),
  delimiter: Delimiter,
  answer: AnswerPlace,
  /** What frames reasoning that the model writes before its answer; `null` if nothing does. */
  thinking: z
    .strictObject({ open: z.string().min(1).max(40), close: z.string().min(1).max(40) })
    .nullable(),
  /** What a run is given as the longest step unless somebody chooses, in tokens. */
  maxStepTokens: z.int().min(1).max(4096),
  /** Longest solution of a server that cannot go on from a step, in tokens. */
  maxSolutionTokens: z.int().min(16).max(131_072),
});
export type ModelFormat = z.infer<typeof ModelFormat>;

/** How a server goes on with what an assistant has begun to say. */
const CONTINUATIONS = [
  /** The prompt is a text, and what is to go on stands at its end. */
  "text",
  /** `continue_final_message` of vLLM and SGLang. */
  "continue_final_message",
  /** `prefix: true` on the last message: DeepSeek, Mistral. */
  "prefix",
  /** A last message of the assistant is gone on with: llama.cpp. */
  "last message",
] as const;
export const Continuation = z.enum(CONTINUATIONS);
export type Continuation = z.infer<typeof Continuation>;

/** What a probe found out about a model of a server. */
export const Capabilities = z.object({
  /** Names that the server lists; `null` if it lists none. */
  models: z.array(z.string()).nullable(),
  /** `null`: it only writes whole solutions. */
  continues: Continuation.nullable(),
  /** Whether it tells the end of a step from the end of all. */
  stopReason: z.boolean(),
  /** Several continuations in one request. */
  several: z.boolean(),
  logprobs: z.boolean(),
  /** The same seed gives the same text, and another one another. */
  seed: z.boolean(),
  usage: z.boolean(),
  /** It says how much of a prompt was in its cache. */
  cachedTokens: z.boolean(),
  /** Reasoning before the answer: `apart` in a field of its own, `inline` between marks, `hidden` but paid for. */
  reasoning: z.enum(["none", "inline", "apart", "hidden"]),
  /** Fields of a request that it refuses; they are not sent. */
  refuses: z.array(z.string()),
  /** How long the shortest request took, ms. */
  ms: z.number().nonnegative(),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** The steps of a solution with the scores that a verifier gave them. */
const ScoredSolution = z.array(z.object({ text: z.string(), score: z.number().min(0).max(1) }));

/** What a verifier said of solutions of which everybody knows whether they are right. */
export const SelfTest = z.object({
  cases: z.array(
    z.object({
      problem: z.string(),
      right: ScoredSolution,
      wrong: ScoredSolution,
      /** Index of the first wrong step of the wrong one. */
      wrongAt: z.int().nonnegative(),
      /** Whether the lowest score of the right one is above that of the wrong one. */
      inOrder: z.boolean(),
    }),
  ),
  /** What it cost. */
  prmTokens: z.int().nonnegative(),
  prmCalls: z.int().nonnegative(),
  ms: z.number().nonnegative(),
  /** Fields of a request that the server refuses; they are not sent. */
  refuses: z.array(z.string()),
});
export type SelfTest = z.infer<typeof SelfTest>;

export const ConnectionId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be up to 40 small letters, digits and hyphens");

/** Where a model of the user's is, and how much it may be asked. */
const server = {
  id: ConnectionId,
  /** What its paths are under, `http://127.0.0.1:8000/v1`; or a GGUF file on the server's machine, `file:///models/a.gguf`, which llama.cpp runs there. */
  url: z
    .url({
      protocol: /^(?:https?|file)$/,
      error: "must be a URL that begins with http://, https:// or file://",
    })
    .max(500),
  /** As the server calls it; runs ask for it as `id/model`. */
  model: z.string().min(1).max(150),
  /** Whether its address may be one of a private network; the machine itself always may. */
  allowPrivate: z.boolean().default(false),
  /** Requests at once, at most. */
  maxInFlight: z.int().min(1).max(256).default(64),
  /** Longest that one request may take, s. */
  timeout: z.number().min(1).max(3600).default(300),
};

/** A policy on a server. Who does not say a role means this one. */
const PolicySpec = z.strictObject({
  ...server,
  role: z.literal("policy").optional(),
  api: z.enum(APIS),
  format: ModelFormat,
});
export type PolicySpec = z.infer<typeof PolicySpec>;

/** A verifier on a server. */
const VerifierSpec = z.strictObject({
  ...server,
  role: z.literal("verifier"),
  scoring: Scoring,
});
export type VerifierSpec = z.infer<typeof VerifierSpec>;

/** A model on a server of the user's, as the user describes it. */
export const ConnectionSpec = z.discriminatedUnion("role", [PolicySpec, VerifierSpec]);
export type ConnectionSpec = z.infer<typeof ConnectionSpec>;

const sentKey = {
  key: z
    .string()
    .max(1000)
    .regex(/^[\x21-\x7e]+$/, "must be signs of ASCII without spaces")
    .nullable()
    .optional(),
};

/** What is sent to save one. `key`: left out keeps the one there is, `null` forgets it. */
export const ConnectionInput = z.discriminatedUnion("role", [
  PolicySpec.extend(sentKey),
  VerifierSpec.extend(sentKey),
]);
export type ConnectionInput = z.input<typeof ConnectionInput>;

const shownKey = { key: z.enum(["none", "stored", "environment"]) };

const PolicyConnection = PolicySpec.extend({
  ...shownKey,
  /** `null`: not probed since it was changed. */
  capabilities: Capabilities.nullable(),
});
export type PolicyConnection = z.infer<typeof PolicyConnection>;

const VerifierConnection = VerifierSpec.extend({
  ...shownKey,
  /** `null`: not tested since it was changed. */
  selfTest: SelfTest.nullable(),
});
export type VerifierConnection = z.infer<typeof VerifierConnection>;

/** A connection as it is shown: of its key only whether it has one, and from where. */
export const Connection = z.discriminatedUnion("role", [PolicyConnection, VerifierConnection]);
export type Connection = z.infer<typeof Connection>;

export const ConnectionList = z.object({ connections: z.array(Connection) });
export type ConnectionList = z.infer<typeof ConnectionList>;

/** What came of a probe, or of a self-test. */
export const ProbeResult = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), connection: Connection }),
  z.object({ ok: z.literal(false), fault: z.enum(FAULTS), message: z.string() }),
]);
export type ProbeResult = z.infer<typeof ProbeResult>;
