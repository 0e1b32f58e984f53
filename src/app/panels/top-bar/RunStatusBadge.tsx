import type { StatusWords } from "./run-status.ts";

/** How the open run is doing, in words; the dot only repeats them. */
export function RunStatusBadge({ status }: { status: StatusWords }) {
  return (
    <p className="run-status" data-tone={status.tone} role="status">
      <span className="dot" aria-hidden="true" />
      <span className="word">{status.word}</span>
      {status.more !== null && (
        <bdi className="more" title={status.more}>
          {status.more}
        </bdi>
      )}
    </p>
  );
}
