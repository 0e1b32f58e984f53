import type { Story } from "./story.ts";

/** Slots of a form are written `{a}`; these hold numbers, all others words. */
export type NumberSlot = "a" | "b" | "c";

type SlotIn<Text> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | SlotIn<Rest>
  : never;
type SlotsOf<Text> = {
  readonly [Slot in SlotIn<Text>]: Slot extends NumberSlot ? number : string;
};

export type Slots = Readonly<Record<string, string | number>>;

/** A kind of sentence: how it is written, and what it does to a story. */
export interface Form {
  /** The sentence with slots in the places of what varies. */
  readonly text: string;
  /** Facts hold from the beginning, wherever they stand; questions stand last. */
  readonly kind: "fact" | "event" | "question";
  readonly tell: (story: Story, slots: Slots) => void;
}

function formOf(kind: Form["kind"]) {
  return <const Text extends string>(
    text: Text,
    tell: (story: Story, slots: SlotsOf<Text>) => void,
  ): Form => ({
    text,
    kind,
    // The reader fills exactly the slots that stand in the text.
    tell: (story, slots) => tell(story, slots as SlotsOf<Text>),
  });
}

export const fact = formOf("fact");
export const event = formOf("event");
export const question = formOf("question");
