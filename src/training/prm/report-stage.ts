import { bootstrapRatio, type Interval, wilson } from "../../lib/interval.ts";
import { auc } from "../../lib/ordered-pairs.ts";
import { readGguf } from "../../models/embedded/gguf.ts";
import { readPrmHead } from "../../models/embedded/prm-head.ts";
import { type Context, stageOf, weightsOf } from "../context.ts";
import type { Labelled } from "../labels/labels.ts";
import { heldOutLabels, manyLabels, readLabels } from "../labels/stage.ts";
import type { Stage } from "../work/stage.ts";
import type { StageLog } from "../work/training-log.ts";
import type { OfProblem } from "./each-problem.ts";
import { type ProblemEvidence, readEvidence } from "./evidence.ts";
import { judgeSteps } from "./judge.ts";
import type { JudgeSetting, Scores } from "./judge-worker.ts";
import {
  calibrationError,
  firstErrorF1,
  type JudgedStep,
  rankingByProblem,
  reliability,
} from "./metrics.ts";
import { EVIDENCE, PRM } from "./stage.ts";
import { fitPrmHead, stepProbabilities } from "./train-head.ts";
import { variantsOf } from "./variants.ts";

const REPORT = "prm-report.json";
/** What PRMs that write their judgements made of the held-out steps, each under its name. */
const judgedBy = (name: string) => `${name}.journal`;

/** How well one head judges held-out steps; shares in [0, 1], intervals at 95 %. */
interface PrmFigures {
  /** Right steps put above wrong ones of the same problem and depth. */
  readonly ranking: Interval;
  readonly auc: number | null;
  readonly calibrationError: number;
  /** ProcessBench's F1, threshold 0.5. */
  readonly firstError: ReturnType<typeof firstErrorF1>;
  /** Judged steps. */
  readonly n: number;
}

/** By what the head was trained on, and family; of the published head by level and depth too. */
interface PrmReport {
  readonly variants: Readonly<Record<string, Readonly<Record<string, PrmFigures>>>>;
  readonly labels: Readonly<Record<string, number>>;
  readonly byLevel: Readonly<Record<string, Readonly<Record<string, PrmFigures>>>>;
  readonly byDepth: Readonly<Record<string, Readonly<Record<string, PrmFigures>>>>;
}

interface Judged extends Readonly<Record<"policy" | "body" | "labels" | "prm", Stage>> {
  /** The PRM in its other form; `null` where there is none. */
  readonly generative: Stage | null;
  /** The policy tuned on step labels alone; `null` where nobody asked. */
  readonly stepLabels: Stage | null;
}

/** Judges the PRM, and heads that were trained on other labels of the same attempts, on held-out problems. */
export function prmReport(
  context: Context,
  { policy, body, labels, prm, generative, stepLabels }: Judged,
): Promise<Stage> {
  const { recipe, module } = context;
  const inputs = {
    ...{ report: recipe.report, head: recipe.head, prm: prm.hash, policy: policy.hash },
    ...(generative && { generative: generative.hash }),
    ...(stepLabels && { stepLabels: stepLabels.hash }),
  };
  return stageOf(context, { name: "prm-report", step: "prm" }, inputs, {
    result: REPORT,
    work: async (stage, log) => {
      const heldOut = await heldOutLabels(context, policy, "held-out-labels");
      const setting = { module, body: weightsOf(context, "body", body) };
      const reading = (journal: string) => ({
        journal,
        onProgress: (done: number, total: number) => log.progress(done, total, "problems read"),
      });
      const read = (of: Stage, journal: string) =>
        readEvidence(setting, readLabels(of), reading(journal));
      const judged = await read(heldOut, stage.file(EVIDENCE));
      const training = await read(labels, prm.file(EVIDENCE));
      const file = readGguf(prm.read(PRM));
      const published = stepsOf(judged, readPrmHead(file.metadata, file.config), true);
      const variants: Record<string, Record<string, PrmFigures>> = {};
      const counts: Record<string, number> = {};
      for (const { name, parts, perStep } of await variantsOf(training, recipe)) {
        const steps = stepsOf(judged, fitPrmHead(parts, recipe), perStep);
        variants[name] = by(steps, ({ family }) => family);
        counts[name] = parts.reduce((sum, { y }) => sum + y.length, 0);
      }
      const judging = async (name: string, of: Stage, learntFrom: readonly Labelled[]) => {
        const judge: JudgeSetting = { module, prm: of.read(PRM) };
        const journal = reading(stage.file(judgedBy(name)));
        const steps = judgedSteps(await judgeSteps(judge, readLabels(heldOut), journal));
        variants[name] = by(steps, ({ family }) => family);
        counts[name] = learntFrom.reduce((sum, row) => sum + row.labels.length, 0);
      };
      if (generative !== null) await judging("generative", generative, readLabels(labels));
      if (stepLabels !== null) {
        const many = await manyLabels(context, policy, recipe.stepLabels!.problems);
        await judging("step labels alone", stepLabels, readLabels(many));
      }
      const report: PrmReport = {
        ...{ variants, labels: counts },
        byLevel: nested(published, ({ level }) => String(level)),
        byDepth: nested(published, ({ depth }) => String(depth + 1)),
      };
      tell(log, report, published);
      stage.write(REPORT, JSON.stringify(report));
    },
  });
}

