import { useMutation } from "@tanstack/react-query";
import { isRunLink } from "../../../protocol/run-link-id.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { isRegrowable } from "../../backend/linked-runs.ts";
import { useModels } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";

/**
 * Copies a link to what is shown: one that holds the whole run where its models come
 * with Sentei, so that it works for everybody, and the address of this page otherwise.
 */
export function CopyLink({ started }: { started: NonNullable<Tree["started"]> }) {
  const models = useModels().data;
  const copy = useMutation({
    mutationFn: async (holdsRun: boolean) => {
      const run = holdsRun ? await idOf(started) : null;
      await navigator.clipboard.writeText(linkTo(run));
    },
  });
  const holdsRun = models !== undefined && isRegrowable(started, models);
  const words = copy.isError
    ? t("The browser did not allow it")
    : copy.isSuccess
      ? t("Copied")
      : holdsRun
        ? t("Copy a link that grows this tree anywhere")
        : t("Copy a link to this run, here");
  return (
    <button
      type="button"
      className="icon"
      aria-label={words}
      title={words}
      onBlur={() => copy.reset()}
      onClick={() => copy.mutate(holdsRun)}
    >
      <Icon name={copy.isError ? "cross" : copy.isSuccess ? "check" : "link"} />
    </button>
  );
}

async function idOf(started: NonNullable<Tree["started"]>): Promise<string> {
  const { writeRunLink } = await import("../../../protocol/run-link.ts");
  return writeRunLink(started);
}

/** The address of the page, with a run that is in the link in place of the one that is kept here. */
function linkTo(run: string | null): string {
  const link = new URL(location.href);
  const shown = link.searchParams.get("run");
  if (run !== null && shown !== null && !isRunLink(shown)) link.searchParams.set("run", run);
  return link.href;
}
