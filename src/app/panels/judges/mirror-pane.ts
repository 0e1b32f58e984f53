import { createStore, type StoreApi } from "zustand";
import type { NodeId } from "../../../protocol/events.ts";
import { peek } from "../../state/actions.ts";
import type { Arrangement } from "../../state/arranged.ts";
import { createCameraPost } from "../../state/camera.ts";
import { LinkedCameras } from "../../state/linked-cameras.ts";
import { mainPane, type Pane, useHovered } from "../../state/pane.ts";
import { useView, type View } from "../../state/view.ts";
import { onTouch } from "../../tree/on-touch.ts";
import { checkerOf } from "./checker-scores.ts";
import { otherOf } from "./read-judges.ts";

/** Below this width the trees stand one above the other; `mirror.css` has the same. */
const STACKED = "(width < 900px)";

/** Whether the pointer is on a node in the mirror. */
let isPointedAt = false;

/** The other judge's place: the tree of the page once more, mirrored. */
export const mirrorPane: Pane = {
  name: "mirror",
  view: createReflection(),
  arranged: createStore<Arrangement>()(() => ({ arranged: null })),
  camera: createCameraPost(),
  select: mainPane.select,
  onHover: (node: NodeId | null) => {
    isPointedAt = node !== null;
    peek(node);
  },
  mirror: () => (matchMedia(STACKED).matches ? "down" : "across"),
};

/** Links the cameras of the page's tree and of its mirror, which is in `frame`, until the returned function is called. */
export function holdMirror(frame: HTMLElement): () => void {
  const cameras = new LinkedCameras([mainPane, mirrorPane]);
  const camera = mainPane.camera.view();
  if (camera !== null) mirrorPane.camera.request({ to: "place", view: camera });
  const deafen = onTouch(frame.parentElement!, (target) =>
    cameras.lead(frame.contains(target) ? mirrorPane : mainPane),
  );
  return () => {
    deafen();
    cameras.end();
    mirrorPane.onHover?.(null);
  };
}

/**
 * The view of the page with the other judge's scores in the place of the search's, and the
 * pointer's node of the page peeked at. It has nothing of its own: what is changed in one is
 * changed in both.
 */
function createReflection(): StoreApi<View> {
  let seen: { readonly from: View; readonly hovered: NodeId | null; readonly view: View } | null =
    null;
  const getState = () => {
    const from = useView.getState();
    const hovered = useHovered.getState().node;
    if (seen?.from !== from || seen.hovered !== hovered) {
      seen = { from, hovered, view: reflectionOf(from, hovered) };
    }
    return seen.view;
  };
  return {
    getState,
    getInitialState: useView.getInitialState,
    setState: useView.setState,
    subscribe: (listener) => {
      let before = getState();
      const tell = () => {
        const [now, was] = [getState(), before];
        if (now === was) return;
        before = now;
        listener(now, was);
      };
      const undo = [useView.subscribe(tell), useHovered.subscribe(tell)];
      return () => {
        for (const forget of undo) forget();
      };
    },
  };
}

function reflectionOf(view: View, hovered: NodeId | null): View {
  const other = otherOf(view.tree, view.judging.against);
  return {
    ...view,
    colorBy: other === "second" ? "second" : view.colorBy,
    scores: other === "checker" ? checkerOf(view.tree) : null,
    peeked: isPointedAt ? null : (hovered ?? view.peeked),
  };
}
