import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { wilson } from "../src/lib/interval.ts";

/** Writes the figures of the model cards into the documents, between markers: no number is typed by hand. */
const ROOT = path.join(import.meta.dirname, "..");

interface Interval {
  value: number;
  low: number;
  high: number;
}
type Figures = Record<string, Interval> & { n: number };

const ROWS: readonly (readonly [figure: string, label: string])[] = [
  ["greedy", "greedy"],
  ["sampled", "one sample"],
  ["majority16", "majority of 16"],
  ["bestOf16Weighted", "best of 16, weighted"],
  ["bestOf16Max", "best of 16, single best"],
  ["beam4", "beam 4 × 4"],
  ["beam16", "beam 16 × 4"],
  ["logprobBeam16", "beam 16 × 4, policy's own log-probability as verifier"],
  ["oracleBeam16", "beam 16 × 4, exact checker as verifier"],
  ["passAt16", "any of 16 samples right"],
  ["prmBodyGreedy", "the PRM's body as a policy, greedy"],
];
const RANKINGS: readonly (readonly [figure: string, label: string])[] = [
  ["prmStepRanking", "PRM, steps before the last"],
  ["prmFinalRanking", "PRM, last steps"],
  ["logprobStepRanking", "policy's log-probability, steps before the last"],
  ["logprobFinalRanking", "policy's log-probability, last steps"],
];

interface Card {
  readonly heldOutByFamily: Record<
    string,
    Figures & { levels: Record<string, Figures>; costs: Record<string, { policyTokens: number }> }
  >;
  readonly time: { readonly seconds: number; readonly stages: Readonly<Record<string, number>> };
}

interface JudgedFigures {
  readonly ranking: Interval;
  readonly calibrationError: number;
  readonly firstError: { readonly f1: number } | null;
  readonly n: number;
}

interface NoiseRow {
  readonly method: string;
  readonly rollouts: number;
  readonly tokens: number;
  readonly found: number;
  readonly attempts: number;
}

function readCard<C extends Card>(name: string): C {
  return JSON.parse(readFileSync(path.join(ROOT, `public/models/${name}.json`), "utf8")) as C;
}

const card = readCard<PrmCard>("sentei-prm");

interface PrmCard extends Card {
  readonly report: {
    readonly variants: Readonly<Record<string, Readonly<Record<string, JudgedFigures>>>>;
    readonly labels: Readonly<Record<string, number>>;
  };
  readonly labelNoise: readonly NoiseRow[];
  labels: Record<
    string,
    {
      steps: number;
      rollouts: {
        prefixes: number;
        valueOfRight: number;
        valueOfWrong: number;
        rightCalledWrong: Interval;
        wrongCalledRight: Interval;
      };
    }
  >;
}
const families = Object.entries(card.heldOutByFamily);

function percent({ value, low, high }: Interval): string {
  return `${(value * 100).toFixed(1)} [${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`;
}

function table(
  rows: readonly (readonly [string, string])[],
  show: (of: Interval) => string,
): string {
  const names = families.map(([name]) => name);
  return [
    `| | ${names.join(" | ")} |`,
    `|---|${names.map(() => "---|").join("")}`,
    ...rows.map(
      ([figure, label]) =>
        `| ${label} | ${families.map(([, of]) => show(of[figure]!)).join(" | ")} |`,
    ),
  ].join("\n");
}

function levels(): string {
  return families
    .map(([name, of]) => {
      const each = Object.entries(of.levels);
      const rows = ["greedy", "majority16", "bestOf16Weighted", "beam16"].map(
        (figure) =>
          `| ${figure} | ${each.map(([, at]) => (at[figure]!.value * 100).toFixed(0)).join(" | ")} |`,
      );
      return [
        `| ${name}, level | ${each.map(([level]) => level).join(" | ")} |`,
        `|---|${each.map(() => "---|").join("")}`,
        ...rows,
      ].join("\n");
    })
    .join("\n\n");
}

