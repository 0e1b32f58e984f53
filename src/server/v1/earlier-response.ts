import { type EarlierTurn, MOST_EARLIER, type StartedEvent } from "../../protocol/events.ts";
import type { Resources } from "../app.ts";
import { OpenAiProblem } from "./openai-problem.ts";

const PREFIX = "resp_";

/** The id of a response is that of its run. */
export function responseId(run: string): string {
  return `${PREFIX}${run}`;
}

/** The run of a response. Throws an `OpenAiProblem` 400 for what is no id of one. */
export function runOf(response: string): string {
  if (response.startsWith(PREFIX)) return response.slice(PREFIX.length);
  throw refuse(response);
}

/** The conversation up to and with a run that has answered. Throws an `OpenAiProblem` 400 if it has not. */
export async function earlierThan(
  run: string,
  { store }: Pick<Resources, "store">,
): Promise<EarlierTurn[]> {
  const [first] = await store.readAfter(run, -1, { lines: 1, characters: 1 });
  const summary = await store.get(run);
  if (first === undefined || summary === null) throw refuse(responseId(run));
  if (summary.answer === null) {
    throw new OpenAiProblem(400, `The response ${responseId(run)} has no answer to go on from.`, {
      param: "previous_response_id",
    });
  }
  const { problem, earlier = [] } = JSON.parse(first.data) as StartedEvent;
  const { reasoningTokens = null } = summary.use;
  const turn = { problem: problem.text, answer: summary.answer, reasoningTokens };
  return [...earlier, turn].slice(-MOST_EARLIER);
}

function refuse(response: string): OpenAiProblem {
  return new OpenAiProblem(400, `There is no response "${response}".`, {
    param: "previous_response_id",
    code: "previous_response_not_found",
  });
}
