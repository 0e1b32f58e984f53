import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldLog } from "../../protocol/tree.ts";
import { parseLog } from "../../protocol/wire.ts";
import { formatLink, parseLink } from "../state/url.ts";
import { JAPANESE } from "../words/ja/catalogue.ts";
import { parseStory, type Story, StoryError, wordsOf } from "./parse-story.ts";
import { STORIES } from "./story-place.ts";

const PUBLIC = path.join(import.meta.dirname, "../../../public");

test("a story is a title and pages, each with its view and its paragraphs", () => {
  const story = parseStory(
    "# T\n\n## [One](?run=rec-a&at=3)\n\nFirst *e* and\n**s**, `c`.\n\nSecond [there](?run=rec-b).\n\n## [Two](?)\n",
  );
  expect(story).toEqual({
    title: "T",
    pages: [
      {
        title: "One",
        view: "?run=rec-a&at=3",
        paragraphs: [
          [
            { kind: "text", text: "First " },
            { kind: "emphasis", text: "e" },
            { kind: "text", text: " and " },
            { kind: "strong", text: "s" },
            { kind: "text", text: ", " },
            { kind: "code", text: "c" },
            { kind: "text", text: "." },
          ],
          [
            { kind: "text", text: "Second " },
            { kind: "link", text: "there", view: "?run=rec-b" },
            { kind: "text", text: "." },
          ],
        ],
      },
      { title: "Two", view: "?", paragraphs: [] },
    ],
  });
  expect(wordsOf(story.pages[0]!)).toBe(8);
});

test.each([
  ["", /title/],
  ["# T", /has a page/],
  ["# T\n\ntext", /line 3: text before/],
  ["# T\n\n## One\n\ntext", /line 3/],
  ["# T\n\n## [One](https://example.org)", /line 3/],
  ["# T\n\n## [One](?a)\n\n<script>", /line 5/],
  ["# T\n\n## [One](?a)\n\n- item", /line 5/],
  ["# T\n\n## [One](?a)\n\n![x](y.png)", /line 5/],
])("what is no story is refused, with its line: %j", (text, why) => {
  expect(() => parseStory(text)).toThrow(StoryError);
  expect(() => parseStory(text)).toThrow(why);
});

test("no text is lost and no link leaves the app, whatever is written", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z*`[\]()?=\n.]{0,60}$/), (text) => {
      const markdown = `# T\n\n## [P](?a)\n\nx${text}`;
      const pages = (() => {
        try {
          return parseStory(markdown).pages;
        } catch (error) {
          if (error instanceof StoryError) return [];
          throw error;
        }
      })();
      for (const inline of pages.flatMap(({ paragraphs }) => paragraphs.flat())) {
        expect(inline.text).not.toBe("");
        if (inline.kind === "link") expect(inline.view).toMatch(/^\?/);
      }
    }),
  );
});

test.each(STORIES)("B3: every view of the story $name is there", ({ name, title }) => {
  const story = parseStory(readFileSync(path.join(PUBLIC, "stories", `${name}.md`), "utf8"));
  expect(story.title).toBe(title);
  for (const { view } of story.pages) {
    const link = parseLink(view);
    expect(formatLink(link)).toBe(view);
    const file = path.join(PUBLIC, "runs", `${link.run?.replace(/^rec-/, "")}.ndjson`);
    expect(existsSync(file)).toBe(true);
    const tree = foldLog(parseLog(readFileSync(file, "utf8")));
    expect(tree.ending?.type).toBe("finished");
    expect(link.at ?? 0).toBeLessThanOrEqual(tree.seq);
    expect(link.node ?? 0).toBeLessThan(tree.count);
  }
});

test.each(STORIES)("I5: the story $name is told in Japanese page by page", ({ name, title }) => {
  const read = (file: string) =>
    parseStory(readFileSync(path.join(PUBLIC, "stories", `${file}.md`), "utf8"));
  const [english, japanese] = [read(name), read(`ja/${name}`)];
  expect(japanese.title).toBe(JAPANESE[title]);
  const linksOf = ({ pages }: Story) =>
    pages.map(({ view, paragraphs }) => [
      view,
      ...paragraphs.flat().flatMap((inline) => (inline.kind === "link" ? [inline.view] : [])),
    ]);
  expect(linksOf(japanese)).toEqual(linksOf(english));
  for (const [i, page] of japanese.pages.entries()) {
    expect(page.paragraphs).toHaveLength(english.pages[i]!.paragraphs.length);
    expect(wordsOf(page)).toBeGreaterThan(wordsOf(english.pages[i]!) / 2);
  }
});
