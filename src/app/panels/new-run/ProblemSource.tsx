import { useMutation } from "@tanstack/react-query";
import type { ProblemList } from "../../../protocol/runs.ts";
import { Icon } from "../Icon.tsx";
import { drawProblem, rollSeed, useDraft } from "./draft.ts";

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
  const level = draft.level ?? family.levels[0] ?? 1;
  return (
    <>
      <div className="chips" role="radiogroup" aria-label="Family of problems">
        {families.map(({ name, levels, about }) => (
          <label className="chip" key={name} title={about}>
            <input
              type="radio"
              name="family"
              checked={name === family.name}
              onChange={() =>
                drawing.mutate({ family: name, level: levels[0] ?? 1, seed: draft.problemSeed })
              }
            />
            {name}
          </label>
        ))}
      </div>
      <p className="soft hint">{family.about}</p>
      <div className="source">
        <label className="inline">
          <span className="soft">Level</span>
          <select
            value={level}
            onChange={(event) =>
              drawing.mutate({
                family: family.name,
                level: Number(event.currentTarget.value),
                seed: draft.problemSeed,
              })
            }
          >
            {family.levels.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="outlined"
          disabled={drawing.isPending}
          onClick={() => drawing.mutate({ family: family.name, level, seed: rollSeed() })}
        >
          <Icon name="dice" /> New problem
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
