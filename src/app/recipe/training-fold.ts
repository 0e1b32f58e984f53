import type { Metric, RecipeStep, Sample, TrainingEvent } from "../../protocol/training.ts";

/** One line of a chart: values of one metric of one stage, by ascending x. */
export interface Line {
  readonly stage: string;
  readonly name: string;
  readonly series: string;
  readonly points: readonly Metric[];
}

/** What is known of a stage. */
export interface StageView {
  readonly stage: string;
  readonly step: RecipeStep;
  readonly state: "running" | "resumed" | "done" | "cached";
  /** Wall time so far, seconds. */
  readonly seconds: number;
  readonly progress: Extract<TrainingEvent, { type: "progress" }> | null;
}

/**
 * The log of a training as its page shows it. What is said twice, because a
 * training went on from a checkpoint, counts once: the later one.
 */
export class TrainingFold {
  readonly #stages = new Map<string, StageView>();
  readonly #lines = new Map<string, Map<number, Metric>>();
  readonly #samples = new Map<string, Sample>();
  /** Grows by one with every batch. */
  version = 0;

  apply(events: readonly TrainingEvent[]): void {
    for (const event of events) this.#applyOne(event);
    this.version++;
  }

  /** In the order in which they were first heard of. */
  stages(step: RecipeStep): StageView[] {
    return [...this.#stages.values()].filter((stage) => stage.step === step);
  }

  /** Lines of the stages of a step, by the name of what they measure. */
  lines(step: RecipeStep): Map<string, Line[]> {
    const lines = [...this.#lines.values()].map((points): Line => {
      const sorted = [...points.values()].sort((a, b) => a.x - b.x);
      const { stage, name, series } = sorted[0]!;
      return { stage, name, series, points: sorted };
    });
    const here = lines.filter(({ stage }) => this.#stages.get(stage)?.step === step);
    return Map.groupBy(here, ({ name }) => name);
  }

  /** Of a step, by stage as `stages` has them, and then by x. */
  samples(step: RecipeStep): Sample[] {
    const bySize = [...this.#samples.values()].sort((a, b) => a.x - b.x);
    return this.stages(step).flatMap(({ stage }) => bySize.filter((one) => one.stage === stage));
  }

  #applyOne(event: TrainingEvent): void {
    switch (event.type) {
      case "stage": {
        const { stage, step, state, seconds } = event;
        const progress = this.#stages.get(stage)?.progress ?? null;
        this.#stages.set(stage, { stage, step, state, seconds, progress });
        return;
      }
      case "progress": {
        const known = this.#stages.get(event.stage);
        if (known) this.#stages.set(event.stage, { ...known, progress: event });
        return;
      }
      case "metric": {
        const key = JSON.stringify([event.stage, event.name, event.series]);
        const points = this.#lines.get(key) ?? new Map<number, Metric>();
        points.set(event.x, event);
        this.#lines.set(key, points);
        return;
      }
      case "sample": {
        const key = JSON.stringify([event.stage, event.family, event.x]);
        this.#samples.set(key, event);
        return;
      }
      case "started":
      case "ended":
        return;
    }
  }
}