const ranking = ({ value, low, high }: Interval) =>
  `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;

function rollouts(): string {
  const names = families.map(([name]) => name);
  const row = (label: string, show: (of: (typeof card.labels)[string]) => string) =>
    `| ${label} | ${names.map((name) => show(card.labels[name]!)).join(" | ")} |`;
  return [
    `| | ${names.join(" | ")} |`,
    `|---|${names.map(() => "---|").join("")}`,
    row("exact step labels", ({ steps }) => steps.toLocaleString("en")),
    row("prefixes that were rolled out too", (of) => String(of.rollouts.prefixes)),
    row("mean rollout value of right prefixes", (of) => of.rollouts.valueOfRight.toFixed(2)),
    row("mean rollout value of wrong prefixes", (of) => of.rollouts.valueOfWrong.toFixed(2)),
    row("right prefixes that no rollout finished, %", (of) =>
      percent(of.rollouts.rightCalledWrong),
    ),
    row("wrong prefixes that some rollout finished, %", (of) =>
      percent(of.rollouts.wrongCalledRight),
    ),
  ].join("\n");
}

/** What heads on other labels of the same attempts, and other kinds of PRM, make of held-out steps. */
function variants(): string {
  const names = families.map(([name]) => name);
  const { variants: of, labels } = card.report;
  const cell = ({ ranking: { value, low, high }, calibrationError, firstError }: JudgedFigures) =>
    `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}], ${calibrationError.toFixed(2)}, ${firstError === null ? "–" : firstError.f1.toFixed(2)}`;
  return [
    `| learnt from | step labels | ${names.join(" | ")} |`,
    `|---|---|${names.map(() => "---|").join("")}`,
    ...Object.entries(of).map(
      ([variant, each]) =>
        `| ${variant} | ${labels[variant]!.toLocaleString("en")} | ${names.map((name) => cell(each[name]!)).join(" | ")} |`,
    ),
  ].join("\n");
}

/** How often cheap labels find the first error of an attempt, all families together. */
function noise(): string {
  const cells = Map.groupBy(card.labelNoise, ({ method, rollouts: k }) => `${method} | ${k}`);
  const sum = (rows: readonly NoiseRow[], of: (row: NoiseRow) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  return [
    "| way of labelling | rollouts a prefix | tokens an attempt | first errors found, % |",
    "|---|---|---|---|",
    ...[...cells].map(([key, rows]) => {
      const found = wilson(
        sum(rows, (row) => row.found),
        sum(rows, (row) => row.attempts),
      );
      const tokens =
        sum(rows, (row) => row.tokens * row.attempts) / sum(rows, (row) => row.attempts);
      return `| ${key} | ${tokens.toFixed(0)} | ${percent(found)} |`;
    }),
  ].join("\n");
}

const REINFORCED = "sentei-s-rl";

/** The policy before and after reinforcement. */
function reinforcement(): string {
  if (!existsSync(path.join(ROOT, `public/models/${REINFORCED}.json`))) return "";
  const before = readCard<Card>("sentei-s").heldOutByFamily;
  const after = readCard<Card>(REINFORCED).heldOutByFamily;
  const names = families.map(([name]) => name);
  const rows = ["greedy", "sampled", "majority16", "bestOf16Weighted", "beam16", "passAt16"];
  const labels = new Map(ROWS);
  return [
    `| | ${names.map((name) => `${name}: tuned | reinforced`).join(" | ")} |`,
    `|---|${names.map(() => "---|---|").join("")}`,
    ...rows.map(
      (figure) =>
        `| ${labels.get(figure)} | ${names.map((name) => `${percent(before[name]![figure]!)} | ${percent(after[name]![figure]!)}`).join(" | ")} |`,
    ),
  ].join("\n");
}

/** Wall time of every stage that made a model, as it was measured where it was made. */
function times(): string {
  const minutes = (seconds: number) => `${(seconds / 60).toFixed(0)} min`;
  return ["sentei-s", "sentei-prm", REINFORCED]
    .filter((name) => existsSync(path.join(ROOT, `public/models/${name}.json`)))
    .map((name) => {
      const { stages } = readCard<Card>(name).time;
      const each = Object.entries(stages).map(([stage, took]) => `${stage} ${minutes(took)}`);
      return `- ${name}: ${each.join(", ")}`;
    })
    .join("\n");
}

const blocks: Record<string, string> = {
  variants: variants(),
  noise: noise(),
  reinforcement: reinforcement(),
  times: times(),
  rollouts: rollouts(),
  accuracy: table(ROWS, percent),
  ranking: table(RANKINGS, ranking),
  levels: levels(),
};

for (const file of ["README.md", "docs/models.md"]) {
  const at = path.join(ROOT, file);
  const text = readFileSync(at, "utf8").replace(
    /<!-- (\w+) -->[\s\S]*?<!-- \/\1 -->/g,
    (_, block: string) => `<!-- ${block} -->\n${blocks[block]}\n<!-- /${block} -->`,
  );
  writeFileSync(at, text);
}
