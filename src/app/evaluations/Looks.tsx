import { binName } from "../../evaluation/analysis/difficulty.ts";
import { msg } from "../../lib/said.ts";
import type { EvaluationSpec } from "../../protocol/evaluations.ts";
import type { Problem } from "../../protocol/events.ts";
import { Segments } from "../panels/view-bar/Segments.tsx";
import { type Part, useEvaluated } from "../state/evaluated.ts";
import { t } from "../words/t.ts";
import { familiesOf, familyOf } from "./evaluated.ts";
import { binCount, pilotOf } from "./problems/parts.ts";

const EASES = [
  {
    value: "predicted",
    words: msg("PRM's guess"),
    title: msg("Difficulty by the mean score of some samples: nobody needs to know the answer"),
  },
  {
    value: "oracle",
    words: msg("Samples right"),
    title: msg(
      "Difficulty by the share of samples that is right, which only those know who know the answer",
    ),
  },
] as const;

/** Which problems are looked at, and beside which. */
export function Looks({ spec, problems }: { spec: EvaluationSpec; problems: readonly Problem[] }) {
  const { family, bin, isOracle } = useEvaluated();
  const families = familiesOf(problems);
  const isOne = family !== null && family !== "each";
  const of = isOne ? problems.filter((problem) => familyOf(problem) === family) : problems;
  const bins = binCount(family === "each" ? of.length / families.length : of.length);
  return (
    <search className="looks" aria-label={t("Which problems")}>
      {families.length > 1 && (
        <label className="inline-field">
          <span>{t("Problems")}</span>
          <select
            value={family ?? ""}
            onChange={({ currentTarget }) =>
              useEvaluated.setState({ family: currentTarget.value || null, point: null })
            }
          >
            <option value="">{t("All families together")}</option>
            <option value="each">{t("Families side by side")}</option>
            {families.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <label className="inline-field">
        <span>{t("Difficulty")}</span>
        <select
          value={bin ?? ""}
          onChange={({ currentTarget }) =>
            useEvaluated.setState({ bin: readBin(currentTarget.value), point: null })
          }
        >
          <option value="">{t("All together")}</option>
          <option value="each">{t("Side by side")}</option>
          {Array.from({ length: bins }, (_, i) => (
            <option key={binName(i, bins)} value={i}>
              {t(binName(i, bins))}
            </option>
          ))}
        </select>
      </label>
      {pilotOf(spec, "oracle") !== null && (
        <div className="inline-field">
          <span>{t("told by")}</span>
          <Segments
            label={t("Difficulty is told by")}
            segments={EASES.map((ease) => ({
              ...ease,
              words: t(ease.words),
              title: t(ease.title),
            }))}
            value={isOracle ? "oracle" : "predicted"}
            onChoose={(ease) => useEvaluated.setState({ isOracle: ease === "oracle" })}
          />
        </div>
      )}
    </search>
  );
}

function readBin(text: string): Part<number> {
  if (text === "each") return text;
  return text === "" ? null : Number(text);
}
