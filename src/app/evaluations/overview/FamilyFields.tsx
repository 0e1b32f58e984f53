import type { Family } from "../../../problems/family.ts";
import { t } from "../../words/t.ts";
import type { Experiment } from "../experiment.ts";

interface FamilyFieldsProps {
  readonly families: readonly Family[];
  readonly levels: Experiment["levels"];
  readonly fault: string | undefined;
  readonly onChange: (levels: Experiment["levels"]) => void;
}

/** Which problems: families, and levels of each. */
export function FamilyFields({ families, levels, fault, onChange }: FamilyFieldsProps) {
  return (
    <fieldset className="families" aria-invalid={fault !== undefined}>
      <legend>{t("Problems, by family and level")}</legend>
      {families.map((family) => (
        <FamilyRow
          key={family.name}
          family={family}
          chosen={levels[family.name] ?? []}
          onChange={(of) => onChange({ ...levels, [family.name]: of })}
        />
      ))}
      {fault !== undefined && <p className="field-error">{fault}</p>}
    </fieldset>
  );
}

interface FamilyRowProps {
  readonly family: Family;
  readonly chosen: readonly number[];
  readonly onChange: (levels: readonly number[]) => void;
}

function FamilyRow({ family: { name, about, levels }, chosen, onChange }: FamilyRowProps) {
  return (
    <div className="family-row">
      <label className="check" title={t(about)}>
        <input
          type="checkbox"
          checked={chosen.length > 0}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? levels : [])}
        />
        {name}
      </label>
      <div className="chips">
        {levels.map((level) => (
          <label key={level} className="chip">
            <input
              type="checkbox"
              aria-label={t("{family}, level {level}", { family: name, level })}
              checked={chosen.includes(level)}
              onChange={({ currentTarget }) =>
                onChange(
                  levels.filter((each) =>
                    each === level ? currentTarget.checked : chosen.includes(each),
                  ),
                )
              }
            />
            {level}
          </label>
        ))}
      </div>
    </div>
  );
}
