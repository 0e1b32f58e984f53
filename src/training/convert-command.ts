import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { type Converted, convertRows, type ReadRow, readRows } from "./formats/convert.ts";
import type { Format } from "./formats/format.ts";
import { FORMATS } from "./formats/formats.ts";
import { NEUTRAL, NEUTRALS } from "./formats/judged.ts";
import { readRowTexts } from "./formats/row-texts.ts";

const USAGE = `usage: npm run labels -- check [--from FORMAT] IN
       npm run labels -- convert [--from FORMAT] --to FORMAT IN OUT

Reads labels of reasoning steps in one format and writes them in another; check
only reads them. Rows that cannot be used are listed with their line, the field
and the reason, and the rest is used. IN has a JSON object a line, or is one JSON
list of them. See docs/training-data.md for every field.

FORMAT is one of these; without --from, that of the first row that has any:
${FORMATS.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join("\n")}

  --neutral HOW      what a rating of 0 becomes where there are two labels: ${NEUTRALS.join(", ")} (${NEUTRAL})
  --generator NAME   who wrote the steps, for formats that say it and rows that do not
  --labeler NAME     who labelled them, the same (sentei)
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

async function convert(input: string, output: string, options: Options): Promise<number> {
  const [listing, counts] = [new Listing(Number(options.list)), new Counts()];
  if (options.to === undefined) throw new UsageError("--to is missing: what to write");
  const neutral = NEUTRALS.find((how) => how === options.neutral);
  if (!neutral) throw new UsageError(`--neutral ${options.neutral}: ${NEUTRALS.join(", ")}`);
  const rows = convertRows(read(input, options, listing, counts), formatOf("--to", options.to), {
    ...{ neutral, generator: options.generator ?? null, labeler: options.labeler },
    timestamp: new Date().toISOString().slice(0, -1),
  });
  // Whole or not at all, and OUT may be IN.
  const partial = `${output}.partial`;
  try {
    await pipeline(Readable.from(linesOf(rows, listing, counts)), createWriteStream(partial));
    await rename(partial, output);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  listing.end();
  const left = listing.count - counts.unreadable;
  process.stdout.write(
    [
      `${counts.said}, ${counts.solutions} solutions; ${counts.unreadable} malformed`,
      `${counts.written} rows written as ${options.to}; ${left} solutions left out`,
      ...(counts.respelled > 0 ? [`${counts.respelled} with the same values, spelled anew`] : []),
      "",
    ].join("\n"),
  );
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

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: "string" },
      to: { type: "string" },
      neutral: { type: "string", default: NEUTRAL },
      generator: { type: "string" },
      labeler: { type: "string", default: "sentei" },
      list: { type: "string", default: "20" },
      help: { type: "boolean", default: false },
    },
  });
  const [command, input, output, ...more] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!/^\d+$/.test(values.list)) throw new UsageError(`--list ${values.list}: a whole number`);
  if (input === undefined) throw new UsageError(`${command}: which file?`);
  const isFile = await stat(input).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new UsageError(`${input}: there is no such file`);
  if (more.length > 0) throw new UsageError(`one file at a time: what is ${more.join(" ")}?`);
  if (command === "check" && output === undefined) return check(input, values);
  if (command === "convert" && output !== undefined) return convert(input, output, values);
  throw new UsageError(`${positionals.join(" ")}: neither "check IN" nor "convert IN OUT"`);
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
