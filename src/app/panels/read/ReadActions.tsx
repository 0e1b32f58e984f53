import { useMutation } from "@tanstack/react-query";
import { RawToggle } from "../node/RawToggle.tsx";
import type { Solution } from "./read-solution.ts";
import { solutionMarkdown, solutionText } from "./write-solution.ts";

/** What can be done with a solution besides reading it. */
export function ReadActions({ solution }: { solution: Solution }) {
  return (
    <div className="read-actions">
      <RawToggle />
      <Copy words="Copy as Markdown" write={() => solutionMarkdown(solution)} />
      <Copy words="Copy as text" write={() => solutionText(solution)} />
      <button type="button" onClick={() => print()}>
        Print
      </button>
    </div>
  );
}

function Copy({ words, write }: { words: string; write: () => string }) {
  const copy = useMutation({ mutationFn: () => navigator.clipboard.writeText(write()) });
  return (
    <button type="button" onClick={() => copy.mutate()} onBlur={() => copy.reset()}>
      {copy.isError ? "The browser did not allow it" : copy.isSuccess ? "Copied" : words}
    </button>
  );
}
