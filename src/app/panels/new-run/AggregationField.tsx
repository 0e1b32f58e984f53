import { useId } from "react";
import { AGGREGATIONS, type Aggregation, type Strategy } from "../../../protocol/events.ts";
import { edit } from "./draft.ts";

const BY_NAME = new Map<string, Aggregation>(AGGREGATIONS.map((name) => [name, name]));

const WORDS: Record<Aggregation, string> = {
  last: "last step",
  min: "worst step",
  product: "product of steps",
  mean: "mean of steps",
};

type ScoringStrategy = Extract<Strategy, { name: "bestOfN" | "beam" }>;

/** How the scores of the steps of a path become the one that the search decides by. */
export function AggregationField({ strategy }: { strategy: ScoringStrategy }) {
  const fieldId = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={fieldId}>
        Score of a path
      </label>
      <select
        id={fieldId}
        value={strategy.aggregation}
        onChange={({ currentTarget }) => {
          const aggregation = BY_NAME.get(currentTarget.value);
          if (aggregation) edit({ strategy: { ...strategy, aggregation } });
        }}
      >
        {AGGREGATIONS.map((name) => (
          <option key={name} value={name}>
            {WORDS[name]}
          </option>
        ))}
      </select>
    </div>
  );
}
