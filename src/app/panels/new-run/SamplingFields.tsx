import { parametersOf } from "../../../protocol/strategy-facts/read-parameters.ts";
import { factsOf } from "../../../protocol/strategy-facts/table.ts";
import { useModels } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { edit, modelsOf, refusalOf, useDraft } from "./draft.ts";
import { ModelSelect } from "./ModelSelect.tsx";
import { NumberField } from "./NumberField.tsx";
import { ParameterField } from "./ParameterField.tsx";
import { SecondField } from "./SecondField.tsx";

/** The policy, how its steps are sampled, and what else of the strategy most runs leave alone. */
export function SamplingFields() {
  const models = useModels();
  const draft = useDraft();
  const { strategy, refused } = draft;
  return (
    <div className="grid-2">
      <ModelSelect
        label={t("Policy")}
        models={models.data?.policies}
        failed={models.isError}
        chosen={models.data && modelsOf(draft, models.data).policy}
        error={refusalOf(refused, "policy")}
        onChange={(name) => edit({ policy: name })}
      />
      {factsOf(strategy).unit !== "token" && <SecondField />}
      {factsOf(strategy).samples && (
        <>
          <NumberField
            label={t("Temperature")}
            value={draft.temperature}
            min={0}
            max={5}
            step={0.05}
            error={refusalOf(refused, "sampling.temperature")}
            onChange={(temperature) => edit({ temperature })}
          />
          <NumberField
            label={t("Top k")}
            title={t("Draw among the k likeliest tokens only; 0: among all")}
            value={draft.topK}
            min={0}
            max={1_000_000}
            error={refusalOf(refused, "sampling.topK")}
            onChange={(topK) => edit({ topK })}
          />
          <NumberField
            label={t("Top p")}
            title={t(
              "Draw among the likeliest tokens that together have this probability; 1: among all",
            )}
            value={draft.topP}
            min={0.05}
            max={1}
            step={0.05}
            error={refusalOf(refused, "sampling.topP")}
            onChange={(topP) => edit({ topP })}
          />
        </>
      )}
      {parametersOf(strategy.name)
        .filter(({ more }) => more)
        .map((parameter) => (
          <ParameterField key={parameter.key} {...{ strategy, parameter }} />
        ))}
    </div>
  );
}
