import type { StrategyName } from "../../../protocol/strategies.ts";
import { whyUnavailable } from "../../../protocol/strategy-facts/availability.ts";
import { defaultStrategy, parametersOf } from "../../../protocol/strategy-facts/read-parameters.ts";
import { factsOf, usesVerifier } from "../../../protocol/strategy-facts/table.ts";
import { useModels } from "../../queries.ts";
import { t, tSaid } from "../../words/t.ts";
import { StrategyOptions } from "../StrategyOptions.tsx";
import { edit, modelsOf, useDraft } from "./draft.ts";
import { ParameterField } from "./ParameterField.tsx";
import { SeedField } from "./SeedField.tsx";
import { VerifierField } from "./VerifierField.tsx";

/** The strategy and the parameters that make most of a difference. */
export function StrategyFields() {
  const strategy = useDraft((draft) => draft.strategy);
  const models = useModels();
  const draft = useDraft();
  const policy = models.data && modelsOf(draft, models.data).policy;
  const facts = factsOf(strategy);
  const trouble = whyUnavailable(strategy, policy);
  const parameters = parametersOf(strategy.name).filter(({ more }) => !more);
  return (
    <fieldset className="fields">
      <legend className="unseen">{t("Strategy")}</legend>
      <label className="field">
        <span className="label">{t("Strategy")}</span>
        <select
          value={strategy.name}
          onChange={({ currentTarget }) =>
            edit({ strategy: defaultStrategy(currentTarget.value as StrategyName) })
          }
        >
          <StrategyOptions
            isOff={(name) => name !== strategy.name && whyUnavailable({ name }, policy) !== null}
          />
        </select>
      </label>
      <p className="soft hint">{tSaid(facts.story(strategy))}</p>
      {trouble !== null && (
        <p className="field-error" role="status">
          {tSaid(trouble)}
        </p>
      )}
      <div className="grid-2">
        {parameters.map((parameter) => (
          <ParameterField key={parameter.key} {...{ strategy, parameter }} />
        ))}
        {usesVerifier(strategy) && <VerifierField />}
        {facts.samples && <SeedField />}
      </div>
    </fieldset>
  );
}
