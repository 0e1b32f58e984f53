import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { edit, refusalOf, rollSeed, useDraft } from "./draft.ts";
import { NumberField } from "./NumberField.tsx";

const MAX_SEED = 0xffff_ffff;

/** The seed of the run: the same one gives the same tree. */
export function SeedField() {
  const seed = useDraft((draft) => draft.seed);
  const refused = useDraft((draft) => refusalOf(draft.refused, "seed"));
  return (
    <div className="with-button">
      <NumberField
        label={t("Seed")}
        value={seed}
        min={0}
        max={MAX_SEED}
        error={refused}
        onChange={(value) => edit({ seed: value })}
      />
      <button
        type="button"
        className="outlined icon"
        aria-label={t("Another seed")}
        title={t("Another seed: the same problem, other samples")}
        onClick={() => edit({ seed: rollSeed() })}
      >
        <Icon name="dice" />
      </button>
    </div>
  );
}
