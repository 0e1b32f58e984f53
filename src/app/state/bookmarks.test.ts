import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  followMarks,
  neighbourMark,
  putMarks,
  type Shelf,
  setNote,
  takeMarks,
  toggleMark,
  useMarksTrouble,
} from "./bookmarks.ts";
import { useView } from "./view.ts";

/** A shelf with room for so many characters. */
function shelfOf(room = Number.POSITIVE_INFINITY) {
  const texts = new Map<string, string>();
  const shelf: Shelf = {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException("no room", "QuotaExceededError");
      texts.set(key, value);
    },
    removeItem: (key) => void texts.delete(key),
  };
  return { shelf, texts };
}

let end = () => {};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  end();
  vi.useRealTimers();
  useView.setState(useView.getInitialState());
  useMarksTrouble.setState({ trouble: null });
});

const anyMarks = fc
  .uniqueArray(fc.tuple(fc.nat(2_000_000), fc.string()), { selector: ([node]) => node })
  .map((marks) => new Map(marks.sort(([a], [b]) => a - b)));

test("bookmarks that were kept are read back, in the order of their nodes", () => {
  fc.assert(
    fc.property(anyMarks, fc.string(), (marks, run) => {
      const { shelf } = shelfOf();
      putMarks(shelf, run, marks);
      expect([...takeMarks(shelf, run)]).toEqual([...marks]);
    }),
  );
});

test("of 200 runs the bookmarks are kept, and the one that was changed longest ago gives way", () => {
  const { shelf, texts } = shelfOf();
  const mark = new Map([[1, "a note"]]);
  for (let run = 0; run < 200; run++) putMarks(shelf, `run${run}`, mark);
  putMarks(shelf, "run0", mark);
  putMarks(shelf, "one more", mark);
  expect(takeMarks(shelf, "run0").size).toBe(1);
  expect(takeMarks(shelf, "run1").size).toBe(0);
  expect(texts.size).toBe(201);
});

test("a run without bookmarks takes no room", () => {
  const { shelf, texts } = shelfOf();
  putMarks(shelf, "run", new Map([[1, ""]]));
  putMarks(shelf, "run", new Map());
  expect([...texts]).toEqual([["sentei.marks", "[]"]]);
});

test("a note is kept half a second after the last change, and is there when the run is opened again", () => {
  const { shelf } = shelfOf();
  end = followMarks(shelf);
  useView.setState({ runId: "run" });
  toggleMark(7);
  setNote(7, "look");
  vi.advanceTimersByTime(400);
  setNote(7, "look here");
  vi.advanceTimersByTime(400);
  expect(takeMarks(shelf, "run").size).toBe(0);
  vi.advanceTimersByTime(100);
  expect([...takeMarks(shelf, "run")]).toEqual([[7, "look here"]]);

  useView.setState({ ...useView.getInitialState(), runId: "other" });
  expect(useView.getState().bookmarks.size).toBe(0);
  useView.setState({ ...useView.getInitialState(), runId: "run" });
  expect([...useView.getState().bookmarks]).toEqual([[7, "look here"]]);
});

test("what was changed just before another run is opened is kept with the run that it belongs to", () => {
  const { shelf } = shelfOf();
  end = followMarks(shelf);
  useView.setState({ runId: "run" });
  toggleMark(3);
  useView.setState({ ...useView.getInitialState(), runId: "other" });
  vi.runAllTimers();
  expect([...takeMarks(shelf, "run").keys()]).toEqual([3]);
  expect(takeMarks(shelf, "other").size).toBe(0);
});

test("a bookmark that was taken off and set again has its note again", () => {
  end = followMarks(shelfOf().shelf);
  useView.setState({ runId: "run with a note" });
  expect(toggleMark(5)).toBe("set");
  setNote(5, "why");
  expect(toggleMark(5)).toBe("removed");
  expect(useView.getState().bookmarks.size).toBe(0);
  toggleMark(5);
  expect(useView.getState().bookmarks.get(5)).toBe("why");
});

test("a browser without room says so, and keeps what is on screen", () => {
  end = followMarks(shelfOf(10).shelf);
  useView.setState({ runId: "run" });
  toggleMark(5);
  setNote(5, "a note that is too long");
  vi.runAllTimers();
  expect(useMarksTrouble.getState().trouble?.message).toContain("could not be kept");
  expect(useView.getState().bookmarks.get(5)).toBe("a note that is too long");
});

test("bookmarks that are not readable are said to be so", () => {
  const { shelf, texts } = shelfOf();
  texts.set("sentei.marks.run", '{"not": "ours"}');
  end = followMarks(shelf);
  useView.setState({ runId: "run" });
  expect(useMarksTrouble.getState().trouble?.message).toContain("could not be read");
});

test("the next bookmark comes round, in both directions", () => {
  const marks = new Map([2, 5, 9].map((node) => [node, ""] as const));
  expect([null, 2, 4, 9].map((from) => neighbourMark(marks, from, 1))).toEqual([2, 5, 5, 2]);
  expect([null, 9, 4, 2].map((from) => neighbourMark(marks, from, -1))).toEqual([9, 5, 2, 9]);
  expect(neighbourMark(new Map(), 3, 1)).toBeNull();
});
