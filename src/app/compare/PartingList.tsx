import { useStore } from "zustand";
import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { ShortText } from "../panels/ShortText.tsx";
import { inARow } from "../words/node-words.ts";
import { t, tCount } from "../words/t.ts";
import { useComparison } from "./comparison.ts";
import { letterOf } from "./letters.ts";
import { goToMerged, mergedPane, useMerged } from "./merged.ts";
import type { Parting } from "./partings.ts";

/** Partings that are listed. */
const MOST = 30;

/** Where the runs part, the largest parting first, and what each of them spent below. */
export function PartingList() {
  const partings = useMerged((state) => state.partings);
  const selected = useStore(mergedPane().pane.view, (view) => view.selected);
  return (
    <section className="partings" aria-label={t("Partings")}>
      <h3>{t("Where they part")}</h3>
      {partings.length === 0 ? (
        <p className="soft">{t("So far they have done the same.")}</p>
      ) : (
        <ol>
          {partings.slice(0, MOST).map((parting) => (
            <li key={parting.node}>
              <PartingRow parting={parting} isSelected={parting.node === selected} />
            </li>
          ))}
        </ol>
      )}
      {partings.length > MOST && (
        <p className="soft">
          {t("The largest {count} of {all}.", { count: MOST, all: partings.length })}
        </p>
      )}
    </section>
  );
}

interface PartingRowProps {
  readonly parting: Parting;
  readonly isSelected: boolean;
}

function PartingRow({ parting: { node, spent }, isSelected }: PartingRowProps) {
  const merged = useMerged((state) => state.merged);
  const trees = useComparison((state) => state.runs).map(({ tree }) => tree);
  if (merged === null) return null;
  return (
    <button
      type="button"
      className="parting"
      aria-current={isSelected}
      onClick={() => goToMerged(node)}
    >
      <span className="where">
        {node === 0
          ? t("at the problem")
          : t("after step {step}", { step: merged.tree.depth[node]! })}
        {node > 0 && <ShortText className="mono" text={` ${stepOf(trees, node)}`} cap={60} />}
      </span>
      {spent.map(({ tokens, calls }, run) => {
        if (tokens === 0 && calls === 0) return null;
        const letter = letterOf(run);
        return (
          <span key={letter} className="soft spent">
            <b>{letter}</b>{" "}
            {inARow([
              tCount(tokens, "{count} policy token", "{count} policy tokens"),
              tCount(calls, "{count} PRM call", "{count} PRM calls"),
            ])}
          </span>
        );
      })}
    </button>
  );

  function stepOf(runs: readonly Tree[], at: NodeId): string {
    const { run, node: own } = merged!.sources[at]![0]!;
    return runs[run]!.step(own);
  }
}
