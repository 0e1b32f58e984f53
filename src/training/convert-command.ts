import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { type Converted, convertRows, type ReadRow, readRows } from "./formats/convert.ts";
import type { Format } from "./formats/format.ts";
import { FORMATS } from "./formats/formats.ts";
import { NEUTRAL, NEUTRALS } from "./formats/judged.ts";
import { labelAttempts } from "./formats/label-attempts.ts";
import { prm800k } from "./formats/prm800k.ts";
import { readRowTexts } from "./formats/row-texts.ts";
import { senteiLabels } from "./formats/sentei-labels.ts";

const USAGE = `usage: npm run labels -- check [--from FORMAT] IN
       npm run labels -- convert [--from FORMAT] --to FORMAT IN OUT
       npm run labels -- label [--error-rate E] [--seed N] [--together] IN OUT

Reads labels of reasoning steps in one format and writes them in another; check
only reads them; label takes attempts from the recipe's label file and lets the
checker play the person who labels them in PRM800K's format. Rows that cannot be used are listed with their line, the field
and the reason, and the rest is used. IN has a JSON object a line, or is one JSON
list of them. See docs/training-data.md for every field.

FORMAT is one of these; without --from, that of the first row that has any:
${FORMATS.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join("\n")}

  --neutral HOW      what a rating of 0 becomes where there are two labels: ${NEUTRALS.join(", ")} (${NEUTRAL})
  --generator NAME   who wrote the steps, for formats that say it and rows that do not
  --labeler NAME     who labelled them, the same (sentei)
  --error-rate E     share of ratings that are wrong, in [0, 1] (0)
  --seed N           which of them (0)
  --together         one row a problem, with branches and steps written by hand, not one an attempt
  --list COUNT       rows that are listed; the others are counted (20)

Exits with 1 if check finds a row that cannot be used, or convert writes none.
`;

class UsageError extends Error {}

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly neutral: string;
  readonly generator?: string;
  readonly labeler: string;
  readonly list: string;
  readonly "error-rate": string;
  readonly seed: string;
  readonly together: boolean;
}

/** What is said of a row that is left out. */
class Listing {
  readonly #max: number;
  count = 0;

  constructor(max: number) {
    this.#max = max;
  }

