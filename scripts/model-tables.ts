import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

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

const card = JSON.parse(readFileSync(path.join(ROOT, "public/models/sentei-prm.json"), "utf8")) as {
  heldOutByFamily: Record<
    string,
    Figures & { levels: Record<string, Figures>; costs: Record<string, { policyTokens: number }> }
  >;
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
};
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

const blocks: Record<string, string> = {
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
