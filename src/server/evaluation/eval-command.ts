import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type AcceptedEvaluation, acceptEvaluation } from "../../evaluation/accept-evaluation.ts";
import { evaluate } from "../../evaluation/evaluate.ts";
import { csvLines } from "../../protocol/evaluation-csv.ts";
import { summarise } from "../../protocol/evaluation-figures.ts";
import { rowCount } from "../../protocol/evaluation-runs.ts";
import type { EvaluationRow } from "../../protocol/evaluations.ts";
import type { RefusedRow } from "../../protocol/uploaded-sets.ts";
import { HttpProblem } from "../../runs/http-problem.ts";
import { FileJournal } from "../../threads/journal.ts";
import { withConnected } from "../connections/connected-models.ts";
import { ConnectionStore } from "../connections/connection-store.ts";
import { serveModelFiles } from "../llama-cpp/model-channel.ts";
import { listModels } from "../model-cards.ts";
import { UsageError } from "../search-flags.ts";
import { readSettings, StartError } from "../settings.ts";
import { EVAL_USAGE, readEvalFlags } from "./eval-flags.ts";
import { setsIn } from "./eval-set.ts";
import { revisionTable, summaryTable } from "./print-summary.ts";
import { timeLeft } from "./time-left.ts";

const MODELS = path.join(import.meta.dirname, "../../../public/models");
const EXIT = { finished: 0, failed: 1, usage: 2, stopped: 130 };

/** Obeys one command line; resolves with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const order = readEvalFlags(args);
    if (order.kind === "help") {
      process.stdout.write(EVAL_USAGE);
      return EXIT.finished;
    }
    const { data } = readSettings(process.env);
    tellRefused(order.refused);
    const connections = new ConnectionStore(data, process.env);
    const uploaded = setsIn(data);
    const accepted = await acceptEvaluation(order.spec, {
      models: withConnected(listModels(MODELS), connections.list()),
      limits: { nodes: Number.POSITIVE_INFINITY },
      ...{ sets: uploaded.sets, breathe: async () => {} },
    });
    uploaded.close();
    return await run(accepted, { ...order, data });
  } catch (error) {
    if (
      !(error instanceof UsageError || error instanceof HttpProblem || error instanceof StartError)
    )
      throw error;
    process.stderr.write(`sentei: ${error.message}\n`);
    return EXIT.usage;
  }
}

/** Rows of a file that are told one by one. */
const TOLD_ROWS = 10;

function tellRefused(refused: readonly RefusedRow[]): void {
  if (refused.length === 0) return;
  const rows = refused.slice(0, TOLD_ROWS).map(({ line, reason }) => `  line ${line}: ${reason}`);
  const more = refused.length > TOLD_ROWS ? ["  ..."] : [];
  process.stderr.write(
    `${[`${refused.length} rows do not fit and are left out:`, ...rows, ...more].join("\n")}\n`,
  );
}

async function run(
  accepted: AcceptedEvaluation,
  { out, threads, data }: { out: string; threads: number | undefined; data: string },
): Promise<number> {
  const stop = new AbortController();
  // A second Ctrl-C finds no listener and ends the process at once.
  process.once("SIGINT", () => stop.abort("Ctrl-C"));
  const { spec, problems } = accepted;
  process.stderr.write(
    `${problems.length} problems, ${rowCount(spec, problems.length)} runs; results in ${out}\n`,
  );
  let rows: EvaluationRow[];
  await using _ = serveModelFiles();
  try {
    rows = await evaluate(accepted, {
      ...{ worker: new URL("./evaluation-worker.ts", import.meta.url), models: MODELS, data },
      journal: openJournal(out, accepted),
      ...(threads !== undefined && { threads }),
      signal: stop.signal,
      onDone: progressBar(problems.length),
    });
  } catch (error) {
    if (error !== stop.signal.reason) throw error;
    process.stderr.write("\nstopped; the same command goes on from here\n");
    return EXIT.stopped;
  }
  const summary = summarise(rows);
  writeFileSync(path.join(out, "rows.csv"), [...csvLines(spec, problems, rows)].join(""));
  writeFileSync(
    path.join(out, "evaluation.json"),
    `${JSON.stringify({ ...accepted, summary, rows })}\n`,
  );
  const tables = [summaryTable(spec, summary), revisionTable(spec, rows)];
  process.stdout.write(`${tables.filter((table) => table !== null).join("\n\n")}\n`);
  return rows.some(({ status }) => status === "failed") ? EXIT.failed : EXIT.finished;
}

/** What was finished of the same evaluation, with the same models, in this folder. Throws a `UsageError` if another one is in it. */
function openJournal(out: string, accepted: AcceptedEvaluation): FileJournal<EvaluationRow[]> {
  const file = path.join(out, "spec.json");
  const { spec, models } = JSON.parse(JSON.stringify(accepted)) as AcceptedEvaluation;
  mkdirSync(out, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ spec, models }));
  else if (!isDeepStrictEqual(JSON.parse(readFileSync(file, "utf8")), { spec, models })) {
    throw new UsageError(
      `${out} holds another evaluation, or one with other models; give --out another folder`,
    );
  }
  return new FileJournal(path.join(out, "rows.journal"));
}

/** Seconds between two lines where there is no terminal. */
const LINE_SECONDS = 10;

function progressBar(problems: number): (done: number) => void {
  const left = timeLeft(problems);
  let shown = Number.NEGATIVE_INFINITY;
  return (done) => {
    const seconds = left(done, performance.now() / 1000);
    const now = performance.now();
    const isTerminal = process.stderr.isTTY;
    if (!isTerminal && done < problems && now - shown < LINE_SECONDS * 1000) return;
    shown = now;
    const rest = seconds === null || done === problems ? "" : `, ${Math.ceil(seconds)} s left`;
    const line = `${done} of ${problems} problems${rest}`;
    process.stderr.write(
      isTerminal ? `\r\u001b[K${line}${done === problems ? "\n" : ""}` : `${line}\n`,
    );
  };
}

process.exitCode = await main(process.argv.slice(2));
