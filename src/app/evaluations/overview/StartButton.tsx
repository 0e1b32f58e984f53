import type { ModelList } from "../../../protocol/runs.ts";
import { Icon } from "../../panels/Icon.tsx";
import { t } from "../../words/t.ts";
import { start, useDraft, usualOf } from "../draft.ts";
import { presetOf } from "../presets.ts";

/** The first evaluation of somebody who has none. */
export function StartButton({ models }: { models: ModelList }) {
  const isStarting = useDraft((draft) => draft.isStarting);
  const { policy, names } = usualOf(models);
  return (
    <button
      type="button"
      className="primary"
      disabled={isStarting || policy === undefined}
      onClick={() => void start(presetOf("bestAgainstBeam", names, policy))}
    >
      <Icon name="play" /> {t("Evaluate best of N against beam")}
    </button>
  );
}
