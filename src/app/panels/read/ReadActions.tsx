import { useMutation } from "@tanstack/react-query";
import { t } from "../../words/t.ts";
import { RawToggle } from "../node/RawToggle.tsx";
import type { Solution } from "./read-solution.ts";
import { solutionMarkdown, solutionText } from "./write-solution.ts";

/** What can be done with a solution besides reading it. */
export function ReadActions({ solution }: { solution: Solution }) {
  return (
    <div className="read-actions">
      <RawToggle />
      <Copy words={t("Copy as Markdown")} write={() => solutionMarkdown(solution)} />
      <Copy words={t("Copy as text")} write={() => solutionText(solution)} />
      <button type="button" onClick={() => print()}>
        {t("Print")}
      </button>
    </div>
  );
}

function Copy({ words, write }: { words: string; write: () => string }) {
  const copy = useMutation({ mutationFn: () => navigator.clipboard.writeText(write()) });
  return (
    <button type="button" onClick={() => copy.mutate()} onBlur={() => copy.reset()}>
      {copy.isError ? t("The browser did not allow it") : copy.isSuccess ? t("Copied") : words}
    </button>
  );
}