export function readReport(stage: Stage): PrmReport {
  return stage.readJson(REPORT) as PrmReport;
}

type Head = Parameters<typeof stepProbabilities>[1];

function stepsOf(evidence: readonly ProblemEvidence[], head: Head, perStep: boolean): JudgedStep[] {
  return judgedSteps(
    evidence.map(({ attempts, rows }) => {
      const probabilities = stepProbabilities(rows, head).values();
      const result = attempts.map(({ labels }) => {
        let score = 1;
        return labels.map(() => {
          const probability = probabilities.next().value!;
          score = perStep ? score * probability : probability;
          return score;
        });
      });
      return { attempts, result };
    }),
  );
}

function judgedSteps(problems: readonly OfProblem<Scores>[]): JudgedStep[] {
  return problems.flatMap(({ attempts, result }, problem) =>
    attempts.flatMap(({ labels, steps, family, level }, attempt) =>
      labels.map((label, depth): JudgedStep => {
        const [final, score] = [depth === steps.length - 1, result[attempt]![depth]!];
        return { problem, attempt, family, level, depth, final, label, score };
      }),
    ),
  );
}

function by(steps: readonly JudgedStep[], key: (step: JudgedStep) => string) {
  return Object.fromEntries([...Map.groupBy(steps, key)].map(([name, of]) => [name, figures(of)]));
}

function nested(steps: readonly JudgedStep[], key: (step: JudgedStep) => string) {
  const families = Map.groupBy(steps, ({ family }) => family);
  return Object.fromEntries([...families].map(([family, of]) => [family, by(of, key)]));
}

function figures(steps: readonly JudgedStep[]): PrmFigures {
  return {
    ranking: bootstrapRatio(rankingByProblem(steps)),
    auc: auc(steps),
    calibrationError: calibrationError(reliability(steps)),
    firstError: firstErrorF1(steps),
    n: steps.length,
  };
}

function tell(log: StageLog, report: PrmReport, published: readonly JudgedStep[]): void {
  for (const [variant, families] of Object.entries(report.variants)) {
    for (const [family, of] of Object.entries(families)) {
      const where = { series: family, x: report.labels[variant]!, xUnit: "labels" } as const;
      log.metric({ ...where, name: `ranking from ${variant}`, unit: "share" }, of.ranking, of.n);
      if (!variant.startsWith("exact") || variant.includes("same steps")) continue;
      log.metric({ ...where, name: "ranking-by-labels", unit: "share" }, of.ranking, of.n);
    }
  }
  for (const [family, of] of Map.groupBy(published, (step) => step.family)) {
    for (const { predicted, right, n } of reliability(of)) {
      const where = { series: family, x: predicted, xUnit: "probability", unit: "share" } as const;
      log.metric({ ...where, name: "reliability" }, wilson(Math.round(right * n), n), n);
    }
    const f1 = firstErrorF1(of)?.f1 ?? Number.NaN;
    const last = { series: family, x: of.length, xUnit: "labels", unit: "share" } as const;
    log.metric({ ...last, name: "firstErrorF1" }, f1, of.length);
  }
}
