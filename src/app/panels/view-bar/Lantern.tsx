import { useState } from "react";
import { msg } from "../../../lib/said.ts";
import { formatCount } from "../../format.ts";
import { setFolding } from "../../state/actions.ts";
import type { Size } from "../../state/reading.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { stopOf, stopsUpTo } from "./lantern-scale.ts";
import { largestSize } from "./largest.ts";
import { onceAFrame } from "./once-a-frame.ts";

const FOLDS = {
  nodes: msg("folds subtrees under {size} nodes"),
  visits: msg("folds subtrees under {size} visits"),
  tokens: msg("folds subtrees under {size} tokens"),
} as const satisfies Record<Size, string>;

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
  return (
    <label className={`lantern ${className}`} title={t("Folds every subtree that is smaller")}>
      <span className="soft">{t("Fold")}</span>
      <input
        type="range"
        aria-label={t("Fold small subtrees")}
        aria-valuetext={size === 0 ? t("folds nothing") : t(FOLDS[by], { size })}
        min={0}
        max={stops.length - 1}
        value={shown}
        onChange={(event) => {
          const index = Number(event.currentTarget.value);
          setHeld(index);
          follow(stops[index]!);
        }}
      />
      <output>{size === 0 ? t("none") : `< ${formatCount(size)}`}</output>
    </label>
  );
}
