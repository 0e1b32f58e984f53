import { type Said, say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import { countOperations, neededFor, type Quantity } from "./quantities.ts";
import { formOf, readSentence, type Sentence, writeSentence } from "./sentences.ts";
import { Story } from "./story.ts";

/** A problem as it is told, and the calculation that the sentences come to. */
export interface WordProblem {
  readonly sentences: readonly Sentence[];
  /** Quantities, each after those it is calculated from; some may not be needed. */
  readonly quantities: readonly Quantity[];
  /** Index of the quantity that is asked for. */
  readonly asked: number;
}

const MAX_LENGTH = 600;
const MAX_SENTENCES = 14;

export function writeProblem({ sentences }: Pick<WordProblem, "sentences">): string {
  return sentences.map(writeSentence).join(" ");
}

/**
 * Reads sentences of the forms that there are, the last of them the question.
 * Throws a `ProblemError` that says which sentence is not understood, or what
 * in the story makes no sense.
 */
export function readProblem(text: string): WordProblem {
  if (text.length > MAX_LENGTH) {
    throw new ProblemError(
      say("too long: {length} characters, and at most {most} can be read", {
        ...{ length: String(text.length), most: String(MAX_LENGTH) },
      }),
      MAX_LENGTH,
    );
  }
  const parts = readSentences(text);
  if (parts.length > MAX_SENTENCES) {
    throw new ProblemError(say("at most {most} sentences can be read", { most: MAX_SENTENCES }), 0);
  }
  const sentences = parts.map(({ sentence }) => sentence);
  const { doubt, ...problem } = tell(
    sentences,
    parts.map(({ at }) => at),
  );
  if (doubt === null) return problem;
  throw senseless(sentences[doubt.sentence]!, doubt.because, parts[doubt.sentence]!.at);
}

/** Reads sentences and where they begin; throws a `ProblemError` at one that is not understood. */
export function readSentences(text: string): { sentence: Sentence; at: number }[] {
  const parts = [...text.matchAll(/[^.?]+[.?]?|[.?]/g)].filter(([part]) => part.trim() !== "");
  return parts.map(({ 0: part, index }) => {
    const at = index + part.length - part.trimStart().length;
    return { sentence: readSentence(part.trim(), at), at };
  });
}

/** A story told to its end. */
interface Told extends WordProblem {
  /** What its numbers forbid and the place of the sentence, `null` if nothing. */
  readonly doubt: { readonly because: Said; readonly sentence: number } | null;
}

/**
 * Tells a story to its end, whatever its numbers. Throws a `ProblemError` if
 * it makes no sense with any numbers; `offsets` are where sentences begin.
 */
export function tell(sentences: readonly Sentence[], offsets: readonly number[] = []): Told {
  const forms = sentences.map(formOf);
  const questions = forms.filter(({ kind }) => kind === "question").length;
  if (questions !== 1 || forms.at(-1)?.kind !== "question") {
    throw new ProblemError(
      say('the last sentence, and only that, is a question: "How many pens has Ann now?"'),
      offsets.at(-1) ?? 0,
    );
  }
  const story = new Story();
  let doubt: Told["doubt"] = null;
  const order = [...forms.keys()];
  const isFact = (i: number) => forms[i]!.kind === "fact";
  for (const i of [...order.filter(isFact), ...order.filter((each) => !isFact(each))]) {
    try {
      forms[i]!.tell(story, sentences[i]!.slots);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      throw senseless(sentences[i]!, error.said, offsets[i]);
    }
    if (story.doubt !== null) doubt ??= { because: story.doubt, sentence: i };
  }
  const asked = story.asked!;
  if (countOperations([story.quantities[asked]!]) === 0) {
    throw new ProblemError(say("there is nothing to calculate in it"), offsets.at(-1) ?? null);
  }
  return { sentences, quantities: story.quantities, asked, doubt };
}

function senseless(sentence: Sentence, because: Said, at: number | undefined): ProblemError {
  return new ProblemError(
    say('"{sentence}" makes no sense here: {why}', {
      ...{ sentence: writeSentence(sentence), why: because },
    }),
    at ?? null,
  );
}

/** The quantities that the question needs, in the order of the story. */
export function neededIn({ quantities, asked }: WordProblem): Quantity[] {
  return neededFor(quantities, asked).map((index) => quantities[index]!);
}
