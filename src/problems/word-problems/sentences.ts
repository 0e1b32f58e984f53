import { type Said, say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import type { Form, NumberSlot, Slots } from "./forms.ts";
import { FORMS_OF_PEOPLE } from "./forms-of-people.ts";
import { FORMS_OF_THINGS } from "./forms-of-things.ts";
import { FORMS_OF_WHOLES } from "./forms-of-wholes.ts";
import { classOf, type WordClass } from "./lexicon.ts";

/** Every kind of sentence that there is: the writer and the reader know no other. */
export const FORMS: readonly Form[] = [...FORMS_OF_THINGS, ...FORMS_OF_PEOPLE, ...FORMS_OF_WHOLES];

export interface Sentence {
  /** The text of its form: `{W} buys {a} {t}.` */
  readonly form: string;
  readonly slots: Slots;
}

const CLASS_OF_SLOT: Readonly<Record<string, WordClass>> = {
  ...{ a: "number", b: "number", c: "number" },
  ...{ W: "who", N: "who", M: "who", O: "whom", V: "vehicle" },
  ...{ t: "things", T: "thing", k: "containers", j: "containers", K: "container" },
  ...{ d: "dishes", D: "dish" },
};

/** Words for a sentence that shows what a form looks like. */
const SAMPLE: Slots = {
  ...{ a: 12, b: 4, c: 3, W: "Ann", N: "Bob", M: "Ann", O: "her", V: "bus" },
  ...{ t: "pens", T: "pen", k: "bags", j: "boxes", K: "bag", d: "cakes", D: "cake" },
};

const MAX_DIGITS = 4;

interface Reader {
  readonly form: Form;
  /** Slots in the order in which they stand in the text. */
  readonly slots: readonly string[];
}

/**
 * Forms by signature: the words of a sentence, with `{class}` in the place of
 * every word of the lexicon. One look-up reads a sentence, whatever the number
 * of forms.
 */
const READERS: ReadonlyMap<string, Reader> = new Map(
  FORMS.map((form) => {
    const slots = [...form.text.matchAll(/\{(\w)\}/g)].map(([, slot]) => slot!);
    return [
      form.text.replace(/\{(\w)\}/g, (_, slot: string) => `{${CLASS_OF_SLOT[slot]}}`),
      { form, slots },
    ];
  }),
);

const FORM_OF: ReadonlyMap<string, Form> = new Map(FORMS.map((form) => [form.text, form]));

/** Throws a `RangeError` if there is no such form. */
export function formOf({ form }: Sentence): Form {
  const found = FORM_OF.get(form);
  if (found === undefined) throw new RangeError(`no sentence has the form "${form}"`);
  return found;
}

export function writeSentence({ form, slots }: Sentence): string {
  return form.replace(/\{(\w)\}/g, (_, slot: string) => String(slots[slot]));
}

/**
 * Reads one sentence, its full stop or question mark included; space does not
 * count. Throws a `ProblemError` at `offset` that shows sentences like it.
 */
export function readSentence(text: string, offset: number): Sentence {
  const words = text.match(/[A-Za-z]+|\d+|[^\sA-Za-z\d]/g) ?? [];
  const kinds = words.map(classOf);
  const signature = words.map((word, i) => (kinds[i] ? `{${kinds[i]}}` : word)).join(" ");
  const reader = READERS.get(signature.replace(/ ([.?])$/, "$1"));
  if (reader === undefined || /^[a-z]/.test(words[0]!) || words.slice(1).some(isCapitalPronoun)) {
    throw new ProblemError(notUnderstood(text, words), offset);
  }
  const filled = words.filter((_, i) => kinds[i] !== null);
  const slots = reader.slots.map((slot, i) => {
    const word = filled[i]!;
    return [slot, isNumberSlot(slot) ? readNumber(word, offset) : word];
  });
  return { form: reader.form.text, slots: Object.fromEntries(slots) };
}

function isNumberSlot(slot: string): slot is NumberSlot {
  return CLASS_OF_SLOT[slot] === "number";
}

function isCapitalPronoun(word: string): boolean {
  return word === "She" || word === "He" || word === "It";
}

function readNumber(digits: string, offset: number): number {
  if (digits.length > MAX_DIGITS) {
    throw new ProblemError(
      say("numbers have at most {most} digits, not {digits}", {
        ...{ most: MAX_DIGITS, digits: String(digits.length) },
      }),
      offset,
    );
  }
  if (digits.startsWith("0"))
    throw new ProblemError(say("{number} begins with a 0", { number: digits }), offset);
  return Number(digits);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** Shows the sentences that have most words in common with what was typed. */
function notUnderstood(text: string, words: readonly string[]): Said {
  const typed = new Set(words.slice(0, 40));
  const [first, second, third] = FORMS.map(({ text }) =>
    writeSentence({ form: text, slots: SAMPLE }),
  )
    .map((sample) => ({
      sample,
      common: sample.match(/\w+|\?/g)!.filter((w) => typed.has(w)).length,
    }))
    .sort((a, b) => b.common - a.common)
    .slice(0, 3)
    .map(({ sample }) => `"${sample}"`);
  return say('"{text}" is not understood. Sentences like it are {first}, {second} and {third}', {
    ...{ text: shorten(text), first: first!, second: second!, third: third! },
  });
}
