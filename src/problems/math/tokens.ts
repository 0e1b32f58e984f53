import type { Operation } from "./program.ts";
import { isUnit } from "./units.ts";

/** A piece of an answer. */
export interface Token {
  readonly kind: "number" | "symbol" | "function" | "mark" | "text" | "begin" | "end";
  /** The sign, the name, the digits, or the words. */
  readonly text: string;
  /** Whether there is space before it. */
  readonly spaced: boolean;
}

/** An answer that cannot be read as mathematics; it is compared as a text. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
}

/** Functions by their name in LaTeX and in plain text. */
export const FUNCTIONS: Readonly<Record<string, Operation>> = {
  ...{ sin: "sin", cos: "cos", tan: "tan", cot: "cot", sec: "sec", csc: "csc" },
  ...{ arcsin: "arcsin", arccos: "arccos", arctan: "arctan", asin: "arcsin", acos: "arccos" },
  ...{ atan: "arctan", sinh: "sinh", cosh: "cosh", tanh: "tanh" },
  ...{ ln: "ln", log: "log", lg: "lg", exp: "exp", abs: "abs" },
};

/** Names of commands and of plain words that are signs. */
const MARKS: Readonly<Record<string, string>> = {
  ...{ cdot: "*", times: "*", ast: "*", div: "/", pm: "±", mp: "∓" },
  ...{ le: "≤", leq: "≤", leqslant: "≤", ge: "≥", geq: "≥", geqslant: "≥", lt: "<", gt: ">" },
  ...{ ne: "≠", neq: "≠", in: "∈", cup: "∪", colon: ":", circ: "°" },
  ...{ lvert: "|(", rvert: "|)", vert: "|", mid: "|", lfloor: "⌊", rfloor: "⌋", lceil: "⌈" },
  ...{ rceil: "⌉", langle: "⟨", rangle: "⟩", lbrace: "\\{", rbrace: "\\}", lbrack: "[" },
  ...{ rbrack: "]", frac: "frac", sqrt: "sqrt", binom: "binom", land: "and", lor: "or" },
};

const GREEK = new Set(
  (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi " +
    "rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi " +
    "Omega ell hbar infty emptyset varnothing"
  ).split(" "),
);
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ...{ infty: "∞", emptyset: "∅", varnothing: "∅" },
  ...{ varphi: "phi", varepsilon: "epsilon", vartheta: "theta" },
};

/** Commands whose argument is words, and those whose argument is mathematics in another font. */
const WORDS = /^(?:text|textbf|textit|textrm|textsf|texttt|mbox|mathrm|operatorname|mathsf|emph)$/;
const FONTS = /^(?:mathbf|boldsymbol|bm|mathit|mathcal|vec|underline|boxed|fbox|ensuremath|hat)$/;
const MATRICES = /^(?:p|b|B|small)?matrix$/;

/** Words that are written without a command and mean what they do in LaTeX. */
const PLAIN = /^(?:sqrt|pi|infinity|infty|inf|oo|and|or|union)$/i;
const LEADING_FUNCTION = new RegExp(
  `^(?:${Object.keys(FUNCTIONS).join("|")}|sqrt|pi)(?=[a-zA-Z]?$)`,
);

/** From so many letters on a run of them is a word, and no product of variables. */
const WORD_LENGTH = 4;
const SHORT_WORDS = /^(?:yes|no|odd|even|all|none|and|or)$/i;

const MOST_DEPTH = 32;
const MOST_TOKENS = 1_500;

const NUMBER =
  /(?:\d+(?:\.\d*)?|\.\d+)(?:\\(?:overline|bar)\{\d+\})?(?:[eE][+-]?\d+(?![a-zA-Z\d]))?/y;
/** Thousands in groups of three, as one number. */
const GROUPED = /\d{1,3}(?:,\d{3})+(?!,?\d)(?:\.\d+)?/y;
const LETTERS = /[a-zA-Z]+/y;
const COMMAND = /\\([a-zA-Z]+)\*?/y;
const SIGNS = /\\[{}|%$&#_]|<=|>=|!=|==|[-+*/^_!()[\]{}|,;=<>%°&:'$£€∪⏎]/y;

/** The tokens of a text that was tidied. Throws an `UnreadableError`. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  const cursor: Cursor = { text, at: 0, depth: 0 };
  for (;;) {
    const space = take(cursor, /\s*/y)![0].length;
    if (cursor.at >= text.length) return tokens;
    if (tokens.length > MOST_TOKENS) throw new UnreadableError("too long");
    const [first, ...others] = nextTokens(cursor, tokens.at(-1));
    if (first) tokens.push({ ...first, spaced: space > 0 }, ...others);
  }
}

interface Cursor {
  readonly text: string;
  at: number;
  /** Brackets that are open: within them a comma separates, and groups no digits. */
  depth: number;
  /** Made when the first group is taken. */
  groups?: ReadonlyMap<number, number>;
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found) cursor.at += found[0].length;
  return found;
}

