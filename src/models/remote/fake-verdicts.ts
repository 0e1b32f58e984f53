import { hash32 } from "../../lib/hash.ts";
import { tokensOf } from "./fake-model.ts";
import { type FakeBody, PLAIN, usageOf } from "./fake-replies.ts";

/** What is wrong with the verdicts of a reply, if anything is. */
export type BadVerdict = "miscount" | "nan" | "null score";

/**
 * The scores that every fake verifier gives: high as long as the sums in the
 * steps are right, low from the first wrong one on, and no two alike.
 */
export function fakeScores(steps: readonly string[]): number[] {
  let right = true;
  return steps.map((step, i) => {
    right &&= isRight(step);
    const spread = (hash32(`${i} ${step}`) % 1000) / 10_000;
    return right ? 0.99 - spread : 0.01 + spread;
  });
}

const SUM = /(\d+) ([-+*/]) (\d+) = (\d+)/g;

function isRight(step: string): boolean {
  return [...step.matchAll(SUM)].every(([, a, sign, b, result]) => {
    const [x, y] = [Number(a), Number(b)];
    const right = { "+": x + y, "-": x - y, "*": x * y, "/": x / y }[sign!];
    return right === Number(result);
  });
}

/** The reply of a verifier, if the request is for one; a good server's, or a bad one's. */
export function fakeVerdict(url: string, body: FakeBody, bad: BadVerdict | null): object | null {
  if (url === "/pooling") return poolingReply(body, bad);
  if (body["return_context_logits"] === true) return logitsReply(body, bad);
  if (body["prompt_logprobs"] !== undefined) return wholePromptReply(body, bad);
  if (body["logprob_token_ids"] !== undefined) return tokenIdsReply(body, bad);
  if (url === "/completion" && Number(body["n_probs"]) > 1) return likeliestReply(body, bad);
  const asked = body.messages?.at(-1)?.content ?? "";
  return asked.includes("[Solution]") ? critique(asked, bad) : null;
}

function badly(scores: readonly number[], bad: BadVerdict | null): readonly number[] {
  if (bad === "miscount") return scores.slice(0, -1);
  // Both are what JSON has for NaN until it is written as it is.
  return bad === null ? scores : scores.with(-1, Number.NaN);
}

const TAG = "<extra_0>";

function taggedSteps(text: string): string[] {
  return text.split(TAG).slice(0, -1);
}

function poolingReply({ messages = [] }: FakeBody, bad: BadVerdict | null): object {
  const steps = taggedSteps(messages.at(-1)!.content);
  return {
    object: "list",
    data: [
      {
        ...{ index: 0, object: "pooling" },
        data: badly(fakeScores(steps), bad).map((score) => [1 - score, score]),
      },
    ],
    usage: usageOf(messages.map(({ content }) => content).join(" "), [], PLAIN),
  };
}

const ASSISTANT = "<|im_start|>assistant\n";

function logitsReply({ prompt }: FakeBody, bad: BadVerdict | null): object {
  const prompts = [prompt ?? []].flat();
  const last = prompts.map(
    (text) =>
      fakeScores(taggedSteps(text.slice(text.indexOf(ASSISTANT) + ASSISTANT.length))).at(-1)!,
  );
  return {
    choices: badly(last, bad).map((score, index) => ({
      ...{ index, text: "" },
      context_logits: [[0.1, 0.2], logitsOf(score)],
    })),
    usage: usageOf(prompts.join(" "), [], PLAIN),
  };
}

function logitsOf(score: number): [number, number] {
  return [Math.log(1 - score) + 3, Math.log(score) + 3];
}

/** Ids of the signs and the mark, as the presets have them. */
const TEXT_IDS = { good: 648, bad: 387, mark: 12_902 };
const JUDGEMENT_IDS = { good: 19, bad: 20, mark: 7 };
const TURN_IDS = { good: 10, bad: 12, mark: 128_009 };

