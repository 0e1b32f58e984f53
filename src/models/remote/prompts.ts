import type { Template } from "../../protocol/connections.ts";
import type { EarlierTurn } from "../../protocol/events.ts";

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** A question with what came before it, as a chat. */
export function messagesOf(
  problem: string,
  { system, earlier }: { system: string; earlier: readonly EarlierTurn[] },
): Message[] {
  return [
    ...(system === "" ? [] : [{ role: "system" as const, content: system }]),
    ...earlier.flatMap(({ problem: asked, answer }) => [
      { role: "user" as const, content: asked },
      { role: "assistant" as const, content: answer },
    ]),
    { role: "user", content: problem },
  ];
}

type TextTemplate = Exclude<Template, "server">;

interface Frame {
  readonly message: (message: Message) => string;
  /** Where the assistant begins to speak. */
  readonly begin: string;
}

/**
 * Frames of messages, without the token that begins a text, which servers add.
 * From the models' own chat templates.
 */
const FRAMES: Readonly<Record<TextTemplate, Frame>> = {
  chatml: {
    message: ({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`,
    begin: "<|im_start|>assistant\n",
  },
  "llama-3": {
    message: ({ role, content }) =>
      `<|start_header_id|>${role}<|end_header_id|>\n\n${content}<|eot_id|>`,
    begin: "<|start_header_id|>assistant<|end_header_id|>\n\n",
  },
  deepseek: {
    message: ({ role, content }) => {
      if (role === "system") return content;
      return role === "user"
        ? `<｜User｜>${content}`
        : `<｜Assistant｜>${content}<｜end▁of▁sentence｜>`;
    },
    begin: "<｜Assistant｜>",
  },
  sentei: { message: ({ role, content }) => `<${role}>${content}</${role}>`, begin: "" },
  plain: { message: ({ content }) => `${content}\n\n`, begin: "" },
};

/** The chat as one text, up to where the assistant speaks. */
export function renderPrompt(messages: readonly Message[], template: TextTemplate): string {
  const { message, begin } = FRAMES[template];
  return messages.map(message).join("") + begin;
}
