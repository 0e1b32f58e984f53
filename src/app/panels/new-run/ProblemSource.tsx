import { useMutation } from "@tanstack/react-query";
import type { ProblemList } from "../../../protocol/runs.ts";
import { checkProblem } from "../../state/api.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { rollSeed, useDraft } from "./draft.ts";
import { drawProblem } from "./submit-draft.ts";

type ProblemFamily = ProblemList["families"][number];

/** Chooses where generated problems come from, and draws another one. */
export function ProblemSource({ families }: { families: readonly ProblemFamily[] }) {
  const draft = useDraft();
  const family = families.find(({ name }) => name === draft.family) ?? families[0];
  const drawing = useMutation({
    mutationFn: (source: { family: string; level: number; seed: number }) =>
      drawProblem(source.family, source.level, source.seed),
  });
  if (!family) return null;
  const level = draft.level ?? levelOfExample(family);
  const seed = draft.problemSeed;
  return (
    <>
      <div className="chips" role="radiogroup" aria-label={t("Family of problems")}>
        {families.map(({ name, levels, about }) => (
          <label className="chip" key={name} title={t(about)}>
            <input
              type="radio"
              name="family"
              checked={name === family.name}
              onChange={() => drawing.mutate({ family: name, level: levels[0]!, seed })}
            />
            {name}
          </label>
        ))}
      </div>
      <div className="source">
        <select
          aria-label={t("Level")}
          title={t("How hard generated problems are")}
          value={level}
          onChange={({ currentTarget }) =>
            drawing.mutate({ family: family.name, level: Number(currentTarget.value), seed })
          }
        >
          {family.levels.map((value) => (
            <option key={value} value={value}>
              {t("Level {level}", { level: value })}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="outlined"
          title={t("Generate another problem of this level, one that no model was trained on")}
          disabled={drawing.isPending}
          onClick={() => drawing.mutate({ family: family.name, level, seed: rollSeed() })}
        >
          <Icon name="dice" /> {t("New problem")}
        </button>
      </div>
      {drawing.isError && (
        <p className="field-error" role="alert">
          {drawing.error.message}
        </p>
      )}
    </>
  );
}

/** Until somebody chooses a level it is that of the problem which stands there. */
function levelOfExample({ example, levels }: ProblemFamily): number {
  const check = checkProblem(example);
  return check.ok && check.problem.level !== null ? check.problem.level : levels[0]!;
}
