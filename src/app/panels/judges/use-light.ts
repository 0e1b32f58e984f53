import { useCallback } from "react";
import { useView } from "../../state/view.ts";
import type { TwoScores } from "./read-judges.ts";

/** For an element that, while it is there and `isLit`, lights these nodes of the tree and dims all others; none of them dims nothing. */
export function useLight(
  rows: readonly TwoScores[],
  isLit: boolean,
): () => (() => void) | undefined {
  return useCallback(() => {
    if (!isLit || rows.length === 0) return undefined;
    const among = new Uint8Array(useView.getState().tree.count);
    for (const { node } of rows) among[node] = 1;
    useView.setState({ among });
    return () => useView.setState({ among: null });
  }, [rows, isLit]);
}
