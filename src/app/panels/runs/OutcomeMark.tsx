import type { Outcome } from "./run-words.ts";

/** The outcome of a run as a mark; the word beside it says the same. */
export function OutcomeMark({ mark }: { mark: Outcome["mark"] }) {
  return (
    <svg className="outcome" viewBox="0 0 12 12" aria-hidden="true" data-mark={mark}>
      {SHAPES[mark]}
    </svg>
  );
}

const SHAPES: Record<Outcome["mark"], React.ReactNode> = {
  right: (
    <>
      <rect x="1" y="1" width="10" height="10" rx="2" />
      <path d="M3.5 6.2 5.3 8 8.7 4.2" />
    </>
  ),
  wrong: (
    <>
      <rect x="1" y="1" width="10" height="10" rx="2" />
      <path d="M4 4l4 4M8 4l-4 4" />
    </>
  ),
  answered: <rect x="1" y="1" width="10" height="10" rx="2" />,
  active: <circle cx="6" cy="6" r="4" />,
  waiting: <circle cx="6" cy="6" r="4" strokeDasharray="2 2" />,
  broken: <path d="M6 1.5 11 10.5H1zM6 5v2.5M6 9v.01" />,
  stopped: <path d="M2.5 6h7" />,
};
