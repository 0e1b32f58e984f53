import { inWords, Segments } from "../panels/view-bar/Segments.tsx";
import { AXES, type Axis, useCompared } from "../state/compared.ts";
import { t } from "../words/t.ts";
import { AXIS_WORDS } from "./axis.ts";
import { changeAxis } from "./comparison.ts";

/** What the runs are compared along, and how. */
export function CompareBar() {
  const axis = useCompared((view) => view.axis);
  const isLinked = useCompared((view) => view.isLinked);
  return (
    <section className="compare-bar" aria-label={t("Comparison")}>
      <Segments<Axis>
        label={t("One playhead for")}
        segments={inWords(AXES.map((value) => ({ value, ...AXIS_WORDS[value] })))}
        value={axis}
        onChoose={changeAxis}
        className="axes"
      />
      <label className="check" title={t("All trees are looked at from the same place")}>
        <input
          type="checkbox"
          checked={isLinked}
          onChange={({ currentTarget }) =>
            useCompared.setState({ isLinked: currentTarget.checked })
          }
        />
        {t("Linked camera")}
      </label>
      <button
        type="button"
        className="outlined"
        onClick={() => useCompared.setState({ runs: [], pick: null, camera: null })}
      >
        {t("Compare others")}
      </button>
    </section>
  );
}
