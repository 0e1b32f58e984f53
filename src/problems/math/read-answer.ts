import type { Answer, Quantity, ReadAnswer } from "./answer.ts";
import { isMark, isWrapped, spellTokens, splitTop } from "./answer-tokens.ts";
import { valuesOf } from "./evaluate.ts";
import type { Program } from "./program.ts";
import { readExpression } from "./read-expression.ts";
import { readRelation } from "./read-relation.ts";
import { tidy } from "./tidy.ts";
import { readTokens, type Token, UnreadableError } from "./tokens.ts";
import { spellUnit } from "./units.ts";

/** Longest text that is read as mathematics, in characters. */
const MOST_CHARACTERS = 2_000;

/** Reads an answer; what is no mathematics is a text, and never an error. */
export function readAnswer(text: string): ReadAnswer {
  const tidied = text.length > MOST_CHARACTERS ? text : tidy(text);
  const words = tidied.toLowerCase().replaceAll(/\\text\w*|[{}]/g, " ");
  const plain = words.replaceAll(/\s+/g, " ").trim();
  if (text.length > MOST_CHARACTERS) return asText(plain);
  try {
    const tokens = readTokens(tidied);
    const answer = readParts(tokens);
    const spelling = answer.kind === "text" ? answer.text : spellTokens(tokens);
    return { answer, spelling };
  } catch (error) {
    // What cannot be read is compared as it is written.
    if (error instanceof UnreadableError)
      return asText(tidied.replaceAll(/(?<!\d)\s+|\s+(?!\d)/g, ""));
    throw error;
  }
}

function asText(text: string): ReadAnswer {
  return { answer: { kind: "text", text }, spelling: text };
}

const isComma = (token: Token) =>
  isMark(token, ",", ";") || (token.kind === "text" && /^(?:,\s*)?(?:and|or)$/i.test(token.text));

/** Several answers, or one. */
function readParts(tokens: readonly Token[]): Answer {
  const inner = withoutBraces(tokens);
  const { parts, separators } = splitTop(inner, isComma);
  const answers = parts.filter((part) => part.length > 0).map(readOne);
  if (answers.length === 0) throw new UnreadableError("nothing is there");
  if (answers.length === 1 && separators.length === 0) return answers[0]!;
  const isRegion = ({ kind }: Answer) =>
    kind === "inequality" || (kind === "list" && !isWrapped(parts[0]!)) || kind === "union";
  if (!answers.some(isRegion)) return several(answers);
  if (!separators.every(({ text }) => /or$/i.test(text))) {
    throw new UnreadableError("regions that may overlap");
  }
  return { kind: "union", parts: answers };
}

/** `x=1 or x=2` and `x=1, 2` name one unknown. */
function several(answers: readonly Answer[]): Answer {
  const set = (items: readonly Answer[]): Answer => ({ kind: "set", items, isBraced: false });
  const [first] = answers;
  if (first?.kind !== "equation" || first.label === null) return set(answers);
  const rights = answers.map((answer) =>
    answer.kind === "equation" ? (answer.label === first.label ? answer.right : null) : answer,
  );
  if (rights.some((right) => right?.kind !== "quantity")) return set(answers);
  return { ...first, right: set(rights as Answer[]), difference: null };
}

/** Braces that group, and braces that somebody forgot to escape around a list. */
function withoutBraces(tokens: readonly Token[]): readonly Token[] {
  let inner = tokens;
  while (isMark(inner[0], "{") && isMark(inner.at(-1), "}") && isWrapped(inner)) {
    const content = inner.slice(1, -1);
    if (splitTop(content, isComma).separators.length > 0) {
      return [{ ...inner[0]!, text: "\\{" }, ...content, { ...inner.at(-1)!, text: "\\}" }];
    }
    inner = content;
  }
  return inner;
}

function readOne(tokens: readonly Token[]): Answer {
  const signs = tokens.filter((token) => isMark(token, "±")).length;
  if (signs > 0) return readBothSigns(tokens, signs);
  const relation = readRelation(tokens, { readPart: readParts, quantity });
  if (relation) return relation;
  const { parts } = splitTop(tokens, (token) => isMark(token, "∪"));
  if (parts.length > 1) return { kind: "union", parts: parts.map(readOne) };
  const ratio = splitTop(tokens, (token) => isMark(token, ":")).parts;
  if (ratio.length > 1) return { kind: "list", open: ":", close: ":", items: ratio.map(readOne) };
  return isWrapped(tokens) ? readWrapped(tokens) : readPlain(tokens);
}

