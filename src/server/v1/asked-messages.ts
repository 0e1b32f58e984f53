import { z } from "zod";
import { type EarlierTurn, MOST_EARLIER } from "../../protocol/events.ts";
import { OpenAiProblem, unsupported } from "./openai-problem.ts";

const TextPart = z.looseObject({ type: z.string(), text: z.string().optional() });

/** One message of a conversation, as chat completions and responses have it. */
export const Message = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(TextPart), z.null()]).optional(),
});
type Message = z.infer<typeof Message>;

/** A conversation, as a run takes it. */
export interface Asked {
  readonly problem: string;
  readonly earlier: readonly EarlierTurn[];
}

/**
 * The last message of the user is the problem, and what was asked and answered
 * before it the conversation so far. Instructions of the system are left out:
 * models that only know problems take none. Throws an `OpenAiProblem` that names
 * the message.
 */
export function readMessages(messages: readonly Message[], field: string): Asked {
  const turns: EarlierTurn[] = [];
  let asked: string | null = null;
  for (const [i, message] of messages.entries()) {
    const param = `${field}.${i}`;
    switch (message.role) {
      case "system":
      case "developer":
        break;
      case "user":
        // Questions without an answer in between are one question.
        asked = asked === null ? textOf(message, param) : `${asked}\n${textOf(message, param)}`;
        break;
      case "assistant":
        if (asked === null) break;
        turns.push({ problem: asked, answer: textOf(message, param), reasoningTokens: null });
        asked = null;
        break;
      default:
        throw unsupported(param, `messages of the role "${message.role}" mean nothing here`);
    }
  }
  if (asked === null) {
    throw new OpenAiProblem(400, `${field}: the last message has to be the user's`, {
      param: field,
    });
  }
  return { problem: asked.trim(), earlier: turns.slice(-MOST_EARLIER) };
}

function textOf({ content }: Message, param: string): string {
  if (typeof content === "string") return content;
  const parts = content ?? [];
  const other = parts.find(({ text }) => text === undefined);
  if (other) throw unsupported(`${param}.content`, `parts of type "${other.type}" cannot be read`);
  const text = parts.map((part) => part.text).join("");
  if (text === "") throw new OpenAiProblem(400, `${param}.content: it is empty`, { param });
  return text;
}
