import { msg } from "../../lib/said.ts";
import { inWords, Segments } from "../panels/view-bar/Segments.tsx";
import { AXES, type Axis, type ComparedView, useCompared } from "../state/compared.ts";
import { t } from "../words/t.ts";
import { AXIS_WORDS } from "./axis.ts";
import { changeAxis } from "./comparison.ts";
import { SaveComparison } from "./SaveComparison.tsx";

const LAYOUTS: readonly {
  readonly value: ComparedView["layout"];
  readonly words: string;
  readonly title: string;
}[] = [
  {
    value: "beside",
    words: msg("Side by side"),
    title: msg("A tree for each run"),
  },
  {
    value: "merged",
    words: msg("Merged"),
    title: msg("One tree: what the runs have in common once, and where they part"),
  },
];

/** What the runs are compared along, and how. */
export function CompareBar() {
  const axis = useCompared((view) => view.axis);
  const isLinked = useCompared((view) => view.isLinked);
  const layout = useCompared((view) => view.layout);
  return (
    <section className="compare-bar" aria-label={t("Comparison")}>
      <Segments<Axis>
        label={t("One playhead for")}
        segments={inWords(AXES.map((value) => ({ value, ...AXIS_WORDS[value] })))}
        value={axis}
        onChoose={changeAxis}
        className="axes"
      />
      <Segments
        label={t("Trees")}
        segments={inWords(LAYOUTS)}
        value={layout}
        onChoose={(value) => useCompared.setState({ layout: value })}
      />
      <label className="check" title={t("All trees are looked at from the same place")}>
        <input
          type="checkbox"
          checked={isLinked}
          disabled={layout === "merged"}
          onChange={({ currentTarget }) =>
            useCompared.setState({ isLinked: currentTarget.checked })
          }
        />
        {t("Linked camera")}
      </label>
      <SaveComparison />
      <button
        type="button"
        className="outlined"
        onClick={() =>
          useCompared.setState({
            ...{ runs: [], pick: null, lit: null, camera: null, mergedCamera: null },
          })
        }
      >
        {t("Compare others")}
      </button>
    </section>
  );
}
