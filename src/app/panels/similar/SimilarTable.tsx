import { msg } from "../../../lib/said.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { formatCount } from "../../format.ts";
import { focusNode, peek, select } from "../../state/actions.ts";
import { NO_FIND } from "../../state/reading.ts";
import { useView } from "../../state/view.ts";
import type { StepClasses } from "../../step-classes.ts";
import { t } from "../../words/t.ts";
import { ScoreBar } from "../ScoreBar.tsx";
import { ShortText } from "../ShortText.tsx";
import { nodesOfClass } from "./read-similar.ts";
import { SIMILAR_ORDERS, type SimilarOrder, type SimilarRow } from "./similar-rows.ts";

interface SimilarTableProps {
  tree: Tree;
  at: number;
  classes: StepClasses;
  rows: readonly SimilarRow[];
  order: SimilarOrder;
  onOrder: (order: SimilarOrder) => void;
}

const HEADS = {
  count: {
    title: msg("Times / under"),
    about: msg("How often it was sampled, and after how many different steps"),
  },
  mean: { title: msg("Mean"), about: msg("Mean score of those that were scored") },
  right: {
    title: msg("Right"),
    about: msg("Answers at it or below it that are right, of those graded"),
  },
} as const satisfies Record<SimilarOrder, { title: string; about: string }>;

/** Equal steps, a row each; pressing one lights all of them in the tree and selects the first, or ends that. */
export function SimilarTable({ tree, at, classes, rows, order, onOrder }: SimilarTableProps) {
  const find = useView((view) => view.find);
  return (
    <table ref={stopPeeking}>
      <thead>
        <tr>
          <th scope="col">{t(tree.unit === "token" ? "Token" : "Step")}</th>
          {SIMILAR_ORDERS.map((name) => (
            <th
              key={name}
              scope="col"
              aria-sort={order === name ? "descending" : undefined}
              title={t(HEADS[name].about)}
            >
              <button type="button" onClick={() => onOrder(name)}>
                {t(HEADS[name].title)}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isLit = find.query === row.text.trim() && find.hits[0] === row.first;
          return (
            <Row
              key={row.step}
              row={row}
              isLit={isLit}
              onPick={() =>
                isLit
                  ? useView.setState({ find: NO_FIND })
                  : light(row, nodesOfClass(tree, classes, row.step, at))
              }
            />
          );
        })}
      </tbody>
    </table>
  );
}

interface RowProps {
  row: SimilarRow;
  isLit: boolean;
  onPick: () => void;
}

function Row({ row, isLit, onPick }: RowProps) {
  const { text, count, parents, mean, graded, right, first } = row;
  return (
    <tr className={isLit ? "lit" : ""}>
      <th scope="row">
        <button
          type="button"
          className="similar-step"
          title={t("First seen at node {node}", { node: String(first) })}
          onClick={onPick}
          onPointerEnter={() => peek(first)}
          onPointerLeave={() => peek(null)}
          onFocus={() => peek(first)}
          onBlur={() => peek(null)}
        >
          {isLit && <span className="unseen">{t("lit in the tree:")}</span>}
          <ShortText className="mono" text={text.trim()} cap={120} />
        </button>
      </th>
      <td title={t("{count} times, after {parents} different steps", { count, parents })}>
        {formatCount(count)}
        {parents > 1 && <span className="soft">{` / ${formatCount(parents)}`}</span>}
      </td>
      <td>
        <ScoreBar score={mean} />
      </td>
      <td>{graded > 0 ? t("{right} of {count}", { right, count: graded }) : "–"}</td>
    </tr>
  );
}

/** Lights equal steps as if their text had been looked for, and goes to the first. */
function light({ text, first }: SimilarRow, hits: number[]): void {
  useView.setState({ find: { query: text.trim(), hits, current: 0 } });
  select(first);
  focusNode(first);
}

/** A table that goes away while the pointer is on it never sees the pointer leave. */
function stopPeeking(): () => void {
  return () => peek(null);
}
