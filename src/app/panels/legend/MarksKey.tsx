import { Mark, type MarkKind } from "./Mark.tsx";

const MARKS: readonly { kind: MarkKind; words: string; score?: number }[] = [
  { kind: "kept", words: "a step; filled with its score" },
  { kind: "unscored", words: "not scored" },
  { kind: "sampling", words: "being sampled" },
  { kind: "pruned", words: "pruned: faded, dashed", score: 0.25 },
  { kind: "right", words: "right answer" },
  { kind: "wrong", words: "wrong answer", score: 0.4 },
  { kind: "unknown", words: "answer nobody can check", score: 0.6 },
  { kind: "path", words: "selected path" },
  {
    kind: "folded",
    words: "folded: fading while one is open, with a diamond for a right answer",
    score: 0.4,
  },
  { kind: "merged", words: "identical steps, merged" },
  { kind: "bookmark", words: "bookmark" },
  { kind: "found", words: "found by the search" },
  { kind: "peeked", words: "line that the pointer is on in a list" },
];

/** The shapes and borders of the tree, folded away until they are asked for. */
export function MarksKey() {
  return (
    <details className="marks-key">
      <summary>Marks</summary>
      <MarkList />
    </details>
  );
}

/** Every mark with its meaning. */
export function MarkList() {
  return (
    <ul className="mark-list">
      {MARKS.map(({ kind, words, score = 0.8 }) => (
        <li key={kind}>
          <Mark kind={kind} score={score} />
          {words}
        </li>
      ))}
    </ul>
  );
}
