import { useState } from "react";
import { formatCount } from "../../format.ts";
import { setFolding } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { useMoment } from "../moment.ts";
import { stopOf, stopsUpTo } from "./lantern-scale.ts";
import { largestSize } from "./largest.ts";
import { onceAFrame } from "./once-a-frame.ts";

/** Folds every subtree that is smaller than what the slider says. */
export function Lantern({ className = "" }: { className?: string }) {
  const least = useView((view) => view.folding.least);
  const by = useView((view) => view.folding.by);
  const largest = useMoment(({ tree }) => largestSize(tree, by));
  /** Where the thumb is, while the tree follows it. */
  const [held, setHeld] = useState<number | null>(null);
  const stops = stopsUpTo(Math.max(largest, least));
  const [follow] = useState(() =>
    onceAFrame((stop: number) => {
      setFolding({ least: stop });
      setHeld(null);
    }),
  );
  const shown = held ?? stopOf(stops, least);
  const size = stops[shown] ?? 0;
  const words = size === 0 ? "nothing" : `subtrees under ${formatCount(size)} ${by}`;
  return (
    <label className={`lantern ${className}`} title={`Folds ${words}`}>
      <span className="soft">Fold</span>
      <input
        type="range"
        aria-label="Fold small subtrees"
        aria-valuetext={`folds ${words}`}
        min={0}
        max={stops.length - 1}
        value={shown}
        onChange={(event) => {
          const index = Number(event.currentTarget.value);
          setHeld(index);
          follow(stops[index]!);
        }}
      />
      <output>{size === 0 ? "none" : `< ${formatCount(size)}`}</output>
    </label>
  );
}
