import { useMemo } from "react";
import {
  type RevisionFigures,
  type RevisionShare,
  revisionFigures,
} from "../../../protocol/evaluation-revisions.ts";
import { formatCount, formatShare } from "../../format.ts";
import { t } from "../../words/t.ts";
import { ArmMark } from "../accuracy/ArmMark.tsx";
import { cellTitle, type Evaluated } from "../evaluated.ts";
import type { ProblemPart } from "../problems/parts.ts";

/** How many right answers revising spoils, and how many wrong ones it mends; nothing where nothing revises. */
export function RevisionsSection({ evaluated, part }: { evaluated: Evaluated; part: ProblemPart }) {
  const { spec } = evaluated.state;
  const figures = useMemo(() => revisionFigures(part.rows), [part]);
  if (figures.length === 0) return null;
  return (
    <section aria-labelledby="revisions-title">
      <header className="section-head">
        <h3 id="revisions-title">{t("Does revising help?")}</h3>
      </header>
      <p className="soft lead">
        {t(
          "Each attempt of a chain sees the answers of those before it. A chain is spoiled if it began with a right answer and ended without one, and mended if it is the other way round. Brackets are 95 % intervals.",
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by key */}
      <section className="table-scroller" aria-label={t("What revising does")} tabIndex={0}>
        <table className="optimal figures">
          <thead>
            <tr>
              <th scope="col">{t("Strategy")}</th>
              <th scope="col">{t("Right at first, then spoiled")}</th>
              <th scope="col">{t("Wrong at first, then mended")}</th>
              <th scope="col">{t("Wrong just after a right one")}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map((figure) => (
              <FigureRow
                key={`${figure.arm} ${figure.budget}`}
                figure={figure}
                title={cellTitle(spec, figure.arm, figure.budget)}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function FigureRow({ figure, title }: { figure: RevisionFigures; title: string }) {
  const { arm, spoiled, mended, turnedWrong } = figure;
  return (
    <tr>
      <th scope="row">
        <ArmMark arm={arm} /> {title}
      </th>
      <td>
        <Share of={spoiled} />
      </td>
      <td>
        <Share of={mended} />
      </td>
      <td>
        <Share of={turnedWrong} />
      </td>
    </tr>
  );
}

function Share({ of }: { of: RevisionShare | null }) {
  if (of === null) return <span className="soft">{t("none to tell by")}</span>;
  const { value, low, high } = of.share;
  return (
    <>
      {formatShare(value)}{" "}
      <span className="soft">
        [{formatShare(low)}, {formatShare(high)}] n = {formatCount(of.of)}
      </span>
    </>
  );
}
