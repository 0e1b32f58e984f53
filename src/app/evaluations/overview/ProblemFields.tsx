import { useQuery } from "@tanstack/react-query";
import { FAMILIES } from "../../../problems/families.ts";
import { MOST_PROBLEMS } from "../../../protocol/evaluations.ts";
import type { UploadedSet } from "../../../protocol/uploaded-sets.ts";
import { formatCount } from "../../format.ts";
import { NumberField } from "../../panels/new-run/NumberField.tsx";
import { setsQuery } from "../../queries.ts";
import { t } from "../../words/t.ts";
import type { Experiment } from "../experiment.ts";
import { FamilyFields } from "./FamilyFields.tsx";

interface ProblemFieldsProps {
  readonly experiment: Experiment;
  readonly fault: string | undefined;
  readonly onChange: (part: Partial<Experiment>) => void;
}

/** Which problems: those that a program makes, by family and level, or a set that somebody uploaded. */
export function ProblemFields({ experiment, fault, onChange }: ProblemFieldsProps) {
  const sets = useQuery(setsQuery).data ?? [];
  const { set, levels } = experiment;
  return (
    <>
      {(sets.length > 0 || set !== null) && (
        <SourceField sets={sets} chosen={set} onChange={onChange} />
      )}
      {set === null && (
        <FamilyFields
          families={FAMILIES}
          levels={levels}
          fault={fault}
          onChange={(of) => onChange({ levels: of })}
        />
      )}
    </>
  );
}

interface SourceFieldProps {
  readonly sets: readonly UploadedSet[];
  readonly chosen: string | null;
  readonly onChange: (part: Pick<Experiment, "set" | "count">) => void;
}

/** Problems of each family when families are chosen again. */
const USUAL_COUNT = 60;

function SourceField({ sets, chosen, onChange }: SourceFieldProps) {
  const isGone = chosen !== null && !sets.some(({ id }) => id === chosen);
  return (
    <label className="field">
      <span className="label">{t("Problems from")}</span>
      <select
        value={chosen ?? ""}
        onChange={({ currentTarget: { value } }) => {
          const set = sets.find(({ id }) => id === value);
          onChange({
            set: set?.id ?? null,
            count: set ? Math.min(set.problems, MOST_PROBLEMS) : USUAL_COUNT,
          });
        }}
      >
        <option value="">{t("Families, made by a program")}</option>
        {sets.map(({ id, name, problems }) => (
          <option key={id} value={id}>{`${name} · ${formatCount(problems)}`}</option>
        ))}
        {isGone && <option value={chosen}>{t("A set that is not there any more")}</option>}
      </select>
    </label>
  );
}

/** How many of them. */
export function CountFields({ experiment, onChange }: Omit<ProblemFieldsProps, "fault">) {
  const sets = useQuery(setsQuery).data ?? [];
  const { set, count, problemSeed } = experiment;
  const most = sets.find(({ id }) => id === set)?.problems ?? MOST_PROBLEMS;
  if (set !== null) {
    return (
      <NumberField
        label={t("Problems of the set")}
        title={t("The first so many of the file")}
        {...{ value: count, min: 1, max: Math.min(most, MOST_PROBLEMS) }}
        onChange={(count) => onChange({ count })}
      />
    );
  }
  return (
    <>
      <NumberField
        label={t("Problems of each family")}
        {...{ value: count, min: 1, max: MOST_PROBLEMS }}
        onChange={(count) => onChange({ count })}
      />
      <NumberField
        label={t("Seed of the problems")}
        title={t("Another seed draws other problems")}
        {...{ value: problemSeed, min: 0, max: 0xffff_ffff }}
        onChange={(problemSeed) => onChange({ problemSeed })}
      />
    </>
  );
}
