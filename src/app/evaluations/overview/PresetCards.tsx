import { useMemo } from "react";
import type { EvaluationState } from "../../../protocol/evaluations.ts";
import type { ModelList } from "../../../protocol/runs.ts";
import { Icon } from "../../panels/Icon.tsx";
import { t } from "../../words/t.ts";
import { openForm, start, useDraft, usualOf } from "../draft.ts";
import { specOf } from "../experiment.ts";
import { PRESET_WORDS, type PresetId, presetOf } from "../presets.ts";
import { SizeWords } from "./SizeWords.tsx";

interface PresetCardsProps {
  readonly models: ModelList;
  readonly earlier: readonly EvaluationState[];
  /** Those to show. */
  readonly ids: readonly PresetId[];
}

/** Evaluations that one press starts. */
export function PresetCards({ ids, ...props }: PresetCardsProps) {
  return (
    <ul className="preset-cards">
      {ids.map((id) => (
        <li key={id}>
          <PresetCard id={id} {...props} />
        </li>
      ))}
    </ul>
  );
}

function PresetCard({ id, models, earlier }: Omit<PresetCardsProps, "ids"> & { id: PresetId }) {
  const isStarting = useDraft((draft) => draft.isStarting);
  const experiment = useMemo(() => {
    const { policy, names } = usualOf(models);
    return presetOf(id, names, policy);
  }, [id, models]);
  const read = useMemo(() => specOf(experiment), [experiment]);
  const title = t(PRESET_WORDS[id].title);
  return (
    <article className="preset-card" aria-label={title}>
      <h4>{title}</h4>
      <p className="soft">{t(PRESET_WORDS[id].about)}</p>
      {"spec" in read && <SizeWords spec={read.spec} earlier={earlier} />}
      <div className="actions">
        <button
          type="button"
          className="outlined"
          aria-label={t("Start: {title}", { title })}
          disabled={isStarting || !("spec" in read)}
          onClick={() => void start(experiment)}
        >
          <Icon name="play" /> {t("Start")}
        </button>
        <button
          type="button"
          aria-label={t("Change first: {title}", { title })}
          onClick={() => openForm(experiment)}
        >
          {t("Change first")}
        </button>
      </div>
    </article>
  );
}
