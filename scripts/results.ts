import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type RevisionResults, revisionResults } from "../src/evaluation/results/revisions.ts";
import { type SizeResults, sizeResults } from "../src/evaluation/results/sizes.ts";
import type { StoredEvaluation } from "../src/evaluation/results/stored.ts";
import {
  type Chosen,
  DIFFICULTIES,
  type StrategyResults,
  strategyResults,
} from "../src/evaluation/results/strategies.ts";
import type { Interval } from "../src/lib/interval.ts";
import type { RevisionShare } from "../src/protocol/evaluation-revisions.ts";

/**
 * Writes docs/results.json, and the blocks between markers of docs/results.md,
 * from evaluations that `npm run eval` stored:
 * `npm run results -- --strategies FOLDER [--sizes FOLDER] [--revisions FOLDER]`.
 */
const DOCS = path.join(import.meta.dirname, "../docs");
const { values } = parseArgs({
  options: {
    strategies: { type: "string" },
    sizes: { type: "string" },
    revisions: { type: "string" },
  },
});
if (values.strategies === undefined) throw new Error("--strategies FOLDER is missing");

const read = (folder: string) =>
  JSON.parse(readFileSync(path.join(folder, "evaluation.json"), "utf8")) as StoredEvaluation;
const strategies = strategyResults(read(values.strategies));
const sizes = values.sizes === undefined ? null : sizeResults(read(values.sizes));

const revised = values.revisions === undefined ? null : revisionResults(read(values.revisions));

const results = {
  n: strategies.n,
  computeOptimalSaving: strategies.chosen.predicted["all"]!.saving,
  computeOptimalSavingWithOracle: strategies.chosen.oracle["all"]!.saving,
  smallWithSearchMinusLarge:
    sizes?.equalFlops.find(({ family, bin }) => family === "all" && bin === "all")?.difference ??
    null,
  strategies,
  sizes,
  revisions: revised,
};
writeFileSync(path.join(DOCS, "results.json"), `${JSON.stringify(results, roundedUp, 1)}\n`);

/** Six digits are more than any interval here can tell. */
function roundedUp(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(6)) : value;
}

const share = (value: number) => (value * 100).toFixed(1);
const percent = ({ value, low, high }: Interval) =>
  `${share(value)} [${share(low)}, ${share(high)}]`;
const points = ({ value, low, high }: Interval) =>
  `${value > 0 ? "+" : ""}${share(value)} [${share(low)}, ${share(high)}]`;
const ratio = ({ value, low, high }: Interval) =>
  value === 0 ? "never" : `${value.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}]`;

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(line)].join("\n");
}

function accuracy({ cells }: Pick<StrategyResults, "cells">): string {
  const families = [...new Set(cells.map(({ family }) => family))];
  const titles = [...new Set(cells.map(({ title }) => title))];
  const rows = titles.map((title) => {
    const of = (family: string) =>
      cells.find((cell) => cell.family === family && cell.title === title)!;
    const { policyTokens, prmTokens, prmCalls } = of("all").cost;
    const costs = [policyTokens, prmTokens, prmCalls].map((mean) => mean.toFixed(0));
    return [title, ...families.map((family) => percent(of(family).accuracy)), ...costs];
  });
  return table(["", ...families, "policy tokens", "PRM tokens", "PRM calls"], rows);
}

const DIFFICULTY_WORDS: Readonly<Record<(typeof DIFFICULTIES)[number], string>> = {
  predicted: "predicted, paid for",
  asInThePaper: "predicted by 64, not paid for",
  oracle: "oracle",
};

function savings({ chosen }: StrategyResults): string {
  const rows = DIFFICULTIES.flatMap((kind) =>
    Object.entries(chosen[kind]).map(([part, of]) => {
      const best = of.priced.reduce((a, b) => (b.accuracy.value > a.accuracy.value ? b : a));
      return [
        `${part}: ${DIFFICULTY_WORDS[kind]}`,
        String(of.n),
        `${share(of.reference.right)} for ${of.reference.cost.toFixed(0)}`,
        `${percent(best.accuracy)} for ${best.policyTokens.toFixed(0)}`,
        ratio(of.saving),
        ratio(of.savingAtEqualBudgets),
      ];
    }),
  );
  return table(
    ["difficulty", "n", "best of 64", "at its best", "times fewer", "at equal budgets"],
    rows,
  );
}