/** How the three ways to write a prompt for signs are read: the steps so far, and the tokens. */
function readSigns(prompt: string) {
  if (prompt.startsWith("<|start_header_id|>")) {
    const turns = [...prompt.matchAll(/user<\|end_header_id\|>\n\n(?<said>.*?)<\|eot_id\|>/gs)].map(
      ({ groups }) => groups!["said"]!,
    );
    const steps = turns.map((turn, i) => (i === 0 ? afterQuestion(turn) : turn));
    const tokens = prompt.split(/(<\|eot_id\|>|\n\n|[+-])/).filter((token) => token !== "");
    return { steps, ids: TURN_IDS, tokens, known: { "+": 10, "-": 12, "<|eot_id|>": 128_009 } };
  }
  if (prompt.startsWith("<user>")) {
    const [, said = ""] = prompt.split("<reasoning>");
    const steps = said.split("\n").slice(0, -1);
    const judged = steps.map((step, i) => (i === 0 ? step : step.slice(1)));
    const tokens = prompt.split(/(\n)/);
    return { steps: judged, ids: JUDGEMENT_IDS, tokens, known: { "\n": 7 } };
  }
  const lines = prompt.split(" ки").map((line) => line.trim());
  const steps = lines.filter((line) => line !== "").map((line) => afterQuestion(line));
  const tokens = prompt.split(/( ки)|(?<=\n)/).filter((token) => (token ?? "") !== "");
  return { steps, ids: TEXT_IDS, tokens, known: { " ки": 12_902 } };
}

/** Questions of tests end with a mark. */
function afterQuestion(text: string): string {
  return text.slice(text.lastIndexOf("? ") + 1).trim();
}

function wholePromptReply({ prompt = "" }: FakeBody, bad: BadVerdict | null): object {
  const { steps, ids, tokens, known } = readSigns([prompt].flat()[0]!);
  const numbers = tokens.map((token) => (known as Record<string, number>)[token] ?? 200_000);
  const signAt = (i: number) =>
    ids === TEXT_IDS
      ? numbers[i - 1] === ids.mark
      : numbers[i] === ids.good && numbers[i + 1] === ids.mark;
  const scores = badly(fakeScores(steps), bad);
  let next = 0;
  const rows = numbers.map((id, i) => {
    if (i === 0) return null;
    const row = { [id]: { logprob: -1, rank: 3, decoded_token: tokens[i] } };
    if (!signAt(i) || next >= scores.length) return row;
    const [wrong, right] = logitsOf(scores[next++]!);
    return { ...row, [ids.good]: { logprob: right - 3 }, [ids.bad]: { logprob: wrong - 3 } };
  });
  return {
    choices: [{ index: 0, text: "x", prompt_token_ids: numbers, prompt_logprobs: rows }],
    usage: usageOf(tokens.join(" "), ["x"], PLAIN),
  };
}

function tokenIdsReply({ prompt }: FakeBody, bad: BadVerdict | null): object {
  const prompts = [prompt ?? []].flat();
  const last = prompts.map((text) => fakeScores(readSigns(text).steps).at(-1)!);
  return {
    // In any order: they say which prompt they belong to.
    choices: badly(last, bad)
      .map((score, index) => ({ index, logprobs: { top_logprobs: [signRow(prompts[0]!, score)] } }))
      .toReversed(),
    usage: usageOf(prompts.join(" "), ["x"], PLAIN),
  };
}

function signRow(prompt: string, score: number): Record<string, number> {
  const { ids } = readSigns(prompt);
  const [wrong, right] = logitsOf(score);
  return { [`token_id:${ids.good}`]: right, [`token_id:${ids.bad}`]: wrong, "token_id:7": -9 };
}

function likeliestReply({ prompt = "" }: FakeBody, bad: BadVerdict | null): object {
  const { steps, ids } = readSigns([prompt].flat()[0]!);
  const [score] = badly(fakeScores(steps).slice(-1), bad);
  const evaluated = tokensOf([prompt].flat()[0]!).length;
  const [wrong, right] = score === undefined ? [] : logitsOf(score);
  return {
    ...{ content: "+", stop_type: "limit", tokens_predicted: 1, tokens_evaluated: evaluated },
    timings: { prompt_n: Math.max(1, evaluated - 2) },
    completion_probabilities: [
      {
        id: ids.good,
        top_logprobs: [
          { id: 7, logprob: -9 },
          ...(right === undefined ? [] : [{ id: ids.good, logprob: right }]),
          ...(wrong === undefined ? [] : [{ id: ids.bad, logprob: wrong }]),
        ],
      },
    ],
  };
}

function critique(asked: string, bad: BadVerdict | null): object {
  const [, solution = ""] = asked.split("[Solution]\n");
  const steps = solution.slice(0, solution.indexOf("\n\n")).split("\n");
  const verdicts = badly(fakeScores(steps), bad).map((score) => {
    if (Number.isNaN(score)) return "maybe";
    return score > 0.5 ? "correct" : "incorrect";
  });
  const text = `As in Step 1 of any proof.\n${verdicts
    .map((verdict, i) => `Step ${i + 1}: like Step 1. \\boxed{${verdict}}`)
    .join("\n")}`;
  return {
    object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }],
    usage: usageOf(asked, tokensOf(text), PLAIN),
  };
}