  add({ line, error }: Extract<ReadRow, { error: unknown }>): void {
    this.count++;
    if (this.count > this.#max) return;
    const field = error.field === "" ? "" : ` ${error.field}:`;
    process.stderr.write(`line ${line}:${field} ${error.message}\n`);
  }

  end(): void {
    if (this.count > this.#max) process.stderr.write(`and ${this.count - this.#max} more\n`);
  }
}

function formatOf(option: string, name: string): Format {
  const format = FORMATS.find((candidate) => candidate.name === name);
  if (format) return format;
  const there = FORMATS.map((candidate) => candidate.name).join(", ");
  throw new UsageError(`${option} ${name}: there are ${there}`);
}

/** The rows of a file, counted; those that cannot be used are listed. */
async function* read(file: string, { from }: Options, listing: Listing, counts: Counts) {
  const texts = readRowTexts(createReadStream(file));
  for await (const row of readRows(texts, from === undefined ? null : formatOf("--from", from))) {
    counts.rows++;
    if ("error" in row) {
      counts.unreadable++;
      listing.add(row);
      continue;
    }
    counts.format = row.format.name;
    counts.solutions += row.solutions.length;
    yield row;
  }
}

class Counts {
  rows = 0;
  unreadable = 0;
  solutions = 0;
  written = 0;
  respelled = 0;
  format: string | null = null;

  get said(): string {
    const read = this.rows - this.unreadable;
    return `${read} of ${this.rows} rows read${this.format === null ? "" : ` as ${this.format}`}`;
  }
}

async function check(input: string, options: Options): Promise<number> {
  const [listing, counts] = [new Listing(Number(options.list)), new Counts()];
  for await (const _ of read(input, options, listing, counts));
  listing.end();
  process.stdout.write(
    `${counts.said}, ${counts.solutions} solutions; ${counts.unreadable} malformed\n`,
  );
  return counts.unreadable > 0 || counts.rows === 0 ? 1 : 0;
}

/** What `convert` writes. */
function converted(rows: AsyncIterable<ReadRow>, options: Options): AsyncIterable<Converted> {
  if (options.to === undefined) throw new UsageError("--to is missing: what to write");
  const neutral = NEUTRALS.find((how) => how === options.neutral);
  if (!neutral) throw new UsageError(`--neutral ${options.neutral}: ${NEUTRALS.join(", ")}`);
  const settings = { neutral, generator: options.generator ?? null, ...signature(options) };
  return convertRows(rows, formatOf("--to", options.to), settings);
}

/** What `label` writes. */
function labelled(rows: AsyncIterable<ReadRow>, options: Options): AsyncIterable<Converted> {
  const [errorRate, seed] = [Number(options["error-rate"]), Number(options.seed)];
  if (!(errorRate >= 0 && errorRate <= 1)) {
    throw new UsageError(`--error-rate ${options["error-rate"]}: a share from 0 to 1`);
  }
  if (!Number.isInteger(seed)) throw new UsageError(`--seed ${options.seed}: a whole number`);
  const { together } = options;
  return labelAttempts(rows, { errorRate, seed }, { together, ...signature(options) });
}

function signature({ labeler }: Options) {
  return { labeler, timestamp: new Date().toISOString().slice(0, -1) };
}

async function write(
  [input, output]: readonly [string, string],
  options: Options,
  work: (rows: AsyncIterable<ReadRow>, options: Options) => AsyncIterable<Converted>,
): Promise<number> {
  const [listing, counts] = [new Listing(Number(options.list)), new Counts()];
  const lines = linesOf(work(read(input, options, listing, counts), options), listing, counts);
  // Whole or not at all, and OUT may be IN.
  const partial = `${output}.partial`;
  try {
    await pipeline(Readable.from(lines), createWriteStream(partial));
    await rename(partial, output);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  listing.end();
  const left = listing.count - counts.unreadable;
  const said = [
    `${counts.said}, ${counts.solutions} solutions; ${counts.unreadable} malformed`,
    `${counts.written} rows written as ${options.to}; ${left} solutions left out`,
    ...(counts.respelled > 0 ? [`${counts.respelled} with the same values, spelled anew`] : []),
  ];
  process.stdout.write(`${said.join("\n")}\n`);
  return counts.written > 0 ? 0 : 1;
}

async function* linesOf(rows: AsyncIterable<Converted>, listing: Listing, counts: Counts) {
  for await (const row of rows) {
    if ("error" in row) {
      listing.add(row);
      continue;
    }
    counts.written++;
    if (row.isRespelled) counts.respelled++;
    yield `${row.text}\n`;
  }
}

function readOptions() {
  return parseArgs({
    allowPositionals: true,
    options: {
      from: { type: "string" },
      to: { type: "string" },
      neutral: { type: "string", default: NEUTRAL },
      generator: { type: "string" },
      labeler: { type: "string", default: "sentei" },
      list: { type: "string", default: "20" },
      "error-rate": { type: "string", default: "0" },
      seed: { type: "string", default: "0" },
      together: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
}

async function main(): Promise<number> {
  const { values, positionals } = readOptions();
  const [command, input, output, ...more] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!/^\d+$/.test(values.list)) throw new UsageError(`--list ${values.list}: a whole number`);
  if (input === undefined) throw new UsageError(`${command}: which file?`);
  if (more.length > 0) throw new UsageError(`one file at a time: what is ${more.join(" ")}?`);
  const found = await stat(input).catch(() => null);
  if (!found?.isFile()) throw new UsageError(`${input}: there is no such file`);
  if (command === "check" && output === undefined) return check(input, values);
  if (output !== undefined) {
    const files = [input, output] as const;
    if (command === "convert") return write(files, values, converted);
    if (command === "label") {
      return write(files, { ...values, from: senteiLabels.name, to: prm800k.name }, labelled);
    }
  }
  throw new UsageError(
    `"${positionals.join(" ")}" is neither check IN, convert IN OUT nor label IN OUT`,
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage =
    error instanceof UsageError ||
    (error instanceof TypeError &&
      "code" in error &&
      String(error.code).startsWith("ERR_PARSE_ARGS"));
  if (!isUsage) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
