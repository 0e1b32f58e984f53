/** Tokens that are no text: they frame a conversation, and text can never spell them. */
const CONTROL_TOKENS = [
  "<pad>",
  "<user>",
  "</user>",
  "<reasoning>",
  "</reasoning>",
  "<assistant>",
  "</assistant>",
] as const;
type ControlToken = (typeof CONTROL_TOKENS)[number];

const CHARACTERS =
  "\n 0123456789+-*/()=>.,abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ<:;?!'\"%^_[]{}|";

/** Between two steps of reasoning. */
const STEP_DELIMITER = "\n";

/** A character that the vocabulary does not have. */
export class VocabularyError extends Error {
  override readonly name = "VocabularyError";
  /** Offset into the text. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Token ids of characters and control tokens. */
export interface Vocabulary {
  /** By id: control tokens by name, the others are one character each. */
  readonly tokens: readonly string[];
  readonly control: Readonly<Record<ControlToken, number>>;
  /** Id of `STEP_DELIMITER`. */
  readonly delimiter: number;
  /** Ids of text, character by character; throws a `VocabularyError` for one that is not there. */
  encode(text: string): number[];
  /** Text of ids; control tokens appear by name. */
  decode(ids: readonly number[]): string;
  isControl(id: number): boolean;
}

/**
 * The vocabulary of these tokens, whose positions are their ids. Throws a
 * `VocabularyError` unless all control tokens and the delimiter are there and
 * every other token is a single character that occurs once.
 */
export function createVocabulary(tokens: readonly string[]): Vocabulary {
  const controls: ReadonlySet<string> = new Set(CONTROL_TOKENS);
  const ids = new Map<string, number>();
  for (const [id, token] of tokens.entries()) {
    if (ids.has(token)) throw new VocabularyError(`${JSON.stringify(token)} occurs twice`, id);
    if (!controls.has(token) && [...token].length !== 1) {
      throw new VocabularyError(`Token ${id}, ${JSON.stringify(token)}, is not one character`, id);
    }
    ids.set(token, id);
  }
  const idOf = (token: string): number => {
    const id = ids.get(token);
    if (id === undefined) throw new VocabularyError(`No token ${JSON.stringify(token)}`, 0);
    return id;
  };
  const control = {
    "<pad>": idOf("<pad>"),
    "<user>": idOf("<user>"),
    "</user>": idOf("</user>"),
    "<reasoning>": idOf("<reasoning>"),
    "</reasoning>": idOf("</reasoning>"),
    "<assistant>": idOf("<assistant>"),
    "</assistant>": idOf("</assistant>"),
  };
  const controlIds: ReadonlySet<number> = new Set(Object.values(control));

  return {
    tokens,
    control,
    delimiter: idOf(STEP_DELIMITER),
    isControl: (id) => controlIds.has(id),
    encode: (text) => {
      let at = 0;
      return Array.from(text, (character) => {
        const id = ids.get(character);
        if (id === undefined) {
          const shown = JSON.stringify(character);
          throw new VocabularyError(`${shown} at offset ${at} is not in the vocabulary`, at);
        }
        at += character.length;
        return id;
      });
    },
    decode: (sequence) =>
      sequence
        .map((id) => {
          const token = tokens[id];
          if (token === undefined) throw new RangeError(`No token has the id ${id}`);
          return token;
        })
        .join(""),
  };
}

/** The vocabulary of all models that this project trains: 7 control tokens, 89 characters. Ids never change. */
export const VOCABULARY = createVocabulary([...CONTROL_TOKENS, ...CHARACTERS]);

/** An earlier turn of a conversation as later ones see it: its reasoning is dropped. */
export interface EarlierTurn {
  readonly problem: string;
  readonly answer: string;
}

/**
 * `<user>PROBLEM</user><reasoning>`: what a policy reads before its first step.
 * Each earlier turn stands before it as `<user>PROBLEM</user><assistant>ANSWER</assistant>`.
 */
export function encodePrompt(
  vocabulary: Vocabulary,
  problem: string,
  earlier: readonly EarlierTurn[] = [],
): number[] {
  const { control, encode } = vocabulary;
  const asked = (text: string) => [control["<user>"], ...encode(text), control["</user>"]];
  return [
    ...earlier.flatMap((turn) => [
      ...asked(turn.problem),
      ...encodeAnswer(vocabulary, turn.answer),
    ]),
    ...asked(problem),
    control["<reasoning>"],
  ];
}

/** A step and the token that ends it: the delimiter, or `</reasoning>` after the last. */
export function encodeStep(vocabulary: Vocabulary, step: string, last: boolean): number[] {
  return [
    ...encodeLine(vocabulary, step),
    last ? vocabulary.control["</reasoning>"] : vocabulary.delimiter,
  ];
}

/** `<assistant>ANSWER</assistant>`: what follows `</reasoning>`. */
function encodeAnswer(vocabulary: Vocabulary, answer: string): number[] {
  const { control } = vocabulary;
  return [control["<assistant>"], ...vocabulary.encode(answer), control["</assistant>"]];
}

/** A solution as a model reads it. */
export interface EncodedSolution {
  readonly tokens: number[];
  /** Tokens of the earlier turns and `<user>PROBLEM</user><reasoning>`: what a policy does not write. */
  readonly promptLength: number;
  /** For every step the position after its last token: its delimiter or, of an ended solution, the answer. */
  readonly stepEnds: number[];
}

/**
 * `<user>PROBLEM</user><reasoning>STEP\nSTEP</reasoning><assistant>ANSWER</assistant>`.
 * With `ended` false the last step ends with the delimiter and nothing follows;
 * without an answer nothing follows `</reasoning>`.
 */
export function encodeSolution(
  {
    problem,
    steps,
    answer,
    ended = true,
    earlier = [],
  }: {
    readonly earlier?: readonly EarlierTurn[];
    readonly problem: string;
    readonly steps: readonly string[];
    readonly answer: string | null;
    readonly ended?: boolean;
  },
  vocabulary: Vocabulary = VOCABULARY,
): EncodedSolution {
  const tokens = encodePrompt(vocabulary, problem, earlier);
  const promptLength = tokens.length;
  const stepEnds = steps.map((step, index) => {
    const last = ended && index === steps.length - 1;
    tokens.push(...encodeStep(vocabulary, step, last));
    if (last && answer !== null) tokens.push(...encodeAnswer(vocabulary, answer));
    return tokens.length;
  });
  return { tokens, promptLength, stepEnds };
}

function encodeLine({ encode, delimiter }: Vocabulary, step: string): number[] {
  const ids = encode(step);
  const at = ids.indexOf(delimiter);
  if (at >= 0) throw new VocabularyError("A step cannot contain a line break", at);
  return ids;
}
