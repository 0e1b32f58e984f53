import { msg } from "../../../lib/said.ts";
import { t } from "../../words/t.ts";
import { type Draft, edit, refusalOf, useDraft } from "./draft.ts";
import { NumberField } from "./NumberField.tsx";

interface Limit {
  readonly name: keyof Draft["limits"];
  readonly label: string;
  readonly max: number;
}

const LIMITS: readonly Limit[] = [
  { name: "solutions", label: msg("Most solutions"), max: 65_536 },
  { name: "policyTokens", label: msg("Most policy tokens"), max: 1e9 },
  { name: "prmCalls", label: msg("Most PRM calls"), max: 1e9 },
  { name: "prmTokens", label: msg("Most PRM tokens"), max: 1e9 },
  { name: "ms", label: msg("Longest time, ms"), max: 86_400_000 },
];

/** What the run may spend, in the units that the budget panel shows. */
export function LimitFields() {
  const { limits, refused } = useDraft();
  return (
    <div className="grid-2">
      {LIMITS.map(({ name, label, max }) => (
        <NumberField
          key={name}
          label={t(label)}
          value={limits[name]}
          min={1}
          max={max}
          optional
          placeholder={t("no limit")}
          error={refusalOf(refused, `budget.${name}`)}
          onChange={(value) => edit({ limits: { ...limits, [name]: value } })}
        />
      ))}
    </div>
  );
}
