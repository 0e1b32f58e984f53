import { useMutation } from "@tanstack/react-query";
import { backend } from "../../backend/backend.ts";
import { resumeRun } from "../../state/actions.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";

/** Goes on with a run that stopped before its end, as a run of its own that asks for nothing twice. */
export function ResumeButton({ runId }: { runId: string }) {
  const resuming = useMutation({ mutationFn: resumeRun });
  if (backend().resumeRun === null) return null;
  return (
    <>
      <button
        type="button"
        className="outlined"
        title={t(
          "Start a run that goes on where this one stopped; what was answered is not asked again",
        )}
        disabled={resuming.isPending}
        onClick={() => resuming.mutate(runId)}
      >
        <Icon name="play" /> {t("Go on from here")}
      </button>
      {resuming.isError && (
        <span className="field-error" role="alert">
          {resuming.error.message}
        </span>
      )}
    </>
  );
}
