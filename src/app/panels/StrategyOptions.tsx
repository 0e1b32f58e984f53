import type { StrategyName } from "../../protocol/strategies.ts";
import { factsOf, groupedStrategies } from "../../protocol/strategy-facts/table.ts";
import { t } from "../words/t.ts";

interface StrategyOptionsProps {
  /** Those that cannot be chosen; all can if not told. */
  readonly isOff?: (name: StrategyName) => boolean;
}

/** All strategies as options of a select, by kind. */
export function StrategyOptions({ isOff = () => false }: StrategyOptionsProps) {
  return groupedStrategies().map(({ group, names }) => (
    <optgroup key={group} label={t(group)}>
      {names.map((name) => (
        <option key={name} value={name} disabled={isOff(name)}>
          {t(factsOf({ name }).label)}
        </option>
      ))}
    </optgroup>
  ));
}