function priced({ chosen }: StrategyResults): string {
  const columns = DIFFICULTIES.map((kind) => chosen[kind]["all"]!.priced);
  const cell = ({ accuracy: of, policyTokens }: Chosen["priced"][number]) =>
    `${share(of.value)} for ${policyTokens.toFixed(0)}`;
  return table(
    DIFFICULTIES.map((kind) => DIFFICULTY_WORDS[kind]),
    columns[0]!.map((_, i) => columns.map((of) => cell(of[i]!))),
  );
}

function chosenTable({ table: entries, points: curve }: Chosen): string {
  const bins = [...new Set(entries.map(({ binName }) => binName))];
  const budgets = [...new Set(entries.map(({ budget }) => budget))];
  return table(
    ["budget", ...bins, "compute-optimal", "policy tokens"],
    budgets.map((budget, i) => [
      String(curve[i]!.solutions),
      ...bins.map((bin) => {
        const entry = entries.find((each) => each.budget === budget && each.binName === bin)!;
        return `${entry.title} (${share(entry.accuracy)}; ${(entry.sure * 100).toFixed(0)} % sure)`;
      }),
      percent(curve[i]!.accuracy),
      curve[i]!.policyTokens.toFixed(0),
    ]),
  );
}

function beamOrBest({ beamMinusBestOfN }: StrategyResults): string {
  const bins = [...new Set(beamMinusBestOfN.map(({ bin }) => bin))];
  const budgets = [...new Set(beamMinusBestOfN.map(({ solutions }) => solutions))];
  return table(
    ["budget", ...bins],
    budgets.map((solutions) => [
      String(solutions),
      ...bins.map((bin) =>
        points(
          beamMinusBestOfN.find((each) => each.bin === bin && each.solutions === solutions)!
            .difference,
        ),
      ),
    ]),
  );
}

function overOptimisation({ scoreAgainstTruth: cells }: StrategyResults): string {
  return table(
    ["", "n", "mean PRM score of the chosen", "right, %"],
    cells.map(({ title, n, score, accuracy: right }) => [
      title,
      String(n),
      percent(score),
      percent(right),
    ]),
  );
}

function equalFlops({ equalFlops: rows }: SizeResults): string {
  return table(
    [
      "problems",
      "n",
      "small, with",
      "small, %",
      "large greedy, %",
      "difference",
      "MFLOP small / large",
    ],
    rows.map(({ family, bin, n, titles, small, large, difference }) => [
      `${family}, ${bin}`,
      String(n),
      [...new Set(titles)].join(" or "),
      share(small.right),
      share(large.right),
      points(difference),
      `${(small.cost / 1e6).toFixed(0)} / ${(large.cost / 1e6).toFixed(0)}`,
    ]),
  );
}

function spoiledAndMended({ revisions: cells }: RevisionResults): string {
  const shareOf = (of: RevisionShare | null) =>
    of === null ? "" : `${percent(of.share)}, n = ${of.of}`;
  return table(
    [
      "",
      "right at first, then spoiled, %",
      "wrong at first, then mended, %",
      "wrong just after a right one, %",
    ],
    cells.map(({ title, spoiled, mended, turnedWrong }) => [
      title,
      ...[spoiled, mended, turnedWrong].map(shareOf),
    ]),
  );
}

const blocks: Record<string, string> = {
  accuracy: accuracy(strategies),
  savings: savings(strategies),
  priced: priced(strategies),
  predicted: chosenTable(strategies.chosen.predicted["all"]!),
  oracle: chosenTable(strategies.chosen.oracle["all"]!),
  beam: beamOrBest(strategies),
  over: overOptimisation(strategies),
  ...(revised && { revised: accuracy(revised), revisions: spoiledAndMended(revised) }),
  ...(sizes && { sizes: accuracy(sizes), flops: equalFlops(sizes) }),
};
const file = path.join(DOCS, "results.md");
const text = readFileSync(file, "utf8").replace(
  /<!-- (\w+) -->[\s\S]*?<!-- \/\1 -->/g,
  (whole: string, block: string) =>
    blocks[block] === undefined ? whole : `<!-- ${block} -->\n${blocks[block]}\n<!-- /${block} -->`,
);
writeFileSync(file, text);
