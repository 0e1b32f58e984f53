/** Text with how it is set; a link leads to another view of the app. */
export type Inline =
  | { readonly kind: "text" | "emphasis" | "strong" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly view: string };

export interface StoryPage {
  readonly title: string;
  /** The query of the view that belongs to it, with its `?`. */
  readonly view: string;
  readonly paragraphs: readonly (readonly Inline[])[];
}

export interface Story {
  readonly title: string;
  readonly pages: readonly StoryPage[];
}

/** A story that is not written as it has to be; `message` names the line. */
export class StoryError extends Error {
  override readonly name = "StoryError";
}

const TITLE = /^# (\S.*)$/;
const PAGE = /^## \[([^\]]+)\]\((\?[^()\s]*)\)$/;
const INLINE = /\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\((\?[^()\s]*)\)/g;
/** Markdown that is none of ours would be shown as it is typed: better to say so. */
const FOREIGN = /^(#|[-+*>] |\d+\. |!?\[[^\]]*\]\((?!\?)|```|<[a-z!/])/i;

/**
 * Reads a story: a title (`# …`), then pages, each with a heading that links to its
 * view (`## [Title](?run=…)`) and paragraphs with emphasis, code and links to other
 * views. That is all of Markdown that there is: no HTML, no image, nothing from
 * elsewhere. Throws a `StoryError`.
 */
export function parseStory(markdown: string): Story {
  const blocks = blocksOf(markdown);
  const title = TITLE.exec(blocks[0]?.text ?? "")?.[1];
  if (title === undefined) throw new StoryError("line 1: a story begins with its title, # …");
  const pages: (StoryPage & { paragraphs: Inline[][] })[] = [];
  for (const { line, text } of blocks.slice(1)) {
    const [, heading, view] = PAGE.exec(text) ?? [];
    if (heading !== undefined && view !== undefined) {
      pages.push({ title: heading, view, paragraphs: [] });
      continue;
    }
    if (FOREIGN.test(text)) {
      throw new StoryError(`line ${line}: stories know headings, paragraphs, emphasis and links`);
    }
    const page = pages.at(-1);
    if (page === undefined) throw new StoryError(`line ${line}: text before the first page`);
    page.paragraphs.push(inlinesOf(text));
  }
  if (pages.length === 0) throw new StoryError("a story has a page: ## [Title](?run=…)");
  return { title, pages };
}

/** Words of a page, in languages that write them apart or not, to know how long it takes to read. */
export function wordsOf({ title, paragraphs }: StoryPage): number {
  const texts = [title, ...paragraphs.map((inlines) => inlines.map(({ text }) => text).join(""))];
  const words = new Intl.Segmenter(undefined, { granularity: "word" }).segment(texts.join(" "));
  return [...words].filter(({ isWordLike }) => isWordLike).length;
}

interface Block {
  readonly line: number;
  readonly text: string;
}

/** What stands between empty lines, each as one line. */
function blocksOf(markdown: string): Block[] {
  const blocks: { line: number; text: string }[] = [];
  let isOpen = false;
  for (const [i, raw] of markdown.split(/\r?\n/).entries()) {
    const text = raw.trim();
    const last = blocks.at(-1);
    if (text !== "" && isOpen && last) last.text += ` ${text}`;
    else if (text !== "") blocks.push({ line: i + 1, text });
    isOpen = text !== "";
  }
  return blocks;
}

function inlinesOf(text: string): Inline[] {
  const inlines: Inline[] = [];
  const put = (inline: Inline) => {
    if (inline.text !== "") inlines.push(inline);
  };
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, strong, emphasis, code, link, view] = match;
    put({ kind: "text", text: text.slice(end, match.index) });
    if (strong !== undefined) put({ kind: "strong", text: strong });
    else if (emphasis !== undefined) put({ kind: "emphasis", text: emphasis });
    else if (code !== undefined) put({ kind: "code", text: code });
    else put({ kind: "link", text: link!, view: view! });
    end = match.index + whole.length;
  }
  put({ kind: "text", text: text.slice(end) });
  return inlines;
}
