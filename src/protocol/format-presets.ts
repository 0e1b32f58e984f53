import { msg } from "../lib/said.ts";
import type { ModelFormat, PolicySpec } from "./connections.ts";

/** A way to ask a kind of model, to begin with. */
export interface FormatPreset {
  readonly id: string;
  readonly label: string;
  readonly format: ModelFormat;
}

const PARAGRAPHS: Pick<ModelFormat, "delimiter" | "answer" | "thinking"> = {
  delimiter: { kind: "text", text: "\n\n" },
  answer: { kind: "boxed" },
  thinking: null,
};

const LIMITS = { maxStepTokens: 512, maxSolutionTokens: 8192 };

const BOXED = "Please reason step by step, and put your final answer within \\boxed{}.";

/** In the order in which they are offered. */
export const FORMAT_PRESETS: readonly FormatPreset[] = [
  {
    id: "qwen-math",
    label: msg("Qwen2.5-Math, and most others"),
    format: { ...PARAGRAPHS, ...LIMITS, template: "chatml", system: BOXED },
  },
  {
    id: "llama-3",
    label: "Llama 3",
    format: {
      ...{ ...PARAGRAPHS, ...LIMITS, template: "llama-3" },
      system:
        "Solve the problem step by step. Write every step as a paragraph of its own with an empty " +
        "line after it, and put your final answer within \\boxed{}.",
    },
  },
  {
    id: "deepseek-r1",
    label: msg("DeepSeek-R1, with <think>"),
    format: {
      ...{ ...PARAGRAPHS, template: "deepseek", system: "" },
      thinking: { open: "<think>\n", close: "</think>" },
      ...{ maxStepTokens: 1024, maxSolutionTokens: 32_768 },
    },
  },
  {
    id: "sentei",
    label: msg("Sentei's own models"),
    format: {
      ...{ template: "sentei", system: "", delimiter: { kind: "text", text: "\n" } },
      answer: { kind: "pattern", pattern: "<assistant>([^<]*)" },
      thinking: { open: "<reasoning>", close: "</reasoning>" },
      ...{ maxStepTokens: 96, maxSolutionTokens: 2048 },
    },
  },
];

/** The preset's format as a server with this API takes it: chats are made into text by the server. */
export function presetFor({ format }: FormatPreset, api: PolicySpec["api"]): ModelFormat {
  return api === "chat" ? { ...format, template: "server" } : format;
}
