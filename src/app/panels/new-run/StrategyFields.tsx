import type { Strategy } from "../../../protocol/events.ts";
import { edit, PRESETS, refusalOf, useDraft } from "./draft.ts";
import { NumberField } from "./NumberField.tsx";
import { SeedField } from "./SeedField.tsx";
import { strategyName, strategyStory } from "./strategy-words.ts";
import { VerifierField } from "./VerifierField.tsx";

/** The strategy and the parameters that make most of a difference. */
export function StrategyFields() {
  const strategy = useDraft((draft) => draft.strategy);
  return (
    <fieldset className="fields">
      <legend className="unseen">Strategy</legend>
      <div className="chips" role="radiogroup" aria-label="Strategy">
        {PRESETS.map((preset) => {
          const chosen = preset.name === strategy.name;
          return (
            <label className="chip" key={preset.name}>
              <input
                type="radio"
                name="strategy"
                checked={chosen}
                onChange={() => edit({ strategy: preset })}
              />
              {strategyName(chosen ? strategy : preset)}
            </label>
          );
        })}
      </div>
      <p className="soft hint">{strategyStory(strategy)}</p>
      {strategy.name !== "greedy" && <Parameters strategy={strategy} />}
    </fieldset>
  );
}

function Parameters({ strategy }: { strategy: Exclude<Strategy, { name: "greedy" }> }) {
  const refused = useDraft((draft) => draft.refused);
  return (
    <div className="grid-2">
      <NumberField
        label={strategy.name === "beam" ? "Candidates N" : "Solutions N"}
        value={strategy.n}
        min={1}
        max={1024}
        error={refusalOf(refused, "strategy.n")}
        onChange={(n) => edit({ strategy: { ...strategy, n } })}
      />
      {strategy.name === "beam" && (
        <NumberField
          label="Next steps of each M"
          value={strategy.m}
          min={1}
          max={64}
          error={refusalOf(refused, "strategy.m")}
          onChange={(m) => edit({ strategy: { ...strategy, m } })}
        />
      )}
      {strategy.name === "bestOfN" && (
        <label className="check end">
          <input
            type="checkbox"
            checked={strategy.weighted}
            onChange={({ currentTarget }) =>
              edit({ strategy: { ...strategy, weighted: currentTarget.checked } })
            }
          />
          Weighted vote
        </label>
      )}
      {strategy.name !== "majority" && <VerifierField />}
      <SeedField />
    </div>
  );
}
