import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { EvaluationCommand, EvaluationState } from "../../../protocol/evaluations.ts";
import { Icon } from "../../panels/Icon.tsx";
import { queryClient } from "../../queries.ts";
import { NO_EVALUATION, useEvaluated } from "../../state/evaluated.ts";
import { t } from "../../words/t.ts";
import { openForm } from "../draft.ts";
import { isGoing, openEvaluations } from "../evaluations-query.ts";
import { experimentOf } from "../experiment.ts";

/** What can be done to an evaluation as it stands. */
export function Actions({ state: { id, status, spec } }: { state: EvaluationState }) {
  const order = useMutation({
    mutationFn: async (command: EvaluationCommand["command"]) =>
      (await openEvaluations()).command(id, command),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["evaluations"] }),
  });
  const again = experimentOf(spec);
  const give = (command: EvaluationCommand["command"]) => () => order.mutate(command);
  return (
    <div className="actions">
      {isGoing(status) && (
        <button
          type="button"
          className="outlined"
          disabled={order.isPending}
          onClick={give("cancel")}
        >
          <Icon name="stop" /> {t("Cancel")}
        </button>
      )}
      {!isGoing(status) && status !== "finished" && (
        <button
          type="button"
          className="primary"
          disabled={order.isPending}
          onClick={give("resume")}
        >
          <Icon name="play" /> {t("Resume")}
        </button>
      )}
      {again !== null && (
        <button type="button" className="outlined" onClick={() => openForm(again)}>
          {t("Another like it")}
        </button>
      )}
      {!isGoing(status) && <DeleteButton id={id} />}
      {order.isError && (
        <span className="field-error" role="alert">
          {order.error.message}
        </span>
      )}
    </div>
  );
}

/** Asks once more, for there is no way back. */
function DeleteButton({ id }: { id: string }) {
  const [isSure, setSure] = useState(false);
  const removal = useMutation({
    mutationFn: async () => (await openEvaluations()).remove(id),
    onSuccess: async () => {
      useEvaluated.setState(NO_EVALUATION);
      queryClient.removeQueries({ queryKey: ["evaluations", "one", id] });
      await queryClient.invalidateQueries({ queryKey: ["evaluations", "list"] });
    },
  });
  if (!isSure) {
    return (
      <button type="button" onClick={() => setSure(true)}>
        {t("Delete")}
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        className="outlined is-wrong"
        disabled={removal.isPending}
        onClick={() => removal.mutate()}
      >
        {t("Delete for good")}
      </button>
      <button type="button" onClick={() => setSure(false)}>
        {t("Keep")}
      </button>
      {removal.isError && (
        <span className="field-error" role="alert">
          {removal.error.message}
        </span>
      )}
    </>
  );
}
