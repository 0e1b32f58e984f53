import { z } from "zod";
import { type Said, say } from "../lib/said.ts";

/** Templates that make one text of a chat; the server's own would need a request of its own. */
const TEXT_TEMPLATES = ["chatml", "llama-3", "deepseek", "sentei", "plain"] as const;
const TextTemplate = z.enum(TEXT_TEMPLATES);

const System = z.string().max(4000);

/** What ends a step in what the model reads. */
const Tag = z.string().min(1).max(40);

const TokenId = z.int().nonnegative().max(10_000_000);

/** How a server tells how likely two tokens are: of a whole prompt at once, of two ids, or of the likeliest. */
export const SIGNS_THROUGH = ["prompt_logprobs", "logprob_token_ids", "n_probs"] as const;

/** How solutions stand before a model that says + or −: as one text, as turns of a chat, or as our own generative PRM reads them. */
export const SIGN_LAYOUTS = ["text", "turns", "judgements"] as const;

/** How a verifier on a server is asked for the scores of steps, and how they are read. */
export const Scoring = z.discriminatedUnion("kind", [
  /** vLLM's `/pooling`: two figures for every tag, the second is the good one. */
  z.strictObject({ kind: z.literal("pooling"), system: System, tag: Tag }),
  /** TensorRT-LLM's `return_context_logits`: two logits for every token, those of the tag count. */
  z.strictObject({
    kind: z.literal("context logits"),
    ...{ system: System, template: TextTemplate, tag: Tag },
  }),
  /** Which of two tokens a model would write after a step. */
  z.strictObject({
    kind: z.literal("signs"),
    through: z.enum(SIGNS_THROUGH),
    layout: z.enum(SIGN_LAYOUTS),
    ...{ system: System, template: TextTemplate },
    /** Of a text: what stands at the end of a step, spaces included. */
    tag: Tag,
    /** Ids of the tokens for right and wrong. */
    ...{ good: TokenId, bad: TokenId },
    /** Id of the tag in a text, of what ends a turn in a chat: where scores are in a whole prompt. */
    mark: TokenId,
  }),
  /** A chat model that criticises every step and states a verdict; the share of critiques that find it correct. */
  z.strictObject({
    kind: z.literal("judge"),
    system: System,
    /** Critiques of each solution. */
    critiques: z.int().min(1).max(16),
    /** Longest critique, thoughts included. */
    maxTokens: z.int().min(64).max(131_072),
  }),
]);
export type Scoring = z.infer<typeof Scoring>;
export type ScoringOf<K extends Scoring["kind"]> = Extract<Scoring, { kind: K }>;

/** A way to ask a kind of verifier, to begin with. */
export interface ScoringPreset {
  readonly id: string;
  readonly label: Said;
  readonly scoring: Scoring;
}

const QWEN = {
  system: "Please reason step by step, and put your final answer within \\boxed{}.",
  tag: "<extra_0>",
};

/** Ids of Mistral's tokenizer, from the card of `math-shepherd-mistral-7b-prm`: +, −, ки. */
const SHEPHERD = { good: 648, bad: 387, mark: 12_902, tag: " ки" };

/** Ids of Llama 3's tokenizer: +, −, `<|eot_id|>`. */
const RLHFLOW = { good: 10, bad: 12, mark: 128_009, tag: "+" };

/** Ids of our own vocabulary: +, −, and the line break that ends a step. */
const SENTEI = { good: 19, bad: 20, mark: 7, tag: "+" };

/** What Llama 3.1's own template says to every model that is told nothing else. */
const LLAMA_SYSTEM = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n";

/** In the order in which they are offered. */
export const SCORING_PRESETS: readonly ScoringPreset[] = [
  {
    id: "qwen-prm",
    label: say("Qwen2.5-Math-PRM on {server}", { server: "vLLM" }),
    scoring: { kind: "pooling", ...QWEN },
  },
  {
    id: "qwen-prm-tensorrt",
    label: say("Qwen2.5-Math-PRM on {server}", { server: "TensorRT-LLM" }),
    scoring: { kind: "context logits", template: "chatml", ...QWEN },
  },
  ...SIGNS_THROUGH.flatMap((through): ScoringPreset[] => {
    const where = through === "n_probs" ? "llama.cpp" : say("vLLM, by {way}", { way: through });
    const signs = { kind: "signs", through } as const;
    return [
      {
        id: `math-shepherd-${through}`,
        label: say("Math-Shepherd on {server}", { server: where }),
        scoring: { ...signs, layout: "text", system: "", template: "plain", ...SHEPHERD },
      },
      {
        id: `rlhflow-${through}`,
        label: say("RLHFlow's Llama 3.1 PRM on {server}", { server: where }),
        scoring: {
          ...signs,
          layout: "turns",
          system: LLAMA_SYSTEM,
          template: "llama-3",
          ...RLHFLOW,
        },
      },
    ];
  }),
  {
    id: "sentei-n_probs",
    label: say("Sentei's generative PRM on {server}", { server: "llama.cpp" }),
    scoring: {
      ...{ kind: "signs", through: "n_probs", layout: "judgements" },
      ...{ system: "", template: "sentei", ...SENTEI },
    },
  },
  {
    id: "judge",
    label: say("A chat model that judges every step"),
    scoring: {
      kind: "judge",
      system:
        "You check reasoning one step at a time. A step is correct if it is right and follows from " +
        "the problem and the steps before it; what helps nobody but is right is correct, too.",
      critiques: 3,
      maxTokens: 4096,
    },
  },
];
