/**
 * Runs in the page. Texts and spoken names with three words of Latin letters in a
 * row, but for what is the same in every language: steps and problems, code,
 * keys, and the names of models and searches, on the axes of charts as well.
 */
export function latinProse(): string[] {
  const own =
    'bdi, .mono, .math-text, code, kbd, pre, script, style, [lang]:not(html), [aria-label$="tick label"]';
  const names = /Best of \S+|Tree of Thoughts|[A-Z]\w*-\w+/g;
  const prose = /[A-Za-z]{2,}(?:[,;:.]? [A-Za-z]{2,}){2,}/;
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
  const found = new Set<string>();
  const check = (element: Element, text: string) => {
    if (element.closest(own) !== null || !element.checkVisibility()) return;
    if (prose.test(text.replace(names, ""))) found.add(text.trim());
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement, nodeValue } = texts.currentNode;
    check(parentElement!, nodeValue!);
  }
  for (const element of document.body.querySelectorAll("*")) {
    for (const name of ["aria-label", "aria-valuetext", "aria-description", "placeholder"]) {
      const text = element.getAttribute(name) ?? "";
      // A whole chart, or a step in its place, is told with the names that are in it.
      if (!japanese.test(text)) check(element, text);
    }
  }
  return [...found];
}
