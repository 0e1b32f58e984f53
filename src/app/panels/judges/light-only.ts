import type { NodeId } from "../../../protocol/events.ts";
import { useView } from "../../state/view.ts";

/** Lights these nodes of the tree and dims all others, until the returned function is called. */
export function lightOnly(nodes: readonly NodeId[], count: number): () => void {
  const among = new Uint8Array(count);
  for (const node of nodes) among[node] = 1;
  useView.setState({ among });
  return () => useView.setState({ among: null });
}
