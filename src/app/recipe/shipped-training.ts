import { create } from "zustand";
import { TrainingEvent } from "../../protocol/training.ts";
import { backend } from "../backend/backend.ts";
import { t } from "../words/t.ts";
import { useTraining } from "./training.ts";
import { TrainingFold } from "./training-fold.ts";

/** Whose training a page shows: this server's own, or that of the models that come along. */
export type Whose = "own" | "shipped";

interface ShippedTraining {
  readonly fold: TrainingFold;
  /** Grows when it is there. */
  readonly version: number;
  /** Why it cannot be had; `null` while all is well. */
  readonly trouble: string | null;
  /** What somebody asked to see; `null` for whatever there is. */
  readonly chosen: Whose | null;
}

export const useShipped = create<ShippedTraining>()(() => ({
  fold: new TrainingFold(),
  version: 0,
  trouble: null,
  chosen: null,
}));

/** Whose training is shown: the own one as soon as there is one, unless somebody chose; `null` while nobody knows. */
export function useWhose(): Whose | null {
  const chosen = useShipped((shipped) => shipped.chosen);
  const state = useTraining((view) => view.state?.state ?? null);
  if (backend().training === null) return "shipped";
  if (state === null) return chosen;
  return state === "never" ? "shipped" : (chosen ?? "own");
}

export function chooseWhose(chosen: Whose): void {
  useShipped.setState({ chosen });
}

/** Fetches the log of the training that made the models that come along, once. */
export async function loadShipped(): Promise<void> {
  const { fold, version } = useShipped.getState();
  if (version > 0) return;
  try {
    const response = await fetch(new URL("training/s.ndjson", document.baseURI));
    if (!response.ok) throw new Error(`it is answered with ${response.status}`);
    const rows = (await response.text()).trim().split("\n");
    // Another visit may have been quicker.
    if (useShipped.getState().version > 0) return;
    fold.apply(rows.map((row) => TrainingEvent.parse(JSON.parse(row))));
    useShipped.setState({ version: fold.version, trouble: null });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    useShipped.setState({ trouble: t("The recorded training cannot be read: {why}.", { why }) });
  }
}
