import type { NodeId } from "../../protocol/events.ts";
import { useCompared } from "../state/compared.ts";
import { LinkedCameras } from "../state/linked-cameras.ts";
import type { ComparedRun } from "./compared-run.ts";
import { nodeOf, type Prefix, prefixOf } from "./prefix.ts";

/** What happens in one of several panes, happening in all of them. */
export interface PaneLinks {
  /** Selects a node of one run, and in the others what has the same prefix. */
  readonly select: (run: string, node: NodeId | null) => void;
  readonly hover: (run: string, node: NodeId | null) => void;
  /** Looks again for what was selected: runs have grown. */
  readonly refresh: () => void;
  /** Takes selection and camera from `useCompared`. */
  readonly restore: () => void;
  /** From now on the other cameras go where that of this run goes. */
  readonly lead: (run: string) => void;
  readonly leader: ComparedRun;
  readonly end: () => void;
}

/** Links the panes of these runs until `end` is called. */
export function linkPanes(runs: readonly ComparedRun[]): PaneLinks {
  return new Links(runs);
}

class Links implements PaneLinks {
  readonly #runs: readonly ComparedRun[];
  readonly #cameras: LinkedCameras;
  readonly #forget: (() => void) | undefined;
  /** The selected prefix. Of a link only the node is known until its run has announced it. */
  #picked: Prefix | null = null;

  constructor(runs: readonly ComparedRun[]) {
    this.#runs = runs;
    this.#cameras = new LinkedCameras(
      runs.map(({ pane }) => pane),
      () => useCompared.getState().isLinked,
    );
    this.#forget = runs[0]?.pane.camera.onMove((camera) => useCompared.setState({ camera }));
  }

  select(id: string, node: NodeId | null): void {
    const index = this.#runs.findIndex((run) => run.id === id);
    const { tree } = this.#runs[index]!;
    this.#picked = node === null ? null : prefixOf(tree, node);
    useCompared.setState({ pick: node === null ? null : { run: index, node } });
    this.#mark(index, node);
  }

  hover(id: string, node: NodeId | null): void {
    const from = this.#runs.find((run) => run.id === id);
    const prefix = node === null || from === undefined ? null : prefixOf(from.tree, node);
    for (const run of this.#runs) {
      if (run === from) continue;
      const peeked = prefix === null ? null : shownNode(run, prefix);
      if (run.pane.view.getState().peeked !== peeked) run.pane.view.setState({ peeked });
    }
  }

  refresh(): void {
    const { pick } = useCompared.getState();
    if (pick === null) return;
    const run = this.#runs[pick.run];
    if (run === undefined) return;
    if (this.#picked === null && isKnown(run, pick.node)) {
      this.#picked = prefixOf(run.tree, pick.node);
    }
    if (this.#picked !== null) this.#mark(pick.run, pick.node);
  }

  restore(): void {
    this.#picked = null;
    this.refresh();
    const { camera } = useCompared.getState();
    const [first] = this.#runs;
    if (camera === null || first === undefined) return;
    first.pane.view.setState({ following: false });
    first.pane.camera.request({ to: "place", view: camera });
  }

  get leader(): ComparedRun {
    return this.#runs.find(({ pane }) => pane === this.#cameras.leader) ?? this.#runs[0]!;
  }

  lead(id: string): void {
    const run = this.#runs.find((one) => one.id === id);
    if (run !== undefined) this.#cameras.lead(run.pane);
  }

  end(): void {
    this.#forget?.();
    this.#cameras.end();
  }

  /** Selects a node of one run and what means the same in the others. */
  #mark(index: number, node: NodeId | null): void {
    for (const [i, run] of this.#runs.entries()) {
      const prefix = this.#picked;
      const selected = i === index ? node : prefix === null ? null : nodeOf(run.tree, prefix);
      if (run.pane.view.getState().selected !== selected) run.pane.view.setState({ selected });
    }
  }
}

/** The node of a prefix that a run shows at its moment. */
function shownNode(run: ComparedRun, prefix: Prefix): NodeId | null {
  const node = nodeOf(run.tree, prefix);
  const { at } = run.pane.view.getState();
  return node !== null && run.tree.announcedSeq[node]! <= at ? node : null;
}

function isKnown({ tree }: ComparedRun, node: NodeId): boolean {
  return node < tree.count && (node === 0 || tree.proposedSeq[node]! >= 0);
}
