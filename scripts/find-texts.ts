import { parseSync } from "vite";

/** A text of the interface where the code says it, for the test that holds the catalogues to it. */
interface FoundText {
  readonly text: string;
  readonly line: number;
}

export interface Texts {
  /** Texts that catalogues go by: what `t`, `msg` and their kind are given. */
  readonly keys: readonly FoundText[];
  /** Texts that a reader seems to meet and no catalogue can know. */
  readonly strays: readonly FoundText[];
  /** Texts made when the module is loaded, before anybody knows the language. */
  readonly early: readonly FoundText[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** Functions whose arguments catalogues know. */
const MARKS = new Set(["t", "tPieces", "tParts", "tCount", "tSaid", "msg", "say", "sayCount"]);
/** Of a singular and a plural, catalogues hold the plural. */
const KEY_ARGUMENT: Readonly<Record<string, number>> = { tCount: 2, sayCount: 2 };
const NOW = new Set(["t", "tPieces", "tParts", "tCount", "tSaid"]);
const SPOKEN_ATTRIBUTES = new Set([
  ...["title", "placeholder", "alt", "label"],
  ...["aria-label", "aria-description", "aria-valuetext", "aria-roledescription"],
]);
const WORD = /\p{L}{2,}/u;
/** Two words in a row: what no identifier, path or class is. */
const PROSE = /\p{L}{2,}[,;:.]? \p{L}{2,}/u;
/** What only browsers read: media queries, fonts, gradients, markup and selectors with attributes. */
const FOR_BROWSERS =
  /^\(prefers-|\b(?:sans-serif|monospace)$|^linear-gradient\(|^<\w+ [\w-]+=|\[[a-z-]+(?:="\w+")?\]/;
/** Elements for what is the same in every language: keys of the keyboard and code. */
const SPELT_OUT = new Set(["kbd", "code"]);
/** What this is called in every language. */
const NAME = "Sentei";

/** Names of formats and the like, the same in every language. */
const ACRONYM = /^[A-Z]+$/;

/** Finds the texts of one file. Throws if it cannot be read as TypeScript. */
export function findTexts(file: string, code: string): Texts {
  const texts = { keys: [] as FoundText[], strays: [] as FoundText[], early: [] as FoundText[] };
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const open: { node: Node; around: readonly Node[] }[] = [
    { node: program as unknown as Node, around: [] },
  ];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { node, around } = place;
    const line = () => code.slice(0, node.start).split("\n").length;
    for (const text of keysOf(node)) texts.keys.push({ text, line: line() });
    const mark = markOf(node);
    if (mark !== null && NOW.has(mark) && !around.some(isFunction)) {
      texts.early.push({ text: mark, line: line() });
    }
    const stray = strayOf(node, around);
    if (stray !== null) texts.strays.push({ text: stray, line: line() });
    const inside = [...around, node];
    open.push(...childrenOf(node).map((child) => ({ node: child, around: inside })));
  }
  return texts;
}

/** What catalogues know a call by. */
function keysOf(node: Node): string[] {
  const mark = markOf(node);
  if (mark === null || mark === "tSaid") return [];
  const given = (node["arguments"] as readonly Node[])[KEY_ARGUMENT[mark] ?? 0];
  return given === undefined ? [] : literals(given);
}

function markOf(node: Node): string | null {
  if (node.type !== "CallExpression") return null;
  const { type, name } = node["callee"] as Node;
  return type === "Identifier" && MARKS.has(name as string) ? (name as string) : null;
}

/** The text of a node that a reader would meet as it stands; `null` for everything else. */
function strayOf(node: Node, around: readonly Node[]): string | null {
  const text = node.type === "JSXText" ? (node["value"] as string) : textOf(node);
  if (text === null || !WORD.test(text.replace(NAME, ""))) return null;
  if (FOR_BROWSERS.test(text) || ACRONYM.test(text.trim())) return null;
  if (around.at(-1)?.["key"] === node) return null;
  if (node.type === "JSXText") return isSpeltOut(around.at(-1)!) ? null : text;
  if (around.some((outer) => markOf(outer) !== null || isSilent(outer))) return null;
  return isShown(around) || PROSE.test(text) ? text : null;
}

/** Whether a text in this place is put on the page by JSX itself. */
function isShown(around: readonly Node[]): boolean {
  for (let at = around.length - 1; at >= 0; at--) {
    const outer = around[at]!;
    if (outer.type === "JSXAttribute") return SPOKEN_ATTRIBUTES.has(nameOf(outer));
    if (outer.type === "JSXExpressionContainer") {
      const holder = around[at - 1]!;
      if (holder.type !== "JSXAttribute") return true;
    } else if (!passesOn(outer)) return false;
  }
  return false;
}

/** Whether a text in an expression may be a part of what that expression is; what is compared is not. */
function passesOn({ type, operator }: Node): boolean {
  return type === "BinaryExpression"
    ? operator === "+"
    : /^(Conditional|Logical|Template|Parenthesized)/.test(type);
}

/** Whether an element holds a key or code, or says itself what language its text is in. */
function isSpeltOut(element: Node): boolean {
  if (element.type !== "JSXElement") return false;
  const opening = element["openingElement"] as Node;
  const attributes = opening["attributes"] as readonly Node[];
  return (
    SPELT_OUT.has(nameOf(opening)) ||
    attributes.some((one) => one.type === "JSXAttribute" && nameOf(one) === "lang")
  );
}

/** Whether what stands in it is for programs and those who write them. */
function isSilent(node: Node): boolean {
  if (node.type === "JSXAttribute") return !SPOKEN_ATTRIBUTES.has(nameOf(node));
  if (node.type === "NewExpression") return /Error$/.test(String((node["callee"] as Node)["name"]));
  return (
    /^(Import|Export.*From|TS)/.test(node.type) &&
    node.type !== "TSAsExpression" &&
    node.type !== "TSSatisfiesExpression"
  );
}

function nameOf(attribute: Node): string {
  return String((attribute["name"] as Node)["name"]);
}

function isFunction({ type }: Node): boolean {
  return /Function|^MethodDefinition$|^PropertyDefinition$/.test(type);
}

/** A string, or a template with braces for what is filled in. */
function textOf(node: Node): string | null {
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : null;
  if (node.type !== "TemplateLiteral") return null;
  const quasis = node["quasis"] as readonly { readonly value: { readonly cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join("{}");
}

/** The strings that an argument may be. */
function literals(node: Node): string[] {
  const text = textOf(node);
  if (text !== null) return [text];
  if (node.type !== "ConditionalExpression") return [];
  return [node["consequent"] as Node, node["alternate"] as Node].flatMap(literals);
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter(
      (value): value is Node => typeof value === "object" && value !== null && "type" in value,
    );
}
