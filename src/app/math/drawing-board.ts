import { inEnglish, type Said, say } from "../../lib/said.ts";
import { type Drawing, type DrawnNode, SPACES, type Space } from "./drawing.ts";

/** Elements and texts of a formula, with what assistive technology reads. Ten lines of algebra have about 1,000. */
const MOST_NODES = 2_400;
const DEEPEST = 250;
/** Longest length of a style: far more than fits on a screen, em. */
const LONGEST = 80;

/** Thrown where a formula wants more than it may have; `why` is the end of a sentence. */
export class DrawingRefused extends Error {
  readonly why: Said;

  constructor(why: Said) {
    super(inEnglish(why));
    this.why = why;
  }
}

type Recorded = RecordedElement | RecordedText;

interface RecordedText {
  readonly text: string;
}

/**
 * Stands in for a `document` while KaTeX draws: keeps what it makes as data, so
 * that formulas can be set where there is no document, and checks it on the way.
 */
export class DrawingBoard {
  /** KaTeX asks for it. */
  readonly compatMode = "CSS1Compat";
  #count = 0;
  #root: RecordedElement | null = null;

  /** What was drawn into the first element that was made here. Throws `DrawingRefused`. */
  finished(): Drawing {
    if (this.#root === null) throw new Error("nothing was drawn");
    return drawingIn(this.#root);
  }

  createElement(tag: string): RecordedElement {
    if (tag !== "span") throw new DrawingRefused(say("it asks for more than mathematics"));
    const element = this.#add(new RecordedElement("html", tag));
    this.#root ??= element;
    return element;
  }

  createElementNS(uri: string, tag: string): RecordedElement {
    const space = uri === SPACES.svg ? "svg" : "math";
    return this.#add(new RecordedElement(space, tag));
  }

  createTextNode(text: string): RecordedText {
    return this.#add({ text });
  }

  createDocumentFragment(): RecordedElement {
    return new RecordedElement("html", null);
  }

  #add<Node>(node: Node): Node {
    if (++this.#count > MOST_NODES) throw new DrawingRefused(say("it is too large"));
    return node;
  }
}

/** As much of an element as KaTeX uses. */
class RecordedElement {
  readonly space: Space;
  /** `null` for a fragment. */
  readonly tag: string | null;
  readonly style: Record<string, string> = {};
  readonly attributes: Record<string, string> = {};
  children: Recorded[] = [];

  constructor(space: Space, tag: string | null) {
    this.space = space;
    this.tag = tag;
  }

  set className(names: string) {
    if (names !== "") this.attributes["class"] = names;
  }

  set textContent(text: string) {
    this.children = text === "" ? [] : [{ text }];
  }

  setAttribute(name: string, value: string): void {
    if (name === "style") Object.assign(this.style, readStyle(value));
    else if (/^(on|href|src|color|mathcolor|.*background)/i.test(name)) return;
    else this.attributes[name] = String(value);
  }

  appendChild(child: Recorded): void {
    if (child instanceof RecordedElement && child.tag === null)
      this.children.push(...child.children);
    else this.children.push(child);
  }
}

function drawingIn(root: RecordedElement): Drawing {
  const nodes: DrawnNode[] = [];
  const waiting = root.children.map((child) => ({ child, parent: -1, depth: 1 })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { child, parent, depth } = next;
    if (depth > DEEPEST) throw new DrawingRefused(say("it is nested too deep"));
    const index = nodes.length;
    if (!(child instanceof RecordedElement)) {
      nodes.push({ parent, text: child.text });
      continue;
    }
    const { space, attributes } = child;
    nodes.push({ parent, space, tag: child.tag!, attributes, style: harmless(child.style) });
    for (const inner of child.children.toReversed()) {
      waiting.push({ child: inner, parent: index, depth: depth + 1 });
    }
  }
  return nodes;
}

/** Without colours, which are those of the page. Throws for lengths that no page has. */
function harmless(style: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(style)) {
    if (/color|background|image/i.test(name)) continue;
    for (const [length] of value.matchAll(/-?\d[\d.]*(?=em)/g)) {
      if (Math.abs(Number(length)) > LONGEST)
        throw new DrawingRefused(say("it is larger than a page"));
    }
    kept[name] = value;
  }
  return kept;
}

/** `width:0.5em;min-width:1em` by the names of `CSSStyleDeclaration`. */
function readStyle(css: string): Record<string, string> {
  const pairs = css.split(";").map((declaration) => declaration.split(":"));
  return Object.fromEntries(
    pairs.flatMap(([name = "", value = ""]) => {
      const camel = name.trim().replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      return camel === "" ? [] : [[camel, value.trim()]];
    }),
  );
}
