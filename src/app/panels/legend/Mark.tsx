import "./mark.css";
import { SCORE_COLORS } from "../../tree/score-color.ts";

export type MarkKind =
  | "kept"
  | "unscored"
  | "sampling"
  | "pruned"
  | "right"
  | "wrong"
  | "unknown"
  | "path"
  | "folded"
  | "merged"
  | "bookmark"
  | "found"
  | "peeked";

/** A mark of the tree as the canvas draws it, 20 px wide. */
export function Mark({ kind, score = 0.8 }: { kind: MarkKind; score?: number }) {
  const fill = SCORE_COLORS[Math.floor(score * (SCORE_COLORS.length - 1))]!;
  return (
    <svg className="mark" viewBox="0 0 20 20" aria-hidden="true" data-kind={kind}>
      {SHAPES[kind](fill)}
    </svg>
  );
}

const SHAPES: Record<MarkKind, (fill: string) => React.ReactNode> = {
  kept: (fill) => <circle cx="10" cy="10" r="5" fill={fill} />,
  unscored: () => <circle cx="10" cy="10" r="5" fill="none" />,
  sampling: () => <circle cx="10" cy="10" r="3.5" fill="none" strokeDasharray="2 1.6" />,
  pruned: (fill) => (
    <>
      <path d="M0 10h6" strokeDasharray="2 1.6" />
      <circle cx="10" cy="10" r="3.5" fill={fill} />
    </>
  ),
  right: (fill) => <Square fill={fill} path="M7 10.2 9.2 12.4 13.2 7.8" />,
  wrong: (fill) => <Square fill={fill} path="M7.5 7.5l5 5M12.5 7.5l-5 5" />,
  unknown: (fill) => <Square fill={fill} path={null} />,
  path: (fill) => (
    <>
      <path className="halo" d="M0 10h20" />
      <circle cx="10" cy="10" r="5" fill={fill} />
    </>
  ),
  folded: (fill) => (
    <>
      <path d="M2 10 17 5Q19 10 17 15Z" fill={fill} />
      <path className="diamond" d="M13 6.5 16.5 10 13 13.5 9.5 10Z" />
    </>
  ),
  merged: (fill) => (
    <>
      <circle cx="11.5" cy="8.5" r="5" fill={fill} />
      <circle cx="9" cy="11" r="5" fill={fill} />
    </>
  ),
  found: (fill) => (
    <>
      <circle cx="10" cy="10" r="5" fill={fill} />
      <circle className="ring" cx="10" cy="10" r="8" />
    </>
  ),
  peeked: () => <path className="dashes" d="M0 10h20" />,
  bookmark: () => <path className="flag" d="M7 17V3L15 6 7 9" />,
};

function Square({ fill, path }: { fill: string; path: string | null }) {
  return (
    <>
      <rect x="4.5" y="4.5" width="11" height="11" rx="2" fill={fill} />
      {path && (
        <>
          <path className="under" d={path} />
          <path className="over" d={path} />
        </>
      )}
    </>
  );
}
