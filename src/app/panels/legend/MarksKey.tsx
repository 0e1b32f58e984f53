import { msg } from "../../../lib/said.ts";
import { t } from "../../words/t.ts";
import { Mark, type MarkKind } from "./Mark.tsx";

const MARKS: readonly { kind: MarkKind; words: string; score?: number }[] = [
  { kind: "kept", words: msg("a step; filled with its score") },
  { kind: "unscored", words: msg("not scored") },
  { kind: "sampling", words: msg("being sampled") },
  { kind: "pruned", words: msg("pruned: faded, dashed"), score: 0.25 },
  { kind: "right", words: msg("right answer") },
  { kind: "wrong", words: msg("wrong answer"), score: 0.4 },
  { kind: "unknown", words: msg("answer nobody can check"), score: 0.6 },
  { kind: "path", words: msg("selected path") },
  {
    kind: "folded",
    words: msg("folded: fading while one is open, with a diamond for a right answer"),
    score: 0.4,
  },
  { kind: "merged", words: msg("identical steps, merged") },
  { kind: "bookmark", words: msg("bookmark") },
  { kind: "found", words: msg("found by the search") },
  { kind: "peeked", words: msg("line that the pointer is on in a list") },
];

/** The shapes and borders of the tree, folded away until they are asked for. */
export function MarksKey() {
  return (
    <details className="marks-key">
      <summary>{t("Key to marks")}</summary>
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
          {t(words)}
        </li>
      ))}
    </ul>
  );
}
