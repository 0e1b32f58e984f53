import fc from "fast-check";
import { expect, test } from "vitest";
import { answerParent, type Windows } from "./answer-parent.ts";
import { allowedOrigins } from "./frame-messages.ts";
import type { ReasoningTree } from "./reasoning-tree.ts";

const SHOWN = { nodes: 3, events: 9, at: 8, answer: null, picked: null, error: null };
const HOST = "https://host.example";

/** A frame whose parent is `parent`, and all that was done and said. */
function frame() {
  const done: unknown[] = [];
  const said: unknown[] = [];
  let hear: (event: unknown) => void = () => {};
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      done.push([name, ...args]);
    };
  const tree = {
    ...{ load: note("load"), append: note("append"), seek: note("seek") },
    ...{ select: note("select"), set: note("set") },
    shown: () => SHOWN,
    onChange: () => () => {},
  } as unknown as ReasoningTree;
  const parent = { postMessage: (...args: unknown[]) => said.push(args) };
  const own = {
    addEventListener: (_: string, listener: typeof hear) => {
      hear = listener;
    },
  };
  answerParent(tree, new Set([HOST]), { own, parent } as unknown as Windows);
  const post = (data: unknown, origin = HOST, source: unknown = parent) =>
    hear({ data, origin, source });
  return { done, said, post };
}

const CONNECT = { type: "sentei:connect", version: 1 };

test("a page that connects is told what is shown, and obeyed", () => {
  const { done, said, post } = frame();
  post({ type: "sentei:load", log: "" });
  expect([done, said]).toEqual([[], []]);
  post(CONNECT);
  expect(said).toEqual([
    [{ type: "sentei:ready", version: 1 }, HOST],
    [{ type: "sentei:shown", shown: SHOWN }, HOST],
  ]);
  post({ type: "sentei:load", log: "x" });
  post({ type: "sentei:seek", seq: null });
  post({ type: "sentei:select", node: 4 });
  post({ type: "sentei:look", theme: "dark" });
  expect(done).toEqual([
    ["load", "x"],
    ["seek", null],
    ["select", 4],
    ["set", { theme: "dark" }],
  ]);
});

test("what is no command is told what is wrong with it; what is not ours is left alone", () => {
  const { done, said, post } = frame();
  post(CONNECT);
  said.length = 0;
  post({ type: "sentei:select", node: -1 });
  post({ type: "webpackOk" });
  post("sentei:load");
  expect(done).toEqual([]);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatchObject([
    { type: "sentei:error", message: expect.stringMatching(/^node: /) },
    HOST,
  ]);
});

test("E1: whoever is not the parent, at an origin that is allowed, is neither obeyed nor answered", () => {
  const message = fc.constantFrom(
    CONNECT,
    { type: "sentei:load", log: "x" },
    { type: "sentei:select", node: 1 },
    { type: "sentei:nonsense" },
  );
  const from = fc.oneof(
    fc.record({ origin: fc.webUrl(), isParent: fc.boolean() }),
    fc.record({ origin: fc.constant(HOST), isParent: fc.constant(false) }),
    fc.record({
      origin: fc.constantFrom("null", "", `${HOST}.evil`, "http://host.example"),
      isParent: fc.constant(true),
    }),
  );
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.tuple(message, from)), (isConnected, posts) => {
      const { done, said, post } = frame();
      if (isConnected) post(CONNECT);
      const before = said.length;
      for (const [data, { origin, isParent }] of posts) {
        if (isParent) post(data, origin);
        else post(data, origin, {});
      }
      expect(done).toEqual([]);
      expect(said).toHaveLength(before);
    }),
  );
});

test("origins are named in full, and nothing stands for all of them", () => {
  const own = "http://127.0.0.1:7360";
  expect([...allowedOrigins("", own)]).toEqual([own]);
  expect([...allowedOrigins("?origin=https%3A%2F%2Fa.example&origin=http://b:8000/", own)]).toEqual(
    [own, "https://a.example", "http://b:8000"],
  );
  for (const wrong of ["*", "null", "a.example", "https://a.example/path", "data:text/html,x"]) {
    const search = `?origin=${encodeURIComponent(wrong)}`;
    expect(() => allowedOrigins(search, own)).toThrow(`and is "${wrong}"`);
  }
});
