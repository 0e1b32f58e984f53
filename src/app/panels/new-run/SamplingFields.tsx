import { useModels } from "../../queries.ts";
import { Icon } from "../Icon.tsx";
import { edit, refusalOf, rollSeed, useDraft } from "./draft.ts";
import { ModelSelect } from "./ModelSelect.tsx";
import { NumberField } from "./NumberField.tsx";

const MAX_SEED = 0xffff_ffff;

/** The policy, and how its steps are sampled. */
export function SamplingFields() {
  const models = useModels();
  const { strategy, policy, temperature, seed, refused } = useDraft();
  return (
    <fieldset className="fields grid-2">
      <legend className="unseen">Sampling</legend>
      <ModelSelect
        label="Policy"
        models={models.data?.policies}
        failed={models.isError}
        value={policy}
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
      <div className="with-button">
        <NumberField
          label="Seed"
          value={seed}
          min={0}
          max={MAX_SEED}
          error={refusalOf(refused, "seed")}
          onChange={(value) => edit({ seed: value })}
        />
        <button
          type="button"
          className="outlined icon"
          aria-label="Another seed"
          title="Another seed: the same problem, other samples"
          onClick={() => edit({ seed: rollSeed() })}
        >
          <Icon name="dice" />
        </button>
      </div>
    </fieldset>
  );
}