/** What stands at the cursor, which is moved behind it. */
function nextTokens(cursor: Cursor, before: Token | undefined): readonly Token[] {
  const isGrouping = cursor.depth === 0 && cursor.text[cursor.at - 1] !== ",";
  const number = (isGrouping && take(cursor, GROUPED)) || take(cursor, NUMBER);
  if (number) return [token("number", number[0].replaceAll(",", ""))];
  const letters = take(cursor, LETTERS);
  if (letters) return lettersAsTokens(letters[0], before);
  const sign = take(cursor, SIGNS);
  if (sign) {
    cursor.depth += depthChange(sign[0]);
    if (cursor.depth > MOST_DEPTH) throw new UnreadableError("too deep");
    return [token("mark", SAME_SIGN[sign[0]] ?? sign[0])];
  }
  const command = take(cursor, COMMAND);
  if (!command) throw new UnreadableError(`${cursor.text[cursor.at]} is no mathematics`);
  return commandTokens(command[1]!, cursor);
}

function token(kind: Token["kind"], text: string): Token {
  return { kind, text, spaced: false };
}

const SAME_SIGN: Readonly<Record<string, string>> = {
  ...{ "<=": "≤", ">=": "≥", "!=": "≠", "==": "=", "\\%": "%", "\\$": "$", "\\|": "|" },
  ...{ "\\&": "and", "\\#": "#", "\\_": "_" },
};

function depthChange(sign: string): number {
  if (["(", "[", "\\{"].includes(sign)) return 1;
  return [")", "]", "\\}"].includes(sign) ? -1 : 0;
}

/** What a command means; its argument is taken from the cursor where it has one. */
function commandTokens(name: string, cursor: Cursor): readonly Token[] {
  if (name === "begin" || name === "end") {
    const environment = argument(cursor);
    if (!MATRICES.test(environment)) throw new UnreadableError(`${environment} is no matrix`);
    return [token(name, "matrix")];
  }
  if (WORDS.test(name)) return [wordToken(name, argument(cursor))];
  if (FONTS.test(name)) return readTokens(argument(cursor));
  if (Object.hasOwn(FUNCTIONS, name)) return [token("function", name)];
  if (Object.hasOwn(MARKS, name)) return [token("mark", MARKS[name]!)];
  if (name === "pi") return [token("symbol", "pi")];
  if (GREEK.has(name)) return [token("symbol", OTHER_NAMES[name] ?? `\\${name}`)];
  throw new UnreadableError(`\\${name} is not known`);
}

function wordToken(command: string, content: string): Token {
  const word = content.replaceAll(/[$~]|\\[ ,;]/g, " ").trim();
  if (Object.hasOwn(FUNCTIONS, word)) return token("function", word);
  return token(command === "mathrm" && /^[ei]$/.test(word) ? "symbol" : "text", word);
}

/** The group in braces at the cursor, without them. */
function argument(cursor: Cursor): string {
  take(cursor, /\s*/y);
  const start = cursor.at;
  cursor.groups ??= groupsOf(cursor.text);
  const end = cursor.groups.get(start);
  if (end === undefined) throw new UnreadableError("a group is missing or not closed");
  cursor.at = end + 1;
  return cursor.text.slice(start + 1, end);
}

/** Where each brace that opens is closed, for those that are; an escaped brace is none. */
export function groupsOf(text: string): ReadonlyMap<number, number> {
  const open: number[] = [];
  const groups = new Map<number, number>();
  for (const { 0: brace, index } of text.matchAll(/\\[\s\S]|[{}]/g)) {
    if (brace === "{") open.push(index);
    const start = brace === "}" ? open.pop() : undefined;
    if (start !== undefined) groups.set(start, index);
  }
  return groups;
}

/** A run of letters: a function, a word, a unit, or variables side by side. */
function lettersAsTokens(letters: string, before: Token | undefined): readonly Token[] {
  if (PLAIN.test(letters)) return [plainWord(letters.toLowerCase())];
  if (Object.hasOwn(FUNCTIONS, letters)) return [token("function", letters)];
  if (letters.length > 1 && isMeasured(before) && isUnit(letters)) return [token("text", letters)];
  const [leading] = LEADING_FUNCTION.exec(letters) ?? [];
  if (leading && leading.length < letters.length) {
    const rest = token("symbol", letters.slice(leading.length));
    return [...lettersAsTokens(leading, before), rest];
  }
  if (letters.length >= WORD_LENGTH || SHORT_WORDS.test(letters)) return [token("text", letters)];
  return [...letters].map((letter) => token("symbol", letter));
}

/** Whether a unit may follow. */
function isMeasured(before: Token | undefined): boolean {
  if (before === undefined) return false;
  return ["number", "text"].includes(before.kind) || ["}", "/"].includes(before.text);
}

function plainWord(word: string): Token {
  if (word === "sqrt") return token("mark", "sqrt");
  if (word === "pi") return token("symbol", "pi");
  if (word === "union") return token("mark", "∪");
  return word === "and" || word === "or" ? token("text", word) : token("symbol", "∞");
}
