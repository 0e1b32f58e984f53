import type { ModelCard } from "../../../protocol/runs.ts";
import type { StrategyName } from "../../../protocol/strategies.ts";
import { whyUnavailable } from "../../../protocol/strategy-facts/availability.ts";
import { defaultStrategy } from "../../../protocol/strategy-facts/read-parameters.ts";
import {
  factsOf,
  groupedStrategies,
  STRATEGY_NAMES,
} from "../../../protocol/strategy-facts/table.ts";
import { t, tSaid } from "../../words/t.ts";

interface ArmFieldsProps {
  readonly chosen: readonly StrategyName[];
  /** Who is to run them. */
  readonly policy: ModelCard | undefined;
  readonly fault: string | undefined;
  readonly onChange: (chosen: readonly StrategyName[]) => void;
}

/** Which strategies, with their usual parameters; a budget sets their size. */
export function ArmFields({ chosen, policy, fault, onChange }: ArmFieldsProps) {
  const toggle = (name: StrategyName, isOn: boolean) =>
    onChange(STRATEGY_NAMES.filter((each) => (each === name ? isOn : chosen.includes(each))));
  return (
    <fieldset className="arms" aria-invalid={fault !== undefined}>
      <legend>{t("Strategies, each at every budget")}</legend>
      {groupedStrategies().map(({ group, names }) => (
        <div key={group} className="arm-group">
          <span className="soft">{t(group)}</span>
          <div className="chips">
            {names.map((name) => {
              const strategy = defaultStrategy(name);
              const trouble = whyUnavailable({ name }, policy);
              return (
                <label
                  key={name}
                  className="chip"
                  title={tSaid(trouble ?? factsOf(strategy).story(strategy))}
                >
                  <input
                    type="checkbox"
                    checked={chosen.includes(name)}
                    disabled={trouble !== null && !chosen.includes(name)}
                    onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
                  />
                  {t(factsOf(strategy).label)}
                </label>
              );
            })}
          </div>
        </div>
      ))}
      {fault !== undefined && <p className="field-error">{fault}</p>}
    </fieldset>
  );
}
