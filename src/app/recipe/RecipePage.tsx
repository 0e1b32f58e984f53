import "./recipe.css";
import { msg } from "../../lib/said.ts";
import type { RecipeStep } from "../../protocol/training.ts";
import { formatDuration } from "../format.ts";
import { t } from "../words/t.ts";
import { Chart } from "./Chart.tsx";
import { chartsOf } from "./charts.ts";
import { Compare } from "./compare/Compare.tsx";
import { Samples } from "./Samples.tsx";
import { loadShipped, useShipped, useWhose } from "./shipped-training.ts";
import { TrainingControls } from "./TrainingControls.tsx";
import { followTraining, useTraining } from "./training.ts";
import type { StageView, TrainingFold } from "./training-fold.ts";

interface StepWords {
  readonly step: RecipeStep;
  readonly title: string;
  readonly about: string;
  /** What will be seen of it. */
  readonly coming: string;
}

const STEPS: readonly StepWords[] = [
  {
    step: "policy",
    title: msg("Tune a policy"),
    about: msg(
      "A language model learns to answer as input, reasoning, output: one step a line. It leaves its training early, so that a search has something to do.",
    ),
    coming: msg("its loss, how often it is right on held-out problems, and what it writes."),
  },
  {
    step: "labels",
    title: msg("Label steps"),
    about: msg(
      "The policy attempts problems, and each of its steps is judged: by rollouts from it, by a person, or exactly by a checker.",
    ),
    coming: msg("how many first errors cheap labels miss, and what labels cost."),
  },
  {
    step: "prm",
    title: msg("Train a PRM"),
    about: msg(
      "The same model, trained further, learns from those labels how likely each step is on the way to a right answer.",
    ),
    coming: msg(
      "how well its scores rank and how honest they are, and what searches make of them.",
    ),
  },
  {
    step: "reinforcement",
    title: msg("Reinforce"),
    about: msg(
      "The policy learns from its own solutions: from whether they end right, and from what the PRM says of each step.",
    ),
    coming: msg(
      "reward against accuracy, the distance from the tuned policy, and how long it reasons.",
    ),
  },
];

/** The four steps that make the models of this product, drawn while they run. */
export function RecipePage() {
  const fold = useShownTraining();
  return (
    <main className="recipe" ref={attach}>
      <header>
        <h2>{t("The recipe behind it, at laptop size")}</h2>
        <p>
          {t(
            "Four steps make a system that thinks as o1 is believed to. Each is shown here while it runs, and as it went.",
          )}
        </p>
        <TrainingControls />
      </header>
      <ol className="recipe-steps">
        {STEPS.map((words, i) => (
          <Step key={words.step} number={i + 1} fold={fold} {...words} />
        ))}
      </ol>
      <Compare />
    </main>
  );
}

/** How far down somebody had read, px, for when they come back. */
let scrolled = 0;

function attach(main: HTMLElement): () => void {
  const stop = followTraining();
  void loadShipped();
  main.scrollTop = scrolled;
  const note = () => {
    scrolled = main.scrollTop;
  };
  main.addEventListener("scroll", note, { passive: true });
  return () => {
    main.removeEventListener("scroll", note);
    stop();
  };
}

/** What is shown of which training; `null` while nobody knows which. */
function useShownTraining(): TrainingFold | null {
  const whose = useWhose();
  const own = useTraining((view) => view.fold);
  const shipped = useShipped(({ fold }) => fold);
  // Folds are filled in place.
  useTraining((view) => view.version);
  useShipped(({ version }) => version);
  if (whose === null) return null;
  return whose === "own" ? own : shipped;
}

type StepProps = StepWords & { readonly number: number; readonly fold: TrainingFold | null };

function Step({ number, fold, ...words }: StepProps) {
  const { step, title, about } = words;
  return (
    <li className="recipe-step" data-begun={fold !== null && fold.stages(step).length > 0}>
      <header>
        <span className="number" aria-hidden="true">
          {number}
        </span>
        <h3>{t(title)}</h3>
        <p className="soft">{t(about)}</p>
      </header>
      {fold !== null && <Course fold={fold} {...words} />}
    </li>
  );
}

/** How a step went so far. */
function Course({ fold, step, title, coming }: StepWords & { readonly fold: TrainingFold }) {
  const stages = fold.stages(step);
  const charts = chartsOf(step, fold.lines(step));
  return (
    <>
      {stages.length === 0 ? (
        <p className="soft nothing">
          {t("Not begun. To be seen here: {what}", { what: t(coming) })}
        </p>
      ) : (
        <ul className="stages">
          {stages.map((stage) => (
            <StageRow key={stage.stage} stage={stage} />
          ))}
        </ul>
      )}
      <div className="charts">
        {charts.map((chart) => (
          <Chart key={chart.id} {...chart} />
        ))}
      </div>
      <Samples of={t(title)} samples={fold.samples(step)} />
    </>
  );
}

function StageRow({ stage: { stage, state, seconds, progress } }: { stage: StageView }) {
  const isGoing = useTraining((view) => view.state?.state === "running");
  const isOpen = state === "running" || state === "resumed";
  return (
    <li>
      <span className="mono">{stage}</span>
      {isOpen && progress !== null ? (
        <>
          <progress value={progress.done} max={progress.total} aria-label={stage} />
          <span className="soft">
            {isGoing && progress.left !== null
              ? t("{note}, {time} left", {
                  ...{ note: progress.note, time: formatDuration(progress.left * 1000) },
                })
              : progress.note}
          </span>
        </>
      ) : (
        <span className="soft">
          {isOpen
            ? t(isGoing ? "running" : "paused")
            : t("done in {time}", { time: formatDuration(seconds * 1000) })}
        </span>
      )}
    </li>
  );
}
