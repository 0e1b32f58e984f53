import type { RandomLogOptions } from "../../protocol/random-log.ts";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { useView, type View } from "../state/view.ts";
import { DirectLink } from "./direct-link.ts";
import { paletteOf } from "./palette.ts";
import type { Scene } from "./scene.ts";
import { SceneKeeper } from "./scene-keeper.ts";
import type { Placement } from "./view-messages.ts";

/** What is drawn of a random log at a share of its time, for tests and benchmarks. */
export function randomScene(
  options: RandomLogOptions,
  share = 1,
  change: Partial<View> = {},
): Scene {
  const tree = foldLog(randomLog(options));
  return sceneOf(tree, Math.floor(tree.seq * share), change);
}

export function sceneOf(tree: Tree, at: number, change: Partial<View> = {}): Scene {
  const view = { ...viewAt(tree, at), ...change };
  const keeper = new SceneKeeper(new DirectLink(), () => {});
  keeper.update(view, 0, true);
  return keeper.scene(view, null, paletteOf("light", false));
}

/** Where everything stands in a tree, arranged as `change` says. */
export function placementOf(tree: Tree, change: Partial<View> = {}): Placement {
  const keeper = new SceneKeeper(new DirectLink(), () => {});
  keeper.update({ ...viewAt(tree, tree.seq), ...change }, 0, true);
  return keeper.placement;
}

/** What a page shows of a tree at a moment, with nothing selected. */
export function viewAt(tree: Tree, at: number): View {
  return {
    ...useView.getInitialState(),
    runId: "random",
    tree,
    version: tree.version,
    connection: { state: "ended" },
    at,
    live: false,
    playing: false,
    speed: 1,
    theme: "light",
  };
}
