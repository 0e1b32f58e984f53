import { z } from "zod";
import type { Api, Resources } from "../app.ts";
import { Message, readMessages } from "./asked-messages.ts";
import { EffortField, Shared, startAsked } from "./asked-run.ts";
import { followThinking } from "./follow-thinking.ts";
import { errorBody, OpenAiError, OpenAiProblem, unsupported } from "./openai-problem.ts";
import { sendEvents, treeHeader, whileConnected } from "./sse.ts";
import {
  failureWords,
  isFailed,
  type ThinkingEnd,
  type Thought,
  throwIfFailed,
} from "./thinking-end.ts";
import { ownUsage, tokensOf } from "./usage.ts";

const Body = z.looseObject({
  ...Shared,
  messages: z.array(Message).min(1).max(200),
  reasoning_effort: EffortField,
  /** Whether the lines of reasoning are sent; they are unless this says no. */
  include_reasoning: z.boolean().nullish(),
  max_completion_tokens: z.int().positive().max(1e9).nullish(),
  max_tokens: z.int().positive().max(1e9).nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().nullish(),
  functions: z.unknown().optional(),
  logprobs: z.boolean().nullish(),
  stop: z.unknown().optional(),
  response_format: z.looseObject({ type: z.string() }).nullish(),
});
type Body = z.infer<typeof Body>;

const Completion = z.object({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: z.int(),
  model: z.string(),
  choices: z.array(z.unknown()),
  usage: z.unknown(),
});

/** `POST /v1/chat/completions`: a search, in the words of a chat. */
export function addChatRoute(api: Api, resources: Resources): void {
  api.post(
    "/v1/chat/completions",
    {
      schema: {
        operationId: "chatCompletion",
        summary: "Think about the last message and answer it, as OpenAI's chat completions do",
        description:
          "With `stream` the lines of reasoning come as `reasoning_content`, each as soon as it is settled. " +
          "The header `x-sentei-tree` has the link to the tree, live.",
        body: Body,
        response: { 200: Completion, "4xx": OpenAiError, "5xx": OpenAiError },
      },
    },
    async (request, reply) => {
      const { body } = request;
      refuseUnknown(body);
      const run = await startAsked(
        readMessages(body.messages, "messages"),
        {
          ...body,
          effort: body.reasoning_effort,
          maxTokens: body.max_completion_tokens ?? body.max_tokens,
        },
        resources,
      );
      const headers = treeHeader(request, run.id);
      const thoughts = followThinking(run, resources, whileConnected(reply));
      const base = {
        ...{ id: `chatcmpl-${run.id}`, created: Math.floor(Date.parse(run.createdAt) / 1000) },
        model: body.model,
      };
      if (body.stream === true) {
        await sendEvents(reply, headers, chunksOf(thoughts, base, body));
        return reply;
      }
      return reply.headers(headers).send(await wholeOf(thoughts, base, body));
    },
  );
}

/** Refuses what would change the answer and is not done here; what would not is let be. */
function refuseUnknown({ n, functions, logprobs, stop, response_format: format }: Body): void {
  if (n != null && n !== 1) throw unsupported("n", "one search gives one answer");
  if (functions !== undefined) throw unsupported("functions", "this model calls none");
  if (logprobs === true) {
    throw unsupported("logprobs", "the tree has them, at every step; the answer has none");
  }
  if (stop != null && (!Array.isArray(stop) || stop.length > 0)) {
    throw unsupported("stop", "a search ends when it has an answer");
  }
  if (format != null && format.type !== "text") {
    throw unsupported("response_format", `answers are text, not ${format.type}`);
  }
}

interface Base {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

async function wholeOf(
  thoughts: AsyncIterable<Thought>,
  base: Base,
  { include_reasoning: includeReasoning }: Body,
): Promise<z.input<typeof Completion>> {
  const steps: string[] = [];
  for await (const thought of thoughts) {
    if (thought.kind === "step") {
      steps.push(thought.text);
      continue;
    }
    const { end } = thought;
    throwIfFailed(end);
    const message = {
      ...{ role: "assistant", content: end.answer, refusal: null },
      ...(includeReasoning !== false && { reasoning_content: steps.join("\n") }),
    };
    return {
      ...base,
      object: "chat.completion",
      choices: [{ index: 0, message, finish_reason: finishReason(end), logprobs: null }],
      usage: usageOf(end),
    };
  }
  throw new OpenAiProblem(500, "The log of this search has no end.");
}

async function* chunksOf(
  thoughts: AsyncIterable<Thought>,
  base: Base,
  { include_reasoning: includeReasoning, stream_options: options }: Body,
): AsyncGenerator<{ data: string }, void, void> {
  const write = chunkWriter(base, options?.include_usage === true);
  yield write.delta({ role: "assistant", content: "" });
  let told = 0;
  for await (const thought of thoughts) {
    if (thought.kind === "end") {
      yield* write.end(thought.end);
    } else if (includeReasoning !== false) {
      const text = told++ === 0 ? thought.text : `\n${thought.text}`;
      yield write.delta({ reasoning_content: text });
    }
  }
  yield { data: "[DONE]" };
}

function chunkWriter(base: Base, includeUsage: boolean) {
  const chunk = (choices: readonly object[], usage: object | null = null) => ({
    data: JSON.stringify({
      ...{ ...base, object: "chat.completion.chunk", choices },
      ...(includeUsage && { usage }),
    }),
  });
  const delta = (part: object, finish: string | null = null) =>
    chunk([{ index: 0, delta: part, finish_reason: finish, logprobs: null }]);
  return {
    delta,
    *end(end: ThinkingEnd) {
      if (isFailed(end)) {
        yield { data: JSON.stringify(errorBody(500, { message: failureWords(end) })) };
        return;
      }
      if (end.answer !== null) yield delta({ content: end.answer });
      yield delta({}, finishReason(end));
      if (includeUsage) yield chunk([], usageOf(end));
    },
  };
}

function finishReason({ why }: ThinkingEnd): "stop" | "length" {
  return why === "stop" ? "stop" : "length";
}

function usageOf(end: ThinkingEnd) {
  const { input, output, reasoning, total } = tokensOf(end);
  return {
    ...{ prompt_tokens: input, completion_tokens: output, total_tokens: total },
    completion_tokens_details: { reasoning_tokens: reasoning },
    sentei: ownUsage(end.use),
  };
}
