import { Segments } from "../panels/view-bar/Segments.tsx";
import { AXES, type Axis, useCompared } from "../state/compared.ts";
import { AXIS_WORDS } from "./axis.ts";
import { changeAxis } from "./comparison.ts";

/** What the runs are compared along, and how. */
export function CompareBar() {
  const axis = useCompared((view) => view.axis);
  const isLinked = useCompared((view) => view.isLinked);
  return (
    <section className="compare-bar" aria-label="Comparison">
      <Segments<Axis>
        label="One playhead for"
        segments={AXES.map((value) => ({ value, ...AXIS_WORDS[value] }))}
        value={axis}
        onChoose={changeAxis}
        className="axes"
      />
      <label className="check" title="All trees are looked at from the same place">
        <input
          type="checkbox"
          checked={isLinked}
          onChange={({ currentTarget }) =>
            useCompared.setState({ isLinked: currentTarget.checked })
          }
        />
        Linked camera
      </label>
      <button
        type="button"
        className="outlined"
        onClick={() => useCompared.setState({ runs: [], pick: null, camera: null })}
      >
        Compare others
      </button>
    </section>
  );
}
