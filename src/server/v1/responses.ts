import { z } from "zod";
import type { RunSummary } from "../../protocol/runs.ts";
import type { Api, Resources } from "../app.ts";
import { type Asked, Message, readMessages } from "./asked-messages.ts";
import { EffortField, Shared, startAsked } from "./asked-run.ts";
import { earlierThan, runOf } from "./earlier-response.ts";
import { followThinking } from "./follow-thinking.ts";
import { OpenAiError, OpenAiProblem, unsupported } from "./openai-problem.ts";
import { ResponseStream, responseOf } from "./response-object.ts";
import { sendEvents, treeHeader, whileConnected } from "./sse.ts";
import { failureWords, isFailed, type Thought, throwIfFailed } from "./thinking-end.ts";

const Body = z.looseObject({
  ...Shared,
  input: z.union([z.string().min(1), z.array(Message).min(1).max(200)]),
  reasoning: z
    .looseObject({
      effort: EffortField,
      /** The lines of reasoning are sent only if this asks for them. */
      summary: z.string().nullish(),
    })
    .nullish(),
  max_output_tokens: z.int().positive().max(1e9).nullish(),
  previous_response_id: z.string().max(100).nullish(),
  background: z.boolean().nullish(),
  text: z.looseObject({ format: z.looseObject({ type: z.string() }).nullish() }).nullish(),
});
type Body = z.infer<typeof Body>;

const ResponseObject = z.looseObject({ id: z.string(), object: z.literal("response") });

/** `POST /v1/responses`: the same search, in the words of OpenAI's newer API. */
export function addResponsesRoute(api: Api, resources: Resources): void {
  api.post(
    "/v1/responses",
    {
      schema: {
        operationId: "createResponse",
        summary: "Think about the input and answer it, as OpenAI's responses do",
        description:
          "Lines of reasoning are summaries of the reasoning item, and sent if `reasoning.summary` is set. " +
          "`previous_response_id` goes on with a conversation; reasoning of earlier turns is dropped.",
        body: Body,
        response: { 200: ResponseObject, "4xx": OpenAiError, "5xx": OpenAiError },
      },
    },
    async (request, reply) => {
      const { body } = request;
      if (body.background === true) throw unsupported("background", "answers are waited for");
      const format = body.text?.format?.type ?? "text";
      if (format !== "text") throw unsupported("text.format", `answers are text, not ${format}`);
      const run = await startAsked(
        await askedIn(body, resources),
        { ...body, effort: body.reasoning?.effort, maxTokens: body.max_output_tokens },
        resources,
      );
      const headers = treeHeader(request, run.id);
      const thoughts = followThinking(run, resources, whileConnected(reply));
      const frame = frameOf(run, body);
      if (body.stream === true) {
        await sendEvents(reply, headers, eventsOf(thoughts, new ResponseStream(frame)));
        return reply;
      }
      const steps: string[] = [];
      for await (const thought of thoughts) {
        if (thought.kind === "step") {
          steps.push(thought.text);
          continue;
        }
        throwIfFailed(thought.end);
        return reply.headers(headers).send(responseOf(frame, steps, thought.end));
      }
      throw new OpenAiProblem(500, "The log of this search has no end.");
    },
  );
}

async function askedIn(
  { input, previous_response_id: previous }: Body,
  resources: Resources,
): Promise<Asked> {
  const asked =
    typeof input === "string" ? { problem: input, earlier: [] } : readMessages(input, "input");
  if (previous == null) return asked;
  const before = await earlierThan(runOf(previous), resources);
  return { ...asked, earlier: [...before, ...asked.earlier] };
}

function frameOf(run: RunSummary, { model, reasoning, metadata, ...body }: Body) {
  return {
    run: run.id,
    createdAt: Math.floor(Date.parse(run.createdAt) / 1000),
    model,
    effort: reasoning?.effort ?? null,
    summary: reasoning?.summary ?? null,
    previous: body.previous_response_id ?? null,
    temperature: body.temperature ?? null,
    topP: body.top_p ?? null,
    maxTokens: body.max_output_tokens ?? null,
    metadata: metadata ?? {},
  };
}

async function* eventsOf(
  thoughts: AsyncIterable<Thought>,
  stream: ResponseStream,
): AsyncGenerator<{ event: string; data: string }, void, void> {
  yield* stream.begin();
  for await (const thought of thoughts) {
    if (thought.kind === "step") yield* stream.step(thought.text);
    else if (isFailed(thought.end)) {
      yield* stream.fail(failureWords(thought.end));
    } else yield* stream.end(thought.end);
  }
}
