import "./answers.css";
import type { Tree } from "../../../protocol/tree.ts";
import { inARow } from "../../words/node-words.ts";
import { t, tCount } from "../../words/t.ts";
import { AskNext } from "../conversation/AskNext.tsx";
import { useMoment } from "../moment.ts";
import { AnswerRow } from "./AnswerRow.tsx";
import { type AnswerTable, readAnswers } from "./read-answers.ts";

/** The answers of the run at the moment that is shown, with their votes. */
export function AnswersPanel() {
  const { tree, at } = useMoment();
  const table = readAnswers(tree, at);
  const most = Math.max(0, ...table.rows.map(({ weight, nodes }) => weight ?? nodes.length));
  return (
    <section className="panel answers" aria-labelledby="answers-title">
      <header>
        <h2 id="answers-title">{t("Answers")}</h2>
        <span className="soft end">{methodWords(table, tree)}</span>
      </header>
      {table.rows.length === 0 && (
        <p className="soft">
          {table.method === null ? t("No solution has ended yet.") : t("No answer could be read.")}
        </p>
      )}
      {table.rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("Answer")}</th>
              <th scope="col">{t(table.method === null ? "Share" : "Weight")}</th>
              <th scope="col">{t(table.method === null ? "Given by" : "Votes")}</th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <AnswerRow key={row.canonical} row={row} most={most} />
            ))}
          </tbody>
        </table>
      )}
      {(table.unreadable > 0 || table.pruned > 0) && <p className="soft">{leftOut(table)}</p>}
      <AskNext />
    </section>
  );
}

function methodWords({ method, rows }: AnswerTable, { unit, started }: Tree): string {
  switch (method) {
    case null:
      return rows.length > 0 ? t("so far") : "";
    case "argmax":
      if (unit === "token") return t("the likeliest wins");
      return t(started?.verifier != null ? "best score wins" : "nothing was scored");
    case "majority":
      return t("most votes win");
    case "weighted_majority":
      return t("votes weighted by score");
    case "human":
      return t("chosen by a person");
  }
}

function leftOut({ unreadable, pruned }: AnswerTable): string {
  const parts = [
    ...(unreadable > 0
      ? [
          tCount(
            unreadable,
            "{count} solution without a readable answer",
            "{count} solutions without a readable answer",
          ),
        ]
      : []),
    ...(pruned > 0
      ? [
          tCount(
            pruned,
            "{count} candidate pruned before the vote",
            "{count} candidates pruned before the vote",
          ),
        ]
      : []),
  ];
  return t("{candidates}: no vote.", { candidates: inARow(parts) });
}
