import type { NodeId } from "./events.ts";
import type { Tree } from "./tree.ts";

/** Where a seq is in the log that two pictures are compared in. */
type Place = (seq: number) => number;

/** Everything that a tree says about the present, for tests that compare trees. Seqs go through `place`. */
export function pictureOf(tree: Tree, place: Place = (seq) => seq) {
  const when = (moment: number | undefined) => (moment! < 0 ? moment : place(moment!));
  const nodes = Array.from({ length: tree.count }, (_, node) => ({
    parent: tree.parent[node],
    firstChild: tree.firstChild[node],
    nextSibling: tree.nextSibling(node),
    depth: tree.depth[node],
    announced: when(tree.announcedSeq[node]),
    proposed: when(tree.proposedSeq[node]),
    scored: when(tree.scoredSeq[node]),
    expanded: when(tree.expandedSeq(node)),
    kept: when(tree.keptSeq[node]),
    pruned: when(tree.prunedSeq[node]),
    answered: when(tree.answeredSeq[node]),
    score: tree.score[node],
    second: tree.secondScoreAt(node),
    tokens: tree.tokens[node],
    reasoningTokens: tree.reasoningTokens(node),
    logprob: tree.logprob[node],
    reason: tree.reason[node],
    rank: tree.rank[node],
    duplicateOf: tree.duplicateOf(node),
    revises: tree.revises(node),
    step: tree.step(node),
    token: { isControl: tree.isControl(node), others: tree.others(node) },
    endedBy: tree.endedBy(node),
    origin: tree.origin(node),
    path: tree.path(node),
    children: [...tree.children(node)],
    labels: tree.labels(node).map((label) => ({ ...label, seq: place(label.seq) })),
  }));
  const { started, ending } = tree;
  return {
    nodes,
    maxDepth: tree.maxDepth,
    started: started && { ...started, seq: place(started.seq) },
    ending: ending && { ...ending, seq: place(ending.seq) },
    rounds: tree.rounds.map((round) => ({ ...round, seq: place(round.seq) })),
    moment: momentOf(tree, tree.seq, tree.count, place),
  };
}

/** Everything that a tree says about a moment, for the nodes 0 to `count` − 1. */
export function momentOf(tree: Tree, seq: number, count: number, place: Place = (at) => at) {
  const whenever = (moment: number) => (moment < 0 ? moment : place(moment));
  const nodes = Array.from({ length: count }, (_, node: NodeId) => {
    const pruning = tree.pruningAt(node, seq);
    return {
      status: tree.statusAt(node, seq),
      pruning: pruning && { ...pruning, seq: place(pruning.seq) },
      score: tree.scoreAt(node, seq),
      second: tree.secondScoreAt(node, seq),
      scored: whenever(tree.scoredSeqAt(node, seq)),
      stepScores: tree.stepScores(node, seq),
      answer: tree.answer(node, seq),
      answered: whenever(tree.answeredSeqAt(node, seq)),
      visits: tree.visitsAt(node, seq),
    };
  });
  const selected = tree.selectedAt(seq);
  return {
    nodes,
    count: tree.countAt(seq),
    selected: selected && { ...selected, seq: place(selected.seq) },
    use: tree.useAt(seq),
    isPaused: tree.pausedAt(seq),
    round: tree.roundAt(seq),
  };
}

/** What a tree says about each event: for tests that compare trees of the same log. */
export function eventsOf(tree: Tree) {
  return {
    unknown: tree.unknown,
    unknownTypes: [...tree.unknownTypes],
    events: Array.from({ length: tree.seq + 1 }, (_, seq) => ({
      kind: tree.eventKindAt(seq),
      node: tree.eventNodeAt(seq),
      t: tree.timeAt(seq),
    })),
  };
}
