import type { NodeId } from "../../protocol/events.ts";

/** What the tree view is asked to look at. */
export type CameraRequest =
  | { readonly to: "fit" }
  /** Bring the node to the middle, near enough to read. */
  | { readonly to: "focus"; readonly node: NodeId }
  /** Move as little as needed for the node to be in view. */
  | { readonly to: "show"; readonly node: NodeId };

const listeners = new Set<(request: CameraRequest) => void>();

/** Asks the mounted tree view; without one nothing happens. */
export function requestCamera(request: CameraRequest): void {
  for (const listener of listeners) listener(request);
}

/** Calls `listener` for every request until the returned function is called. */
export function onCameraRequest(listener: (request: CameraRequest) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
