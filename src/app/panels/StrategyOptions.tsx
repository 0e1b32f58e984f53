import { factsOf, groupedStrategies } from "../../protocol/strategy-facts/table.ts";

/** All strategies as options of a select, by kind. */
export function StrategyOptions() {
  return groupedStrategies().map(({ group, names }) => (
    <optgroup key={group} label={group}>
      {names.map((name) => (
        <option key={name} value={name}>
          {factsOf({ name }).label}
        </option>
      ))}
    </optgroup>
  ));
}
