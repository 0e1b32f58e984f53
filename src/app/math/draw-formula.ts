import { type Drawing, SPACES } from "./drawing.ts";

/** Makes what was set as data into nodes of the page, without any markup. */
export function drawFormula(drawing: Drawing): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const made: Node[] = [];
  for (const drawn of drawing) {
    const node = "text" in drawn ? document.createTextNode(drawn.text) : makeElement(drawn);
    made.push(node);
    (made[drawn.parent] ?? fragment).appendChild(node);
  }
  return fragment;
}

function makeElement({ space, tag, attributes, style }: Extract<Drawing[number], { tag: string }>) {
  const element =
    space === "html" ? document.createElement(tag) : document.createElementNS(SPACES[space], tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  // Through the object model: the content security policy refuses style attributes.
  if (element instanceof HTMLElement || element instanceof SVGElement) {
    Object.assign(element.style, style);
  }
  return element;
}
