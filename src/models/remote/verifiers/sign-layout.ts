import type { ScoringOf } from "../../../protocol/scoring.ts";
import type { Steps } from "../../../search/ports.ts";
import { type Message, renderPrompt } from "../prompts.ts";
import { numbered, withoutTag } from "./step-scorer.ts";

/** How a solution stands before a model that says + or − after each step. */
export interface SignLayout {
  /** Up to where the sign of the last of these steps would be written. */
  upTo(steps: Steps): string;
  /** All of it, with something after every place where a sign is asked for. */
  whole(steps: Steps): string;
  /** Of the tokens of a whole one, those before which the signs are asked for, one a step. */
  places(tokens: readonly number[]): number[];
}

type Signs = Pick<ScoringOf<"signs">, "layout" | "system" | "template" | "tag" | "good" | "mark">;

/** What stands for + in turns: a sign that was given to a step earlier. */
const GOOD = "+";

export function signLayout(question: string, signs: Signs): SignLayout {
  return LAYOUTS[signs.layout](question, signs);
}

/** Math-Shepherd's (Wang et al. 2024, arXiv:2312.08935; its model card): steps in lines of their own, each with the tag at its end. */
function textLayout(question: string, { tag, mark }: Signs): SignLayout {
  const upTo = (steps: Steps) =>
    `${question} ${steps.map((step, i) => withoutTag(numbered(step, i), tag) + tag).join("\n")}`;
  return {
    upTo,
    // What follows a tag is told at the token after it, so the last tag needs one, too.
    whole: (steps) => `${upTo(steps)}\n`,
    places: after(mark),
  };
}

/** Our own generative PRM's (docs/format.md): lines, each with the judgement of the one before it in front; those before the last are read as right. */
function judgementsLayout(question: string, { mark }: Signs): SignLayout {
  const upTo = (steps: Steps) => {
    const lines = steps.map((step) => step.replaceAll("\n", " "));
    return `<user>${question}</user><reasoning>${lines.join(`\n${GOOD}`)}\n`;
  };
  return { upTo, whole: (steps) => upTo(steps) + GOOD, places: after(mark) };
}

/** Where there is a token after this one. */
function after(mark: number): SignLayout["places"] {
  return (tokens) => tokens.flatMap((_, i) => (i > 0 && tokens[i - 1] === mark ? [i] : []));
}

/** RLHFlow's (Dong et al. 2024, arXiv:2405.07863; their `math-rm`): a turn a step, each answered by +; the first has the question before it. */
function turnsLayout(question: string, { system, template, good, mark }: Signs): SignLayout {
  const turns = (steps: Steps): Message[] => [
    ...(system === "" ? [] : [{ role: "system" as const, content: system }]),
    ...steps.flatMap((step, i): Message[] => [
      ...(i === 0 ? [] : [{ role: "assistant" as const, content: GOOD }]),
      { role: "user", content: (i === 0 ? `${question} ` : "") + asTurn(step) },
    ]),
  ];
  return {
    upTo: (steps) => renderPrompt(turns(steps), template),
    whole: (steps) =>
      renderPrompt([...turns(steps), { role: "assistant", content: GOOD }], template),
    places: (tokens) =>
      tokens.flatMap((token, i) => (token === good && tokens[i + 1] === mark ? [i] : [])),
  };
}

const LAYOUTS = { text: textLayout, turns: turnsLayout, judgements: judgementsLayout } as const;

/** A step that neither frames messages nor ends as if it were a sign. */
function asTurn(step: string): string {
  const text = step.replaceAll("<|", "< |");
  return text.endsWith(GOOD) ? `${text} ` : text;
}
