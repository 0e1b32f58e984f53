import { formatCount } from "../../format.ts";
import { focusNode, select } from "../../state/actions.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { ShortText } from "../ShortText.tsx";
import type { AnswerRow as Row } from "./read-answers.ts";

/** One answer; pressing it selects the candidate that stands for it. */
export function AnswerRow({ row, most }: { row: Row; most: number }) {
  const { answer, correct, nodes, weight, representative, isSelected } = row;
  const size = weight ?? nodes.length;
  return (
    <tr className={isSelected ? "selected" : ""}>
      <th scope="row">
        <button
          type="button"
          className="answer"
          title={t("Select node {node}", { node: String(representative) })}
          onClick={() => {
            select(representative);
            focusNode(representative);
          }}
        >
          {isSelected && <span className="unseen">{t("selected:")}</span>}
          <Mark correct={correct} />
          <ShortText className="mono" text={answer} cap={80} />
        </button>
      </th>
      <td>
        <span className="vote-track" aria-hidden="true">
          <span
            className="vote-fill"
            style={{ inlineSize: `${most > 0 ? (size / most) * 100 : 0}%` }}
          />
        </span>
        {weight !== null && <span className="weight">{weightText(weight)}</span>}
      </td>
      <td>{formatCount(nodes.length)}</td>
    </tr>
  );
}

function Mark({ correct }: { correct: boolean | null }) {
  if (correct === null) return null;
  return (
    <span className={correct ? "is-right" : "is-wrong"}>
      <Icon name={correct ? "check" : "cross"} />
      <span className="unseen">{t(correct ? "right:" : "wrong:")}</span>
    </span>
  );
}

function weightText(weight: number): string {
  return Number.isInteger(weight) ? String(weight) : weight.toFixed(2);
}
