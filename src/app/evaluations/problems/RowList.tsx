import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { EvaluationRow } from "../../../protocol/evaluations.ts";
import { OutcomeMark } from "../../panels/runs/OutcomeMark.tsx";
import { ShortText } from "../../panels/ShortText.tsx";
import { revealControls } from "../../plain-text.ts";
import { inARow } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";
import type { Evaluated } from "../evaluated.ts";
import { openTree } from "./open-rows.ts";

/** Rows that are shown at first, and that come with each press. */
const PORTION = 10;

interface RowListProps {
  readonly evaluated: Evaluated;
  readonly rows: readonly EvaluationRow[];
  /** What is told of a row besides its problem and answer. */
  readonly about: (row: EvaluationRow) => ReactNode;
  /** In place of opening the tree of the row. */
  readonly onOpen?: (row: EvaluationRow) => Promise<void>;
}

/** Rows as a list of problems, each of which opens the tree behind it. */
export function RowList({ evaluated, rows, about, onOpen }: RowListProps) {
  const [shown, show] = useState(PORTION);
  const opening = useMutation({
    mutationFn: onOpen ?? ((row: EvaluationRow) => openTree(evaluated, row)),
  });
  return (
    <>
      {opening.isError && (
        <p className="field-error" role="alert">
          {opening.error.message}
        </p>
      )}
      <ol className="row-list">
        {rows.slice(0, shown).map((row) => (
          <li key={`${row.problem} ${row.arm} ${row.budget} ${row.repeat}`}>
            <button
              type="button"
              className="row-item"
              disabled={opening.isPending}
              onClick={() => opening.mutate(row)}
            >
              <OutcomeMark mark={markOf(row)} />
              <ShortText
                className="mono problem"
                text={evaluated.problems[row.problem]!.text}
                cap={120}
              />
              <span className="answer">{answerWords(row)}</span>
              <span className="about soft">{about(row)}</span>
            </button>
          </li>
        ))}
      </ol>
      {rows.length > shown && (
        <button type="button" className="outlined" onClick={() => show(shown + PORTION)}>
          {t("Show more: {shown} of {count}", { shown, count: rows.length })}
        </button>
      )}
    </>
  );
}

function markOf({ status, correct }: EvaluationRow) {
  if (status === "failed") return "broken" as const;
  if (correct === null) return "answered" as const;
  return correct ? ("right" as const) : ("wrong" as const);
}

function answerWords({ status, answer, correct, error }: EvaluationRow): string {
  if (status === "failed") return t("failed: {why}", { why: revealControls(error ?? "") });
  if (answer === null) return t("no answer");
  const short = answer.length > 40 ? `${answer.slice(0, 40)}…` : answer;
  if (correct === null) return revealControls(short);
  return inARow([revealControls(short), t(correct ? "right" : "wrong")]);
}
