import { ShortText } from "../ShortText.tsx";
import type { StatusWords } from "./run-status.ts";

/** How the open run is doing, in words; the dot only repeats them. */
export function RunStatusBadge({ status }: { status: StatusWords }) {
  return (
    <p className="run-status" data-tone={status.tone} role="status">
      <span className="dot" aria-hidden="true" />
      <span className="word">{status.word}</span>
      {status.more !== null && <ShortText className="more" text={status.more} cap={500} />}
    </p>
  );
}
