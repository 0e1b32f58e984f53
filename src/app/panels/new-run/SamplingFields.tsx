import { useModels } from "../../queries.ts";
import { AggregationField } from "./AggregationField.tsx";
import { edit, modelsOf, refusalOf, useDraft } from "./draft.ts";
import { ModelSelect } from "./ModelSelect.tsx";
import { NumberField } from "./NumberField.tsx";

/** The policy, how its steps are sampled, and how their scores become that of a path. */
export function SamplingFields() {
  const models = useModels();
  const draft = useDraft();
  const { strategy, temperature, refused } = draft;
  return (
    <div className="grid-2">
      <ModelSelect
        label="Policy"
        models={models.data?.policies}
        failed={models.isError}
        chosen={models.data && modelsOf(draft, models.data).policy}
        error={refusalOf(refused, "policy")}
        onChange={(name) => edit({ policy: name })}
      />
      {strategy.name !== "greedy" && (
        <NumberField
          label="Temperature"
          value={temperature}
          min={0}
          max={5}
          step={0.05}
          error={refusalOf(refused, "sampling.temperature")}
          onChange={(value) => edit({ temperature: value })}
        />
      )}
      {(strategy.name === "bestOfN" || strategy.name === "beam") && (
        <AggregationField strategy={strategy} />
      )}
    </div>
  );
}