/** `3 \pm 1` is 4 and 2; `∓` is the other sign each time. */
function readBothSigns(tokens: readonly Token[], signs: number): Answer {
  if (signs > 1) throw new UnreadableError("which signs go together is not told");
  const withSigns = (plus: string, minus: string) =>
    readOne(
      tokens.map((token) => {
        if (isMark(token, "±")) return { ...token, text: plus };
        return isMark(token, "∓") ? { ...token, text: minus } : token;
      }),
    );
  return several([withSigns("+", "-"), withSigns("-", "+")]);
}

function readWrapped(tokens: readonly Token[]): Answer {
  const [first] = tokens;
  const last = tokens.at(-1)!;
  const content = tokens.slice(1, -1);
  if (first!.kind === "begin") return readMatrix(content);
  if (isMark(first, "{")) return readParts(content);
  const { parts } = splitTop(content, (token) => isMark(token, ",", ";"));
  if (isMark(first, "\\{") && isMark(last, "\\}")) {
    const items = content.length === 0 ? [] : parts.map(readParts);
    return { kind: "set", items, isBraced: true };
  }
  const isList = isMark(first, "(", "[", "⟨") && isMark(last, ")", "]", "⟩");
  if (isList && parts.length > 1) {
    return { kind: "list", open: first!.text, close: last.text, items: parts.map(readParts) };
  }
  // A choice such as (A), or parentheses that nothing needs.
  return isMark(first, "(") && isMark(last, ")") ? readParts(content) : readPlain(tokens);
}

function readMatrix(content: readonly Token[]): Answer {
  const rows = splitTop(content, (token) => isMark(token, "⏎")).parts;
  const filled = rows.filter((row) => row.length > 0);
  const cells = filled.map((row) => splitTop(row, (token) => isMark(token, "&")).parts);
  return { kind: "matrix", rows: cells.map((row) => row.map(readParts)) };
}

/** Words that may be mathematics in the wrong font: a number, the letter of a choice. */
const SET_AS_TEXT = /^(?:\(?[A-Za-z]\)?|[\d.,/+\-\s]*\d[\d.,/+\-\s]*)$/;

function readPlain(tokens: readonly Token[]): Answer {
  const [first] = tokens;
  if (first?.kind === "text") {
    if (tokens.length === 1 && SET_AS_TEXT.test(first.text))
      return readParts(readTokens(first.text));
    if (tokens.some(({ kind }) => kind !== "text")) throw new UnreadableError("words in front");
    const text = tokens.map((token) => token.text).join(" ");
    return {
      kind: "text",
      text: text
        .toLowerCase()
        .replaceAll(/[\s.]+/g, " ")
        .trim(),
    };
  }
  if (tokens.length === 1 && first?.text === "∅") return { kind: "set", items: [], isBraced: true };
  return quantity(tokens);
}

const CURRENCY = ["$", "£", "€"];

/** An expression and its unit. Throws an `UnreadableError`. */
function quantity(tokens: readonly Token[]): Quantity {
  const { amount, unit } = splitUnit(tokens);
  const program = readExpression(amount);
  return quantityOf(program, { spelling: spellTokens(amount), unit });
}

function quantityOf(
  program: Program,
  { spelling, unit = null }: { spelling: string; unit?: string | null },
): Quantity {
  return { kind: "quantity", program, values: valuesOf(program), spelling, unit };
}

function splitUnit(tokens: readonly Token[]): { amount: readonly Token[]; unit: string | null } {
  const at = isMark(tokens[0], "-") ? 1 : 0;
  if (isMark(tokens[at], ...CURRENCY)) {
    const rest = [...tokens.slice(0, at), ...tokens.slice(at + 1)];
    return { amount: splitUnit(rest).amount, unit: tokens[at]!.text };
  }
  const last = tokens.at(-1);
  const isOfAll = tokens.every(({ kind }) => kind !== "function") && tokens.length > 1;
  if (isOfAll && isMark(last, "%", "°", "£", "€", "$")) {
    return { amount: tokens.slice(0, -1), unit: last!.text };
  }
  const start = tokens.findIndex(({ kind }, i) => i > 0 && kind === "text");
  const rest = tokens.slice(start);
  if (start < 0 || !rest.every(isPartOfUnit)) return { amount: tokens, unit: null };
  const words = rest.map(({ text }) => text).join(" ");
  const amount = tokens.slice(0, isMark(tokens[start - 1], "*") ? start - 1 : start);
  // A percent sign or the like in front of words: 12% of the total.
  return isMark(amount.at(-1), "%") ? splitUnit(amount) : { amount, unit: spellUnit(words) };
}

function isPartOfUnit(token: Token, i: number, rest: readonly Token[]): boolean {
  if (token.kind === "text") return true;
  if (isMark(token, "^", "/", "*", "{", "}")) return i > 0;
  return token.kind === "number" && isMark(rest[i - 1], "^", "{");
}
