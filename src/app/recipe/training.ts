import { create } from "zustand";
import { TrainingEvent, type TrainingSpec, type TrainingState } from "../../protocol/training.ts";
import { backend } from "../backend/backend.ts";
import { t } from "../words/t.ts";
import { TrainingFold } from "./training-fold.ts";

interface TrainingView {
  /** `null` until the server has said how it stands. */
  readonly state: TrainingState | null;
  readonly fold: TrainingFold;
  /** Of the fold: grows when there is something new to draw. */
  readonly version: number;
  /** Lines of the log that this version cannot read. */
  readonly unread: number;
  /** Why the log or the state cannot be had; `null` while all is well. */
  readonly trouble: string | null;
}

/** What was heard of the log so far, and the offset after it, kept while the page shows other things. */
const heard = { fold: new TrainingFold(), unread: 0, end: 0 };

export const useTraining = create<TrainingView>()(() => ({
  state: null,
  fold: heard.fold,
  version: 0,
  unread: 0,
  trouble: null,
}));

/** Between two looks at how the training stands while nothing is heard of it, ms. */
const LOOK_MS = 3_000;

/** Follows the training of the server until the returned function is called. */
export function followTraining(): () => void {
  const { training } = backend();
  if (training === null) return () => {};
  const { fold } = heard;
  useTraining.setState({ trouble: null });
  const onRows = (rows: readonly unknown[], end: number) => {
    const events = rows.flatMap((row) => TrainingEvent.safeParse(row).data ?? []);
    heard.unread += rows.length - events.length;
    heard.end = end;
    fold.apply(events);
    useTraining.setState({ version: fold.version, unread: heard.unread, trouble: null });
    if (events.some(({ type }) => type === "started" || type === "ended")) void look();
  };
  const onLost = () => {
    useTraining.setState({ trouble: t("The server does not answer; trying again.") });
  };
  const leave = training.follow(heard.end, { onRows, onLost });
  const timer = setInterval(() => void look(), LOOK_MS);
  void look();
  return () => {
    leave();
    clearInterval(timer);
  };
}

export async function start(spec: TrainingSpec): Promise<void> {
  await act(backend().training?.start(spec));
}

export async function pause(): Promise<void> {
  await act(backend().training?.pause());
}

async function look(): Promise<void> {
  await act(backend().training?.state());
}

/** Shows what is answered; nothing where nobody trains. */
async function act(answer: Promise<TrainingState> | undefined): Promise<void> {
  if (answer === undefined) return;
  try {
    useTraining.setState({ state: await answer, trouble: null });
  } catch (error) {
    useTraining.setState({ trouble: error instanceof Error ? error.message : String(error) });
  }
}
