import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { GgufError, readGguf } from "../../models/embedded/gguf.ts";
import { fromLlamaFolder, LlamaFolderError, toLlamaFolder } from "./llama-folder.ts";
import type { Precision } from "./safetensors.ts";

const USAGE = `usage: npm run export -- --model FILE.gguf --to FOLDER [--type f32]
       npm run export -- --folder FOLDER --to FILE.gguf [--name NAME]

Takes a model out of here, and back. The first writes FOLDER as Hugging Face's
transformers, TRL, verl and vLLM open it: llama layout, safetensors, tokenizer
with our chat format. A verifier's head goes into two files beside them. The
second makes a GGUF of such a folder, after more training elsewhere. A GGUF needs
no export: llama.cpp opens it as it is. See docs/elsewhere.md.

  --type TYPE    f32 or f16 of the weights (f32)
  --name NAME    name in the GGUF (that of FOLDER)

FOLDER must be new or empty, FILE new.
`;

const PRECISIONS: ReadonlyMap<string, Precision> = new Map([
  ["f32", "F32"],
  ["f16", "F16"],
]);

class UsageError extends Error {}

function writeFolder(model: string, folder: string, type: string): void {
  const precision = PRECISIONS.get(type);
  if (precision === undefined) throw new UsageError(`--type ${type}: f32 or f16`);
  if (!statSync(model, { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError(`--model ${model}: there is no such file`);
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UsageError(`--to ${folder}: not empty`);
  }
  const files = toLlamaFolder(readGguf(readFileSync(model)), precision);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) write(path.join(folder, name), bytes);
}

function writeFile(folder: string, file: string, name: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--folder ${folder}: there is no such folder`);
  }
  if (existsSync(file)) throw new UsageError(`--to ${file}: is there already`);
  const read = (part: string) => {
    const at = path.join(folder, part);
    return existsSync(at) ? readFileSync(at) : null;
  };
  write(file, fromLlamaFolder(read, name));
}

function write(file: string, bytes: Uint8Array): void {
  writeFileSync(file, bytes);
  process.stdout.write(`${file}  ${bytes.byteLength} bytes\n`);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      model: { type: "string" },
      folder: { type: "string" },
      to: { type: "string" },
      type: { type: "string", default: "f32" },
      name: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { model, folder, to } = values;
  if (values.help || (model === undefined && folder === undefined)) {
    process.stdout.write(USAGE);
    return;
  }
  if (model !== undefined && folder !== undefined) {
    throw new UsageError("--model and --folder: one of them, there or back");
  }
  if (to === undefined) throw new UsageError("--to is missing: where to write");
  if (model !== undefined) writeFolder(model, to, values.type);
  else writeFile(folder!, to, values.name ?? path.basename(path.resolve(folder!)));
}

try {
  main();
} catch (error) {
  const isExpected =
    error instanceof UsageError ||
    error instanceof GgufError ||
    error instanceof LlamaFolderError ||
    (error instanceof TypeError &&
      "code" in error &&
      String(error.code).startsWith("ERR_PARSE_ARGS"));
  if (!isExpected) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
