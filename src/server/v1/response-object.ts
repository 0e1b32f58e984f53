import { responseId } from "./earlier-response.ts";
import { errorBody } from "./openai-problem.ts";
import type { ThinkingEnd } from "./thinking-end.ts";
import { ownUsage, tokensOf } from "./usage.ts";

/** What is known of a response before it is there. */
export interface ResponseFrame {
  readonly run: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly model: string;
  readonly effort: string | null;
  /** `null`: the lines of reasoning stay here. */
  readonly summary: string | null;
  readonly previous: string | null;
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly maxTokens: number | null;
  readonly metadata: unknown;
}

/** The whole response of a search that ended with or without an answer. */
export function responseOf(frame: ResponseFrame, steps: readonly string[], end: ThinkingEnd) {
  const isWhole = end.why === "stop";
  return {
    ...skeleton(frame, isWhole ? "completed" : "incomplete"),
    incomplete_details: isWhole ? null : { reason: "max_output_tokens" },
    output: [
      reasoningItem(frame, steps),
      ...(end.answer === null ? [] : [messageItem(frame, end.answer)]),
    ],
    usage: usageOf(end),
  };
}

function skeleton({ effort, summary, ...frame }: ResponseFrame, status: string) {
  return {
    ...{ id: responseId(frame.run), object: "response" as const, created_at: frame.createdAt },
    ...{ status, model: frame.model, error: null as object | null },
    incomplete_details: null as object | null,
    output: [] as object[],
    ...{ instructions: null, max_output_tokens: frame.maxTokens, metadata: frame.metadata },
    ...{ parallel_tool_calls: false, previous_response_id: frame.previous },
    reasoning: { effort, summary },
    ...{ store: true, temperature: frame.temperature, top_p: frame.topP },
    ...{
      text: { format: { type: "text" } },
      tool_choice: "none",
      tools: [],
      truncation: "disabled",
    },
    usage: null as object | null,
  };
}

function reasoningItem({ run, summary }: ResponseFrame, steps: readonly string[]) {
  const parts = summary === null || steps.length === 0 ? [] : [summaryPart(steps.join("\n"))];
  return { id: `rs_${run}`, type: "reasoning", summary: parts };
}

function summaryPart(text: string) {
  return { type: "summary_text", text };
}

function messageItem({ run }: ResponseFrame, text: string) {
  const content = [textPart(text)];
  return { id: `msg_${run}`, type: "message", role: "assistant", status: "completed", content };
}

function textPart(text: string) {
  return { type: "output_text", text, annotations: [], logprobs: [] };
}

function usageOf(end: ThinkingEnd) {
  const { input, output, reasoning, total } = tokensOf(end);
  return {
    ...{ input_tokens: input, input_tokens_details: { cached_tokens: 0 } },
    ...{ output_tokens: output, output_tokens_details: { reasoning_tokens: reasoning } },
    total_tokens: total,
    sentei: ownUsage(end.use),
  };
}

interface Message {
  readonly event: string;
  readonly data: string;
}

/** The messages of a response that is sent while it is made, numbered from 0. */
export class ResponseStream {
  readonly #frame: ResponseFrame;
  readonly #steps: string[] = [];
  #number = 0;

  constructor(frame: ResponseFrame) {
    this.#frame = frame;
  }

  *begin(): Generator<Message, void, void> {
    const response = skeleton(this.#frame, "in_progress");
    yield this.#message("response.created", { response });
    yield this.#message("response.in_progress", { response });
    yield this.#message("response.output_item.added", {
      ...{ output_index: 0, item: reasoningItem(this.#frame, []) },
    });
  }

  *step(text: string): Generator<Message, void, void> {
    this.#steps.push(text);
    if (this.#frame.summary === null) return;
    const isFirst = this.#steps.length === 1;
    if (isFirst) {
      const part = summaryPart("");
      yield this.#message("response.reasoning_summary_part.added", { ...this.#inSummary, part });
    }
    const delta = isFirst ? text : `\n${text}`;
    yield this.#message("response.reasoning_summary_text.delta", { ...this.#inSummary, delta });
  }

  *end(end: ThinkingEnd): Generator<Message, void, void> {
    yield* this.#closeReasoning();
    if (end.answer !== null) yield* this.#answer(end.answer);
    const response = responseOf(this.#frame, this.#steps, end);
    yield this.#message(`response.${response.status}`, { response });
  }

  *fail(message: string): Generator<Message, void, void> {
    const { error } = errorBody(500, { message });
    const failed = { ...skeleton(this.#frame, "failed"), error: { code: error.type, message } };
    yield this.#message("response.failed", { response: failed });
  }

  get #inSummary() {
    return { item_id: `rs_${this.#frame.run}`, output_index: 0, summary_index: 0 };
  }

  *#closeReasoning(): Generator<Message, void, void> {
    const item = reasoningItem(this.#frame, this.#steps);
    const [part] = item.summary;
    if (part) {
      const { text } = part;
      yield this.#message("response.reasoning_summary_text.done", { ...this.#inSummary, text });
      yield this.#message("response.reasoning_summary_part.done", { ...this.#inSummary, part });
    }
    yield this.#message("response.output_item.done", { output_index: 0, item });
  }

  *#answer(text: string): Generator<Message, void, void> {
    const item = messageItem(this.#frame, text);
    const place = { item_id: item.id, output_index: 1, content_index: 0 };
    const begun = { ...item, status: "in_progress", content: [] };
    yield this.#message("response.output_item.added", { output_index: 1, item: begun });
    yield this.#message("response.content_part.added", { ...place, part: textPart("") });
    yield this.#message("response.output_text.delta", { ...place, delta: text, logprobs: [] });
    yield this.#message("response.output_text.done", { ...place, text, logprobs: [] });
    yield this.#message("response.content_part.done", { ...place, part: textPart(text) });
    yield this.#message("response.output_item.done", { output_index: 1, item });
  }

  #message(type: string, body: object): Message {
    const data = JSON.stringify({ type, sequence_number: this.#number++, ...body });
    return { event: type, data };
  }
}
